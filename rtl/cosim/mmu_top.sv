// SPDX-License-Identifier: Apache-2.0

/// `tlb` and `ptw` wired to a complete MMU, with flat ports for a bench in C++.
module mmu_top #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// Translations that the TLB holds: a power of two, at least 2.
  parameter int unsigned Entries = 8,
  /// Pointers that the walker remembers of each upper level: 0, or a power of two, at least 2.
  parameter int unsigned WalkCacheEntries = 4
) (
  input  logic        clk,
  input  logic        rst_n,
  input  logic        req_valid,
  output logic        req_ready,
  input  logic [63:0] req_vaddr,
  input  logic [1:0]  req_access,     ///< 0: fetch, 1: load, 2: store
  input  logic [1:0]  req_privilege,  ///< 0: user, 1: supervisor
  input  logic        req_sum,
  input  logic        req_mxr,
  input  logic [15:0] req_asid,
  input  logic [43:0] req_root,
  output logic        rsp_valid,
  input  logic        rsp_ready,
  output logic        rsp_fault,
  output logic [3:0]  rsp_cause,
  output logic [55:0] rsp_paddr,
  output logic        rsp_hit,        ///< the TLB's own answer
  output logic        mem_valid,
  input  logic        mem_ready,
  output logic        mem_update,
  output logic [55:0] mem_addr,
  output logic [63:0] mem_expected,
  output logic [63:0] mem_desired,
  input  logic        mem_rsp_valid,
  input  logic        mem_rsp_error,
  input  logic [63:0] mem_rsp_data,
  output logic        pmp_valid,
  output logic [55:0] pmp_addr,
  output logic        pmp_write,
  input  logic        pmp_denied,
  input  logic        fence,
  input  logic        fence_by_address,
  input  logic [63:0] fence_vaddr,
  input  logic        fence_by_asid,
  input  logic [15:0] fence_asid
);

  mmu_pkg::walk_request_t req, walk;
  mmu_pkg::walk_response_t walk_rsp;
  mmu_pkg::tlb_response_t rsp;
  mmu_pkg::fence_t fence_info;
  logic walk_valid, walk_ready, walk_rsp_valid, walk_rsp_ready;

  assign req = {req_vaddr, req_access, req_privilege, req_sum, req_mxr, req_asid, req_root};
  assign {rsp_fault, rsp_cause, rsp_paddr} = rsp;
  assign fence_info = {fence_by_address, fence_vaddr, fence_by_asid, fence_asid};

  tlb #(.Mode(Mode), .Entries(Entries)) i_tlb (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_o(req_ready),
    .req_i(req),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_o(rsp),
    .hit_o(rsp_hit),
    .walk_valid_o(walk_valid),
    .walk_ready_i(walk_ready),
    .walk_o(walk),
    .walk_rsp_valid_i(walk_rsp_valid),
    .walk_rsp_ready_o(walk_rsp_ready),
    .walk_rsp_i(walk_rsp),
    .fence_i(fence),
    .fence_info_i(fence_info)
  );

  ptw #(.Mode(Mode), .Svadu(1'b1), .WalkCacheEntries(WalkCacheEntries)) i_ptw (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(walk_valid),
    .req_ready_o(walk_ready),
    .req_i(walk),
    .rsp_valid_o(walk_rsp_valid),
    .rsp_ready_i(walk_rsp_ready),
    .rsp_o(walk_rsp),
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

`ifndef SYNTHESIS
  // The environment's rule: an answer of memory comes after its request.
  always_ff @(posedge clk) assert (!rst_n || !(mem_valid && mem_rsp_valid));
`endif

endmodule
