// SPDX-License-Identifier: Apache-2.0

/// Several walkers for several requesters, with one memory port. Requests for the same page, address
/// space, access and privilege that are under way together are one walk, whose answer each gets.
///
/// Every request that is accepted is answered exactly once, as by `ptw`; a requester has one under
/// way. A fence aborts every walk. Whoever waits for a walker gets one in its turn.
module ptw_pool #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// 1: the walkers set A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1,
  /// Pointers that each walker remembers of each upper level: 0, or a power of two, at least 2.
  parameter int unsigned WalkCacheEntries = 4,
  /// Walks that are under way at once, at least 1.
  parameter int unsigned Walkers = 2,
  /// Requesters, at least 1.
  parameter int unsigned Requesters = 4,
  localparam int unsigned IdBits = (Walkers > 1) ? $clog2(Walkers) : 1
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic [Requesters-1:0] req_valid_i,  ///< of each requester: a request stands
  output logic [Requesters-1:0] req_ready_o,  ///< depends on req_valid_i; low with a fence
  output logic [Requesters-1:0] req_joins_o,  ///< the request that is accepted joins a walk
  input  logic [Requesters*mmu_pkg::WalkRequestBits-1:0] req_i,  ///< of each: its request
  output logic [Requesters-1:0] rsp_valid_o,  ///< of each: an answer stands until it is taken
  input  logic [Requesters-1:0] rsp_ready_i,  ///< of each: it is taken in this cycle
  output logic [Requesters*mmu_pkg::WalkResponseBits-1:0] rsp_o,  ///< as ptw's

  output logic              mem_valid_o,      ///< a request stands until it is granted
  input  logic              mem_ready_i,      ///< it is granted in this cycle
  output logic [IdBits-1:0] mem_id_o,         ///< the walker that asks; each has one request out
  output logic              mem_update_o,     ///< compare-and-swap; else a read
  output mmu_pkg::paddr_t   mem_addr_o,       ///< the PTE's physical address
  output mmu_pkg::pte_t     mem_expected_o,   ///< an update writes only over this
  output mmu_pkg::pte_t     mem_desired_o,    ///< what it writes
  input  logic              mem_rsp_valid_i,  ///< in any order of walkers
  input  logic [IdBits-1:0] mem_rsp_id_i,     ///< the walker that asked
  input  logic              mem_rsp_error_i,  ///< there is no such memory
  input  mmu_pkg::pte_t     mem_rsp_data_i,   ///< what was found

  output logic [Walkers-1:0] pmp_valid_o,                       ///< of each walker, as ptw's
  output logic [Walkers*mmu_pkg::PhysicalBits-1:0] pmp_addr_o,  ///< of each: the PTE's address
  output logic [Walkers-1:0] pmp_write_o,                       ///< of each: a store, else a load
  input  logic [Walkers-1:0] pmp_denied_i,                      ///< of each: the answer, in the same cycle

  input  logic            fence_i,      ///< sfence.vma, for every walker
  input  mmu_pkg::fence_t fence_info_i  ///< what it names
);

  localparam int unsigned ResponseBits = mmu_pkg::WalkResponseBits;
  localparam int unsigned PhysicalBits = mmu_pkg::PhysicalBits;

  // By walker, and in it by requester.
  logic [Walkers*Requesters-1:0] same, joins, starts, waits, answers;
  logic [Walkers*ResponseBits-1:0] rsp;
  logic [Walkers-1:0] free, valid, ready, update, mem_rsp_valid;
  logic [Walkers*PhysicalBits-1:0] addr;
  logic [Walkers*64-1:0] expected, desired;
  mmu_pkg::walk_request_t walk;
  logic [Requesters-1:0] waiting;

  for (genvar i = 0; i < Walkers; i++) begin : gen_walker
    logic rsp_valid, rsp_ready;
    mmu_pkg::walk_response_t walk_rsp;
    assign rsp[i*ResponseBits +: ResponseBits] = walk_rsp;
