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
  input  logic        clk,               ///< everything is sampled at its rising edge
  input  logic        rst_n,             ///< synchronous, active low
  input  logic        req_valid,         ///< a request stands
  output logic        req_ready,         ///< it is accepted in this cycle
  input  logic [63:0] req_vaddr,         ///< virtual address; in Sv32 below 2^32
  input  logic [1:0]  req_access,        ///< 0: fetch, 1: load, 2: store
  input  logic [1:0]  req_privilege,     ///< 0: user, 1: supervisor
  input  logic        req_sum,           ///< sstatus.SUM
  input  logic        req_mxr,           ///< sstatus.MXR
  input  logic [15:0] req_asid,          ///< satp.ASID
  input  logic [43:0] req_root,          ///< satp.PPN
  output logic        rsp_valid,         ///< an answer stands until it is taken
  input  logic        rsp_ready,         ///< it is taken in this cycle
  output logic        rsp_fault,         ///< it is a fault
  output logic [3:0]  rsp_cause,         ///< of a fault: the exception code
  output logic [55:0] rsp_paddr,         ///< of a translation: the physical address
  output logic        rsp_hit,           ///< the TLB's own answer
  output logic        mem_valid,         ///< a request to memory stands until it is granted
  input  logic        mem_ready,         ///< it is granted in this cycle
  output logic        mem_update,        ///< a compare-and-swap, else a read
  output logic [55:0] mem_addr,          ///< the PTE's physical address
  output logic [63:0] mem_expected,      ///< an update writes only over this
  output logic [63:0] mem_desired,       ///< what it writes
  input  logic        mem_rsp_valid,     ///< memory answers, for one cycle
  input  logic        mem_rsp_error,     ///< there is no such memory
  input  logic [63:0] mem_rsp_data,      ///< what was found
  output logic        pmp_valid,         ///< asks whether the access is permitted
  output logic [55:0] pmp_addr,          ///< the PTE's physical address
  output logic        pmp_write,         ///< a supervisor's store, else its load
  input  logic        pmp_denied,        ///< the answer, in the same cycle
  input  logic        fence,             ///< sfence.vma in this cycle
  input  logic        fence_by_address,  ///< of this page only
  input  logic [63:0] fence_vaddr,       ///< any address in it
  input  logic        fence_by_asid,     ///< of this address space only
  input  logic [15:0] fence_asid         ///< its ASID
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
