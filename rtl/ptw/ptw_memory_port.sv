// SPDX-License-Identifier: Apache-2.0

/// One memory port for several walkers, each in its turn. Each has one request out at most; answers
/// come in any order, with the number of the walker.
module ptw_memory_port #(
  /// Walkers at the port: at least 1.
  parameter int unsigned Walkers = 2,
  localparam int unsigned IdBits = (Walkers > 1) ? $clog2(Walkers) : 1
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic [Walkers-1:0] valid_i,                       ///< of each walker, as its mem_ ports
  output logic [Walkers-1:0] ready_o,                       ///< whose request is granted
  input  logic [Walkers-1:0] update_i,                      ///< of each: a compare-and-swap
  input  logic [Walkers*mmu_pkg::PhysicalBits-1:0] addr_i,  ///< of each: the PTE's address
  input  logic [Walkers*64-1:0] expected_i,                 ///< of each: what an update expects
  input  logic [Walkers*64-1:0] desired_i,                  ///< of each: what it writes
  output logic [Walkers-1:0] rsp_valid_o,                   ///< whom memory answers

  output logic              mem_valid_o,      ///< a request stands until it is granted
  input  logic              mem_ready_i,      ///< it is granted in this cycle
  output logic [IdBits-1:0] mem_id_o,         ///< the walker's number
  output logic              mem_update_o,     ///< a compare-and-swap, else a read
  output mmu_pkg::paddr_t   mem_addr_o,       ///< the PTE's physical address
  output mmu_pkg::pte_t     mem_expected_o,   ///< an update writes only over this
  output mmu_pkg::pte_t     mem_desired_o,    ///< what it writes
  input  logic              mem_rsp_valid_i,  ///< memory answers, for one cycle
  input  logic [IdBits-1:0] mem_rsp_id_i      ///< the walker that asked
);

  logic [Walkers-1:0] grant;

  round_robin #(.Requests(Walkers)) i_turn (
    .clk_i,
    .rst_ni,
    .req_i(valid_i),
    .take_i(mem_ready_i),
    .grant_o(grant)
  );

  assign mem_valid_o = grant != '0;
  assign mem_update_o = (grant & update_i) != '0;
  assign ready_o = mem_ready_i ? grant : '0;

  always_comb begin
    mem_id_o = '0;
    mem_addr_o = '0;
    mem_expected_o = '0;
    mem_desired_o = '0;
    rsp_valid_o = '0;
    for (int unsigned i = 0; i < Walkers; i++) begin
      if (grant[i]) begin
        mem_id_o = IdBits'(i);
        mem_addr_o = addr_i[i*mmu_pkg::PhysicalBits +: mmu_pkg::PhysicalBits];
        mem_expected_o = expected_i[i*64 +: 64];
        mem_desired_o = desired_i[i*64 +: 64];
      end
      rsp_valid_o[i] = mem_rsp_valid_i && mem_rsp_id_i == IdBits'(i);
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni) && $past(mem_valid_o && !mem_ready_i)) begin
      assert (mem_valid_o && $stable(mem_id_o) && $stable(mem_update_o) && $stable(mem_addr_o));
      assert ($stable(mem_expected_o) && $stable(mem_desired_o));
    end
  end
`endif

endmodule
