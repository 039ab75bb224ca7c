// SPDX-License-Identifier: Apache-2.0

/// Page-table walker: one walk at a time, in one paging mode. Comments VATP.n name the step of the
/// privileged architecture's translation process; docs/rtl.md has the contract of every port.
///
/// Every request that is accepted is answered exactly once. A fence aborts the walk under way: it
/// makes no further access, a memory request that is out keeps its handshake, and the answer says
/// `Aborted`.
module ptw #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1,
  /// Pointers remembered of each upper level: 0, or a power of two, at least 2.
  parameter int unsigned WalkCacheEntries = 4
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic                    req_valid_i,  ///< a request stands
  output logic                    req_ready_o,  ///< no walk is under way, and no fence executed
  input  mmu_pkg::walk_request_t  req_i,        ///< what is to be translated
  output logic                    rsp_valid_o,  ///< an answer stands until it is taken
  input  logic                    rsp_ready_i,  ///< it is taken in this cycle
  output mmu_pkg::walk_response_t rsp_o,  ///< stable, but for a fence that turns it to Aborted

  output logic            mem_valid_o,      ///< a request stands until it is granted
  input  logic            mem_ready_i,      ///< it is granted in this cycle
  output logic            mem_update_o,     ///< compare-and-swap; else a read
  output mmu_pkg::paddr_t mem_addr_o,       ///< of the entry
  output mmu_pkg::pte_t   mem_expected_o,   ///< an update writes only where this is found
  output mmu_pkg::pte_t   mem_desired_o,    ///< what an update writes
  input  logic            mem_rsp_valid_i,  ///< at the earliest a cycle after the request
  input  logic            mem_rsp_error_i,  ///< no such memory
  input  mmu_pkg::pte_t   mem_rsp_data_i,   ///< the entry that was found, Sv32's zero-extended

  output logic            pmp_valid_o,   ///< an access is checked in this cycle
  output mmu_pkg::paddr_t pmp_addr_o,    ///< of the entry
  output logic            pmp_write_o,   ///< a supervisor's store; else its load
  input  logic            pmp_denied_i,  ///< the answer, in the same cycle

  input  logic            fence_i,      ///< sfence.vma
  input  mmu_pkg::fence_t fence_info_i  ///< what it names
);

  mmu_pkg::walk_request_t req;  // the walk's
  mmu_pkg::level_t level;       // of the table that is read
  logic global_path;            // a pointer on the way to it had G
  logic abort;                  // a fence overtook the walk
  mmu_pkg::pte_t data;          // memory's answer
  logic error;                  // memory's answer
  logic accept, enter, descend, renew, reread, start, stopped, done;
  logic canonical, lost, pointer, leaf, stale, fault;
  logic translated, access_fault, page_fault;
  mmu_pkg::vatp_e check_step, fault_step;

  assign pmp_addr_o = mem_addr_o;
  assign pmp_write_o = mem_update_o;

  ptw_control #(.Svadu(Svadu)) i_control (
    .clk_i,
    .rst_ni,
    .req_valid_i,
    .req_ready_o,
    .rsp_valid_o,
    .rsp_ready_i,
    .fence_i,
    .abort_o(abort),
    .accept_o(accept),
    .enter_o(enter),
    .descend_o(descend),
    .renew_o(renew),
    .reread_o(reread),
    .access_o(start),
    .canonical_i(canonical),
    .stopped_i(stopped),
    .done_i(done),
    .error_i(error),
    .update_i(mem_update_o),
    .lost_i(lost),
    .pointer_i(pointer),
    .stale_i(stale),
    .fault_i(fault),
    .step_i(check_step),
    .translated_o(translated),
    .access_fault_o(access_fault),
    .page_fault_o(page_fault),
    .step_o(fault_step)
  );

  ptw_position #(.Mode(Mode), .WalkCacheEntries(WalkCacheEntries)) i_position (
    .clk_i,
    .rst_ni,
    .accept_i(accept),
    .req_i,
    .enter_i(enter),
    .descend_i(descend),
    .pointer_i(data),
    .abort_i(abort),
    .fence_i,
    .fence_info_i,
    .req_o(req),
    .canonical_o(canonical),
    .level_o(level),
    .global_o(global_path),
    .addr_o(mem_addr_o)
  );

  ptw_access i_access (
    .clk_i,
    .rst_ni,
    .start_i(start),
    .abort_i(abort),
    .stopped_o(stopped),
    .done_o(done),
    .error_o(error),
    .data_o(data),
    .pmp_valid_o,
    .pmp_denied_i,
    .mem_valid_o,
    .mem_ready_i,
    .mem_rsp_valid_i,
    .mem_rsp_error_i,
    .mem_rsp_data_i
  );

  ptw_update i_update (
    .clk_i,
    .rst_ni,
    .renew_i(renew),
    .read_i(accept || reread),
    .data_i(data),
    .store_i(req.access == mmu_pkg::Store),
    .update_o(mem_update_o),
    .expected_o(mem_expected_o),
    .desired_o(mem_desired_o),
    .lost_o(lost)
  );

  pte_check #(.Mode(Mode)) i_check (
    .pte_i(data),
    .level_i(level),
    .request_i(req),
    .pointer_o(pointer),
    .leaf_o(leaf),
    .stale_o(stale),
    .fault_o(fault),
    .step_o(check_step)
  );

  ptw_answer i_answer (
    .clk_i,
    .rst_ni,
    .translated_i(translated),
    .access_fault_i(access_fault),
    .page_fault_i(page_fault),
    .step_i(fault_step),
    .abort_i(abort),
    .access_i(req.access),
    .level_i(level),
    .global_i(global_path),
    .update_i(mem_update_o),
    .data_i(data),
    .desired_i(mem_desired_o),
    .rsp_o
  );

  logic unused;
  assign unused = leaf;

`ifndef SYNTHESIS
  // What ptw promises, and what it is promised.
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni)) begin
      if ($past(mem_valid_o && !mem_ready_i)) begin
        assert (mem_valid_o && $stable(mem_addr_o) && $stable(mem_update_o));
        assert ($stable(mem_expected_o) && $stable(mem_desired_o));
      end
      if ($past(rsp_valid_o && !rsp_ready_i)) begin
        assert (rsp_valid_o && ($stable(rsp_o) || rsp_o.outcome == mmu_pkg::Aborted));
      end
      assert (32'(req_ready_o) + 32'(pmp_valid_o) + 32'(mem_valid_o) + 32'(rsp_valid_o) <= 1);
    end
  end
`endif

endmodule
