// SPDX-License-Identifier: Apache-2.0

/// Proves of `ptw_memory_port`, for ever: memory gets the request of the walker it is told, whole;
/// each walker gets its own grants and answers; and none starves.
module memory_port_proof #(
  parameter int unsigned Walkers = 2,
  localparam int unsigned IdBits = (Walkers > 1) ? $clog2(Walkers) : 1
) (
  input logic               clk,
  input logic [Walkers-1:0] valid,
  input logic [Walkers-1:0] update,
  input logic [Walkers*mmu_pkg::PhysicalBits-1:0] addr,
  input logic [Walkers*64-1:0] expected,
  input logic [Walkers*64-1:0] desired,
  input logic               mem_ready,
  input logic               mem_rsp_valid,
  input logic [IdBits-1:0]  mem_rsp_id
);

  localparam int unsigned PhysicalBits = mmu_pkg::PpnBits + mmu_pkg::PageShift;

  logic [Walkers-1:0] ready, rsp_valid;
  logic mem_valid, mem_update;
  logic [IdBits-1:0] mem_id;
  mmu_pkg::paddr_t mem_addr;
  mmu_pkg::pte_t mem_expected, mem_desired;
  logic rst_n;
  initial rst_n = 1'b0;

  ptw_memory_port #(.Walkers(Walkers)) i_port (
    .clk_i(clk),
    .rst_ni(rst_n),
    .valid_i(valid),
    .ready_o(ready),
    .update_i(update),
    .addr_i(addr),
    .expected_i(expected),
    .desired_i(desired),
    .rsp_valid_o(rsp_valid),
    .mem_valid_o(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_id_o(mem_id),
    .mem_update_o(mem_update),
    .mem_addr_o(mem_addr),
    .mem_expected_o(mem_expected),
    .mem_desired_o(mem_desired),
    .mem_rsp_valid_i(mem_rsp_valid),
    .mem_rsp_id_i(mem_rsp_id)
  );

  // What a walker keeps to: what stands at its port stays.
  logic [Walkers-1:0] stands_q, update_q;
  logic [Walkers*PhysicalBits-1:0] addr_q;
  logic [Walkers*64-1:0] expected_q, desired_q;
  // Grants of others while its request stands, four bits for each.
  logic [Walkers*4-1:0] waited_q;

  always_ff @(posedge clk) begin
    rst_n <= 1'b1;
    {update_q, addr_q, expected_q, desired_q} <= {update, addr, expected, desired};
    stands_q <= rst_n ? valid & ~ready : '0;
    for (int unsigned i = 0; i < Walkers; i++) begin
      if (!rst_n || !valid[i] || ready[i]) waited_q[i*4 +: 4] <= '0;
      else if (mem_valid && mem_ready) waited_q[i*4 +: 4] <= waited_q[i*4 +: 4] + 1'b1;
    end
  end

  always_comb begin
    for (int unsigned i = 0; i < Walkers; i++) begin
      if (stands_q[i]) begin
        assume (valid[i] && update[i] == update_q[i]);
        assume (addr[i*PhysicalBits +: PhysicalBits] == addr_q[i*PhysicalBits +: PhysicalBits]);
        assume (expected[i*64 +: 64] == expected_q[i*64 +: 64]);
        assume (desired[i*64 +: 64] == desired_q[i*64 +: 64]);
      end
    end
  end

  always_ff @(posedge clk) begin
    if (rst_n) begin
      assert (mem_valid == (valid != '0));
      assert (!mem_valid || 32'(mem_id) < Walkers);
      for (int unsigned i = 0; i < Walkers; i++) begin
        assert (ready[i] == (mem_valid && mem_ready && mem_id == IdBits'(i)));
        assert (rsp_valid[i] == (mem_rsp_valid && mem_rsp_id == IdBits'(i)));
        if (mem_valid && mem_id == IdBits'(i)) begin
          assert (valid[i] && mem_update == update[i]);
          assert (mem_addr == addr[i*PhysicalBits +: PhysicalBits]);
          assert (mem_expected == expected[i*64 +: 64] && mem_desired == desired[i*64 +: 64]);
        end
        // Each other is granted once at most before it.
        assert (32'(waited_q[i*4 +: 4]) < Walkers);
      end
    end
    // A request keeps its number until it is granted.
    if (rst_n && $past(rst_n) && $past(mem_valid && !mem_ready)) begin
      assert (mem_valid && $stable(mem_id));
    end
  end

endmodule
