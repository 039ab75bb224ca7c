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
  input  logic clk_i,
  input  logic rst_ni,  ///< synchronous

  input  logic                    req_valid_i,
  output logic                    req_ready_o,  ///< no walk is under way, and no fence executed
  input  mmu_pkg::walk_request_t  req_i,
  output logic                    rsp_valid_o,
  input  logic                    rsp_ready_i,
  output mmu_pkg::walk_response_t rsp_o,  ///< stable, but for a fence that turns it to Aborted

  output logic            mem_valid_o,
  input  logic            mem_ready_i,
  output logic            mem_update_o,    ///< compare-and-swap; else a read
  output mmu_pkg::paddr_t mem_addr_o,      ///< of the entry
  output mmu_pkg::pte_t   mem_expected_o,  ///< an update writes only where this is found
  output mmu_pkg::pte_t   mem_desired_o,   ///< what an update writes
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

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned IndexBits = mmu_pkg::index_bits(Mode);
  localparam int unsigned PteShift = mmu_pkg::pte_shift(Mode);

  typedef enum logic [2:0] {
    Idle,     ///< waits for a request
    Lookup,   ///< checks the address, asks the walk cache
    Check,    ///< asks PMP
    Request,  ///< asks memory
    Wait,     ///< for memory's answer
    Examine,  ///< decides by the entry
    Respond   ///< waits for the answer to be taken
  } state_e;

  state_e state_d, state_q;
  mmu_pkg::walk_request_t req_d, req_q;
  mmu_pkg::walk_response_t rsp_d, rsp_q;
  mmu_pkg::ppn_t table_d, table_q;    // the table that is read
  mmu_pkg::level_t level_d, level_q;  // its level
  logic global_d, global_q;           // a pointer on the way had G
  logic abort, aborted_q;             // a fence overtook the walk
  logic update_d, update_q;           // the access sets A or D of leaf_q; else it is a read
  mmu_pkg::pte_t leaf_d, leaf_q;      // the leaf that is updated
  mmu_pkg::pte_t data_d, data_q;      // memory's answer
  logic error_d, error_q;             // memory's answer

  logic canonical, pointer, leaf, stale, fault;
  mmu_pkg::vatp_e step;
  logic wc_hit, wc_global, wc_use, wc_fill;
  mmu_pkg::level_t wc_level;
  mmu_pkg::ppn_t wc_table;
  mmu_pkg::pte_t desired;
  mmu_pkg::walk_response_t page_fault, access_fault, translated;

  // VATP.0: an address that is not canonical faults before any access.
  assign canonical = mmu_pkg::is_canonical(Mode, req_q.vaddr[63:38]);

  // VATP.2: the entry is at a + va.vpn[i] * PTESIZE.
  logic [IndexBits-1:0] index;
  assign index = req_q.vaddr[mmu_pkg::PageShift + 32'(level_q) * IndexBits +: IndexBits];
  assign mem_addr_o = {table_q, index, PteShift'(0)};

  // VATP.9: A, and for a store D.
  always_comb begin
    desired = leaf_q;
    desired.flags.a = 1'b1;
    desired.flags.d = leaf_q.flags.d || req_q.access == mmu_pkg::Store;
  end

  assign abort = aborted_q || fence_i;
  assign req_ready_o = state_q == Idle && !fence_i;
  assign rsp_valid_o = state_q == Respond;
  assign mem_valid_o = state_q == Request;
  assign mem_update_o = update_q;
  assign mem_expected_o = leaf_q;
  assign mem_desired_o = desired;
  assign pmp_valid_o = state_q == Check && !abort;
  assign pmp_addr_o = mem_addr_o;
  assign pmp_write_o = update_q;

  // How a walk can end.
  always_comb begin
    translated = '0;
    translated.outcome = mmu_pkg::Translated;
    translated.step = mmu_pkg::VatpSuccess;
    translated.level = level_q;
    translated.ppn = data_q.ppn;
    translated.flags = update_q ? desired.flags : data_q.flags;
    translated.flags.g = data_q.flags.g || global_q;
    page_fault = '0;
    page_fault.outcome = mmu_pkg::Faulted;
    page_fault.cause = mmu_pkg::page_fault(req_q.access);
    page_fault.step = step;
    access_fault = '0;
    access_fault.outcome = mmu_pkg::Faulted;
    access_fault.cause = mmu_pkg::access_fault(req_q.access);
    access_fault.step = update_q ? mmu_pkg::VatpAccessedDirty : mmu_pkg::VatpPteAccess;
    rsp_o = rsp_q;
    if (abort) begin
      rsp_o = '0;
      rsp_o.outcome = mmu_pkg::Aborted;
    end
  end

  always_comb begin
    state_d = state_q;
    req_d = req_q;
    rsp_d = rsp_q;
    table_d = table_q;
    level_d = level_q;
    global_d = global_q;
    update_d = update_q;
    leaf_d = leaf_q;
    data_d = data_q;
    error_d = error_q;
    wc_use = 1'b0;
    wc_fill = 1'b0;

    unique case (state_q)
      Idle: begin
        update_d = 1'b0;
        req_d = req_i;
        if (req_valid_i && req_ready_o) state_d = Lookup;
      end
      Lookup: begin
        // VATP.1: the walk begins at the root, or where the walk cache knows the way to.
        table_d = wc_hit ? wc_table : req_q.root;
        level_d = wc_level;
        global_d = wc_hit && wc_global;
        wc_use = canonical;
        rsp_d = page_fault;
        rsp_d.step = mmu_pkg::VatpCanonical;
        state_d = (canonical && !abort) ? Check : Respond;
      end
      Check: begin
        // VATP.2 and VATP.9: an access that PMP denies is an access fault of the original type.
        rsp_d = access_fault;
        state_d = (pmp_denied_i || abort) ? Respond : Request;
      end
      Request: if (mem_ready_i) state_d = Wait;
      Wait: begin
        data_d = mem_rsp_data_i;
        error_d = mem_rsp_error_i;
        if (mem_rsp_valid_i) state_d = Examine;
      end
      Examine: begin
        state_d = Respond;
        if (error_q) begin
          rsp_d = access_fault;
        end else if (update_q) begin
          // VATP.9: an entry that changed since it was checked is read and checked again.
          rsp_d = translated;
          update_d = 1'b0;
          if (data_q != leaf_q) state_d = Check;
        end else if (fault) begin
          rsp_d = page_fault;
        end else if (pointer) begin
          // VATP.4: a pointer leads one level down.
          table_d = data_q.ppn;
          level_d = level_q - 1'b1;
          global_d = global_q || data_q.flags.g;
          wc_fill = !abort;
          state_d = Check;
        end else if (leaf && stale && Svadu) begin
          leaf_d = data_q;
          update_d = 1'b1;
          state_d = Check;
        end else if (stale) begin
          rsp_d = page_fault;
          rsp_d.step = mmu_pkg::VatpAccessedDirty;
        end else begin
          // VATP.10: the address bits below the leaf's level pass through.
          rsp_d = translated;
        end
      end
      default: if (rsp_ready_i) state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      req_q <= '0;
      rsp_q <= '0;
      table_q <= '0;
      level_q <= '0;
      global_q <= 1'b0;
      aborted_q <= 1'b0;
      update_q <= 1'b0;
      leaf_q <= '0;
      data_q <= '0;
      error_q <= 1'b0;
    end else begin
      state_q <= state_d;
      req_q <= req_d;
      rsp_q <= rsp_d;
      table_q <= table_d;
      level_q <= level_d;
      global_q <= global_d;
      aborted_q <= abort && state_q != Idle;
      update_q <= update_d;
      leaf_q <= leaf_d;
      data_q <= data_d;
      error_q <= error_d;
    end
  end

  pte_check #(.Mode(Mode)) i_check (
    .pte_i(data_q),
    .level_i(level_q),
    .request_i(req_q),
    .pointer_o(pointer),
    .leaf_o(leaf),
    .stale_o(stale),
    .fault_o(fault),
    .step_o(step)
  );

  walk_cache #(.Mode(Mode), .Entries(WalkCacheEntries)) i_walk_cache (
    .clk_i,
    .rst_ni,
    .vaddr_i(req_q.vaddr),
    .asid_i(req_q.asid),
    .hit_o(wc_hit),
    .level_o(wc_level),
    .table_o(wc_table),
    .global_o(wc_global),
    .use_i(wc_use),
    .fill_i(wc_fill),
    .level_i(level_q),
    .table_i(data_q.ppn),
    .global_i(global_d),
    .fence_i,
    .fence_info_i
  );

`ifndef SYNTHESIS
  // What ptw promises, and what it is promised.
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni)) begin
      assert (32'(level_q) < Levels);
      if ($past(mem_valid_o && !mem_ready_i)) begin
        assert (mem_valid_o && $stable(mem_addr_o) && $stable(mem_update_o));
        assert ($stable(mem_expected_o) && $stable(mem_desired_o));
      end
      if ($past(rsp_valid_o && !rsp_ready_i)) begin
        assert (rsp_valid_o && ($stable(rsp_o) || rsp_o.outcome == mmu_pkg::Aborted));
      end
      assert (!mem_rsp_valid_i || state_q == Wait);
    end
  end
`endif

endmodule
