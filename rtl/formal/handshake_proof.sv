// SPDX-License-Identifier: Apache-2.0

/// Proves of `ptw` what `walker_rules` and `walker_data_rules` say of its ports, for ever, whatever
/// is driven into it: requests that come and go, grants and answers of memory at any time, PMP,
/// entries, and fences in every cycle. All ports but the clock are free.
module handshake_proof #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = 4'd8,
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1,
  /// Pointers remembered of each upper level: 0, or a power of two, at least 2.
  parameter int unsigned WalkCacheEntries = 0
) (
  input logic                   clk,
  input logic                   req_valid,
  input mmu_pkg::walk_request_t req,
  input logic                   rsp_ready,
  input logic                   mem_ready,
  input logic                   mem_rsp_valid,
  input logic                   mem_rsp_error,
  input mmu_pkg::pte_t          mem_rsp_data,
  input logic                   pmp_denied,
  input logic                   fence,
  input mmu_pkg::fence_t        fence_info
);

  logic req_ready, rsp_valid, mem_valid, mem_update, pmp_valid, pmp_write;
  mmu_pkg::walk_response_t rsp;
  mmu_pkg::paddr_t mem_addr, pmp_addr;
  mmu_pkg::pte_t mem_expected, mem_desired;

  logic rst_n, mem_out;
  initial rst_n = 1'b0;
  always_ff @(posedge clk) rst_n <= 1'b1;

  ptw #(.Mode(Mode), .Svadu(Svadu), .WalkCacheEntries(WalkCacheEntries)) i_ptw (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_o(req_ready),
    .req_i(req),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_o(rsp),
    .mem_valid_o(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_update_o(mem_update),
    .mem_addr_o(mem_addr),
    .mem_expected_o(mem_expected),
    .mem_desired_o(mem_desired),
    .mem_rsp_valid_i(mem_rsp_valid),
    .mem_rsp_error_i(mem_rsp_error),
    .mem_rsp_data_i(mem_rsp_data),
    .pmp_valid_o(pmp_valid),
    .pmp_addr_o(pmp_addr),
    .pmp_write_o(pmp_write),
    .pmp_denied_i(pmp_denied),
    .fence_i(fence),
    .fence_info_i(fence_info)
  );

  walker_rules i_rules (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_i(req_ready),
    .rsp_valid_i(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .outcome_i(rsp.outcome),
    .mem_valid_i(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_rsp_valid_i(mem_rsp_valid),
    .pmp_valid_i(pmp_valid),
    .pmp_denied_i(pmp_denied),
    .fence_i(fence),
    .mem_out_o(mem_out)
  );

  walker_data_rules #(.Mode(Mode), .Svadu(Svadu)) i_data_rules (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_i(req_ready),
    .rsp_valid_i(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_i(rsp),
    .mem_valid_i(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_update_i(mem_update),
    .mem_addr_i(mem_addr),
    .mem_expected_i(mem_expected),
    .mem_desired_i(mem_desired),
    .mem_rsp_valid_i(mem_rsp_valid),
    .mem_rsp_error_i(mem_rsp_error),
    .mem_rsp_data_i(mem_rsp_data),
    .pmp_addr_i(pmp_addr),
    .pmp_write_i(pmp_write)
  );

  // The one rule for the environment: memory answers what it has granted before.
  always_comb assume (!mem_rsp_valid || mem_out);

endmodule
