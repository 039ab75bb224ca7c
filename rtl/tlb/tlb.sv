// SPDX-License-Identifier: Apache-2.0

/// Translation lookaside buffer: fully associative over pages of every size, tree-PLRU, one request
/// at a time. What it cannot answer, a walker does: a miss, and also a hit that forbids the access
/// or lacks A or D, so that permissions are always those of the page table.
///
/// A request that was accepted before a fence may still be answered as it was before; nothing that
/// was walked before the fence stays.
module tlb #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// Translations held: a power of two, at least 2.
  parameter int unsigned Entries = 16
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic                   req_valid_i,  ///< a request stands
  output logic                   req_ready_o,  ///< idle, and no fence executed
  input  mmu_pkg::walk_request_t req_i,        ///< what is to be translated
  output logic                   rsp_valid_o,  ///< an answer stands until it is taken
  input  logic                   rsp_ready_i,  ///< it is taken in this cycle
  output mmu_pkg::tlb_response_t rsp_o,        ///< the physical address, or the fault
  output logic                   hit_o,        ///< the answer is the TLB's own

  output logic                    walk_valid_o,      ///< to ptw's req_
  input  logic                    walk_ready_i,      ///< the walker accepts it
  output mmu_pkg::walk_request_t  walk_o,            ///< what is to be walked
  input  logic                    walk_rsp_valid_i,  ///< from ptw's rsp_
  output logic                    walk_rsp_ready_o,  ///< it is taken
  input  mmu_pkg::walk_response_t walk_rsp_i,        ///< the walk's answer

  input  logic            fence_i,      ///< sfence.vma, to be given to ptw in the same cycle
  input  mmu_pkg::fence_t fence_info_i  ///< what it names
);

  typedef enum logic [2:0] {
    Idle,    ///< waits for a request
    Lookup,  ///< asks the entries
    Miss,    ///< asks the walker
    Walk,    ///< for its answer
    Respond  ///< waits for the answer to be taken
  } state_e;

  state_e state_d, state_q;
  mmu_pkg::walk_request_t req_d, req_q;
  mmu_pkg::tlb_response_t rsp_d, rsp_q;
  logic hit_d, hit_q;

  logic found, allowed, stale, use_hit, fill;
  mmu_pkg::level_t hit_level;
  mmu_pkg::ppn_t hit_ppn;
  mmu_pkg::flags_t hit_flags;

  tlb_entries #(.Mode(Mode), .Entries(Entries)) i_entries (
    .clk_i,
    .rst_ni,
    .vaddr_i(req_q.vaddr),
    .asid_i(req_q.asid),
    .hit_o(found),
    .level_o(hit_level),
    .ppn_o(hit_ppn),
    .flags_o(hit_flags),
    .use_i(use_hit),
    .fill_i(fill),
    .level_i(walk_rsp_i.level),
    .ppn_i(walk_rsp_i.ppn),
    .flags_i(walk_rsp_i.flags),
    .fence_i,
    .fence_info_i
  );

  // What an entry allows, by the rules of the walk.
  mmu_pkg::pte_t hit_pte;
  logic pointer, fault;
  mmu_pkg::vatp_e step;
  always_comb begin
    hit_pte = '0;
    hit_pte.ppn = hit_ppn;
    hit_pte.flags = hit_flags;
  end
  pte_check #(.Mode(Mode)) i_check (
    .pte_i(hit_pte),
    .level_i(hit_level),
    .request_i(req_q),
    .pointer_o(pointer),
    .leaf_o(allowed),
    .stale_o(stale),
    .fault_o(fault),
    .step_o(step)
  );

  mmu_pkg::paddr_t hit_paddr, walk_paddr;
  tlb_join #(.Mode(Mode)) i_join_hit (
    .vaddr_i(req_q.vaddr), .ppn_i(hit_ppn), .level_i(hit_level), .paddr_o(hit_paddr)
  );
  tlb_join #(.Mode(Mode)) i_join_walk (
    .vaddr_i(req_q.vaddr), .ppn_i(walk_rsp_i.ppn), .level_i(walk_rsp_i.level), .paddr_o(walk_paddr)
  );

  assign req_ready_o = state_q == Idle && !fence_i;
  assign rsp_valid_o = state_q == Respond;
  assign rsp_o = rsp_q;
  assign hit_o = hit_q;
  assign walk_valid_o = state_q == Miss;
  assign walk_o = req_q;
  assign walk_rsp_ready_o = state_q == Walk;
  assign use_hit = state_q == Lookup && hit_d;

  always_comb begin
    state_d = state_q;
    req_d = req_q;
    rsp_d = rsp_q;
    hit_d = hit_q;
    fill = 1'b0;
    unique case (state_q)
      Idle: begin
        req_d = req_i;
        if (req_valid_i && req_ready_o) state_d = Lookup;
      end
      Lookup: begin
        rsp_d = '0;
        rsp_d.paddr = hit_paddr;
        hit_d = found && allowed && !stale;
        state_d = hit_d ? Respond : Miss;
      end
      Miss: if (walk_ready_i) state_d = Walk;
      Walk: if (walk_rsp_valid_i) begin
        rsp_d = '0;
        rsp_d.fault = walk_rsp_i.outcome == mmu_pkg::Faulted;
        rsp_d.cause = walk_rsp_i.cause;
        if (!rsp_d.fault) rsp_d.paddr = walk_paddr;
        // A walk that a fence overtook is repeated; one that faulted fills nothing.
        fill = walk_rsp_i.outcome == mmu_pkg::Translated && !fence_i;
        state_d = (walk_rsp_i.outcome == mmu_pkg::Aborted) ? Miss : Respond;
      end
      default: if (rsp_ready_i) state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      req_q <= '0;
      rsp_q <= '0;
      hit_q <= 1'b0;
    end else begin
      state_q <= state_d;
      req_q <= req_d;
      rsp_q <= rsp_d;
      hit_q <= hit_d;
    end
  end

  logic unused;
  assign unused = ^{pointer, fault, step, walk_rsp_i.step};

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni)) begin
      if ($past(walk_valid_o && !walk_ready_i)) assert (walk_valid_o && $stable(walk_o));
      if ($past(rsp_valid_o && !rsp_ready_i)) assert (rsp_valid_o && $stable(rsp_o));
    end
  end

  // Every state, every way from one to another, and a fence in each.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      cover (state_q == Idle && state_d == Idle);
      cover (state_q == Idle && state_d == Lookup);
      cover (state_q == Lookup && state_d == Respond);
      cover (state_q == Lookup && state_d == Miss);
      cover (state_q == Miss && state_d == Miss);
      cover (state_q == Miss && state_d == Walk);
      cover (state_q == Walk && state_d == Walk);
      cover (state_q == Walk && state_d == Miss);
      cover (state_q == Walk && state_d == Respond && fill);
      cover (state_q == Walk && state_d == Respond && !fill);
      cover (state_q == Respond && state_d == Respond);
      cover (state_q == Respond && state_d == Idle);
      cover (state_q == Idle && req_valid_i && fence_i);
      cover (state_q == Lookup && fence_i);
      cover (state_q == Miss && fence_i);
      cover (state_q == Walk && fence_i);
      cover (state_q == Respond && fence_i);
    end
  end
`endif

endmodule
