// SPDX-License-Identifier: Apache-2.0

/// `ptw`, or a `ptw_pool` of one walker, behind the walker contract of docs/bring_your_own_walker.md:
/// the same names and flat ports for every walker, so that one adapter drives them all.
module ptw_walker #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1,
  /// Pointers remembered of each upper level: 0, or a power of two, at least 2.
  parameter int unsigned WalkCacheEntries = 4,
  /// 1: a pool of one walker for one requester. It has to walk as `ptw` alone does, cycle for cycle.
  parameter bit Pool = 1'b0
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
  output logic [1:0]  rsp_outcome,       ///< 0: translated, 1: faulted, 2: aborted
  output logic [3:0]  rsp_cause,         ///< of a fault: the exception code
  output logic [3:0]  rsp_step,          ///< n of VATP.n
  output logic [2:0]  rsp_level,         ///< of a translation: the leaf's
  output logic [43:0] rsp_ppn,           ///< of a translation: the leaf's
  output logic [7:0]  rsp_flags,         ///< of a translation: the leaf's, G of pointers too
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

  mmu_pkg::walk_request_t req;
  mmu_pkg::walk_response_t rsp;
  mmu_pkg::fence_t fence_info;

  assign req = {req_vaddr, req_access, req_privilege, req_sum, req_mxr, req_asid, req_root};
  assign {rsp_outcome, rsp_cause, rsp_step, rsp_level, rsp_ppn, rsp_flags} = rsp;
  assign fence_info = {fence_by_address, fence_vaddr, fence_by_asid, fence_asid};

  if (Pool) begin : gen_pool
    logic joins, mem_id;

    ptw_pool #(
      .Mode(Mode),
      .Svadu(Svadu),
      .WalkCacheEntries(WalkCacheEntries),
      .Walkers(1),
      .Requesters(1)
    ) i_pool (
      .clk_i(clk),
      .rst_ni(rst_n),
      .req_valid_i(req_valid),
      .req_ready_o(req_ready),
      .req_joins_o(joins),
      .req_i(req),
      .rsp_valid_o(rsp_valid),
      .rsp_ready_i(rsp_ready),
      .rsp_o(rsp),
      .mem_valid_o(mem_valid),
      .mem_ready_i(mem_ready),
      .mem_id_o(mem_id),
      .mem_update_o(mem_update),
      .mem_addr_o(mem_addr),
      .mem_expected_o(mem_expected),
      .mem_desired_o(mem_desired),
      .mem_rsp_valid_i(mem_rsp_valid),
      .mem_rsp_id_i(1'b0),
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
    // A lone requester has nobody to join, and its walker no other beside it.
    always_ff @(posedge clk) assert (!rst_n || !(joins || mem_id));
`endif
  end else begin : gen_ptw
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
  end

`ifndef SYNTHESIS
  // The contract's own rule for the environment: an answer of memory comes after its request.
  always_ff @(posedge clk) assert (!rst_n || !(mem_valid && mem_rsp_valid));
`endif

endmodule
