// SPDX-License-Identifier: Apache-2.0

/// What a pool of walkers asks memory for, as assertions, which `pool_proof` proves of `ptw_pool`.
module pool_data_rules #(
  parameter int unsigned Walkers = 2,
  localparam int unsigned IdBits = (Walkers > 1) ? $clog2(Walkers) : 1
) (
  input logic               clk_i,
  input logic               rst_ni,  ///< synchronous
  input logic               mem_valid_i,
  input logic               mem_ready_i,
  input logic [IdBits-1:0]  mem_id_i,
  input logic               mem_update_i,
  input mmu_pkg::paddr_t    mem_addr_i,
  input mmu_pkg::pte_t      mem_expected_i,
  input mmu_pkg::pte_t      mem_desired_i,
  input logic               mem_rsp_valid_i,
  input logic [IdBits-1:0]  mem_rsp_id_i,
  input mmu_pkg::pte_t      mem_rsp_data_i,
  input logic [Walkers-1:0] pmp_valid_i,
  input logic [Walkers*mmu_pkg::PhysicalBits-1:0] pmp_addr_i,
  input logic [Walkers-1:0] pmp_write_i
);

  localparam int unsigned PhysicalBits = mmu_pkg::PhysicalBits;

  // By walker.
  logic [Walkers-1:0] update_q;  // its latest access was an update
  logic [Walkers-1:0] write_q;   // what PMP was asked last
  logic [Walkers*PhysicalBits-1:0] addr_q;
  logic [Walkers*64-1:0] data_q;  // what its latest read has found

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {update_q, write_q, addr_q, data_q} <= '0;
    end else begin
      for (int unsigned i = 0; i < Walkers; i++) begin
        if (mem_valid_i && mem_ready_i && mem_id_i == IdBits'(i)) update_q[i] <= mem_update_i;
        if (mem_rsp_valid_i && mem_rsp_id_i == IdBits'(i) && !update_q[i]) begin
          data_q[i*64 +: 64] <= mem_rsp_data_i;
        end
        if (pmp_valid_i[i]) begin
          write_q[i] <= pmp_write_i[i];
          addr_q[i*PhysicalBits +: PhysicalBits] <= pmp_addr_i[i*PhysicalBits +: PhysicalBits];
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // Each walker asks for what it has asked PMP for; its updates expect what it has read.
      for (int unsigned i = 0; i < Walkers; i++) begin
        if (mem_valid_i && mem_id_i == IdBits'(i)) begin
          assert (mem_update_i == write_q[i]);
          assert (mem_addr_i == addr_q[i*PhysicalBits +: PhysicalBits]);
          assert (!mem_update_i || mem_expected_i == data_q[i*64 +: 64]);
        end
      end
    end
    // What stands at the port stays until it is taken.
    if (rst_ni && $past(rst_ni) && $past(mem_valid_i && !mem_ready_i)) begin
      assert ($stable(mem_update_i) && $stable(mem_addr_i));
      assert ($stable(mem_expected_i) && $stable(mem_desired_i));
    end
  end

endmodule
