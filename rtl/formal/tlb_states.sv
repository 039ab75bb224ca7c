// SPDX-License-Identifier: Apache-2.0

/// `tlb` with everything free that its ports are driven with, for cover traces; a walker answers
/// only what it was asked.
module tlb_states #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = 4'd8,
  /// Translations held: a power of two, at least 2.
  parameter int unsigned Entries = 2
) (
  input logic                    clk,
  input logic                    req_valid,
  input mmu_pkg::walk_request_t  req,
  input logic                    rsp_ready,
  input logic                    walk_ready,
  input logic                    walk_rsp_valid,
  input mmu_pkg::walk_response_t walk_rsp,
  input logic                    fence,
  input mmu_pkg::fence_t         fence_info
);

  logic rst_n, req_ready, rsp_valid, hit, walk_valid, walk_rsp_ready;
  mmu_pkg::tlb_response_t rsp;
  mmu_pkg::walk_request_t walk;
  initial rst_n = 1'b0;
  always_ff @(posedge clk) rst_n <= 1'b1;

  tlb #(.Mode(Mode), .Entries(Entries)) i_tlb (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_o(req_ready),
    .req_i(req),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_o(rsp),
    .hit_o(hit),
    .walk_valid_o(walk_valid),
    .walk_ready_i(walk_ready),
    .walk_o(walk),
    .walk_rsp_valid_i(walk_rsp_valid),
    .walk_rsp_ready_o(walk_rsp_ready),
    .walk_rsp_i(walk_rsp),
    .fence_i(fence),
    .fence_info_i(fence_info)
  );

  always_comb begin
    assume (!walk_rsp_valid || walk_rsp_ready);
    // A fence turns the walker's answer to Aborted.
    assume (!(walk_rsp_valid && fence) || walk_rsp.outcome == mmu_pkg::Aborted);
  end

  // A hit, after a walk.
  always_ff @(posedge clk) cover (rst_n && rsp_valid && hit);

endmodule