`ifndef SYNTHESIS
    initial assert (ResponseBits == $bits(walk_rsp));
`endif

    ptw_waiters #(.Requesters(Requesters)) i_waiters (
      .clk_i,
      .rst_ni,
      .req_i,
      .same_o(same[i*Requesters +: Requesters]),
      .start_i(starts[i*Requesters +: Requesters]),
      .walk_i(walk),
      .join_i(joins[i*Requesters +: Requesters]),
      .walk_rsp_valid_i(rsp_valid),
      .walk_rsp_ready_o(rsp_ready),
      .rsp_valid_o(answers[i*Requesters +: Requesters]),
      .rsp_ready_i,
      .wait_o(waits[i*Requesters +: Requesters]),
      .fence_i
    );

    ptw #(.Mode(Mode), .Svadu(Svadu), .WalkCacheEntries(WalkCacheEntries)) i_ptw (
      .clk_i,
      .rst_ni,
      .req_valid_i(starts[i*Requesters +: Requesters] != '0),
      .req_ready_o(free[i]),
      .req_i(walk),
      .rsp_valid_o(rsp_valid),
      .rsp_ready_i(rsp_ready),
      .rsp_o(walk_rsp),
      .mem_valid_o(valid[i]),
      .mem_ready_i(ready[i]),
      .mem_update_o(update[i]),
      .mem_addr_o(addr[i*PhysicalBits +: PhysicalBits]),
      .mem_expected_o(expected[i*64 +: 64]),
      .mem_desired_o(desired[i*64 +: 64]),
      .mem_rsp_valid_i(mem_rsp_valid[i]),
      .mem_rsp_error_i,
      .mem_rsp_data_i,
      .pmp_valid_o(pmp_valid_o[i]),
      .pmp_addr_o(pmp_addr_o[i*PhysicalBits +: PhysicalBits]),
      .pmp_write_o(pmp_write_o[i]),
      .pmp_denied_i(pmp_denied_i[i]),
      .fence_i,
      .fence_info_i
    );
  end

  // Each requester waits for one walker at most, whose answer is its own.
  always_comb begin
    waiting = '0;
    rsp_valid_o = '0;
    rsp_o = '0;
    for (int unsigned i = 0; i < Walkers; i++) begin
      waiting = waiting | waits[i*Requesters +: Requesters];
      rsp_valid_o = rsp_valid_o | answers[i*Requesters +: Requesters];
      for (int unsigned j = 0; j < Requesters; j++) begin
        if (waits[i*Requesters + j]) begin
          rsp_o[j*ResponseBits +: ResponseBits] = rsp[i*ResponseBits +: ResponseBits];
        end
      end
    end
  end

  ptw_dispatch #(.Walkers(Walkers), .Requesters(Requesters)) i_dispatch (
    .clk_i,
    .rst_ni,
    .req_valid_i,
    .req_ready_o,
    .req_i,
    .wait_i(waiting),
    .same_i(same),
    .join_o(joins),
    .free_i(free),
    .start_o(starts),
    .walk_o(walk),
    .joins_o(req_joins_o)
  );

  ptw_memory_port #(.Walkers(Walkers)) i_memory_port (
    .clk_i,
    .rst_ni,
    .valid_i(valid),
    .ready_o(ready),
    .update_i(update),
    .addr_i(addr),
    .expected_i(expected),
    .desired_i(desired),
    .rsp_valid_o(mem_rsp_valid),
    .mem_valid_o,
    .mem_ready_i,
    .mem_id_o,
    .mem_update_o,
    .mem_addr_o,
    .mem_expected_o,
    .mem_desired_o,
    .mem_rsp_valid_i,
    .mem_rsp_id_i
  );

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      for (int unsigned i = 0; i < Requesters; i++) begin
        assert (!(waiting[i] && req_ready_o[i]));
      end
      assert (!fence_i || req_ready_o == '0);
    end
  end
  initial assert (mmu_pkg::WalkRequestBits == $bits(walk));
`endif

endmodule
