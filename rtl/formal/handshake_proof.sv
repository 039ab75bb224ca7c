// SPDX-License-Identifier: Apache-2.0

/// Proves what `ptw` promises on its ports, for ever, whatever is driven into it: requests that come
/// and go, grants and answers of memory at any time, PMP, entries, and fences in every cycle. All
/// ports but the clock are free.
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

  localparam int unsigned Levels = mmu_pkg::levels(Mode);

  logic req_ready, rsp_valid, mem_valid, mem_update, pmp_valid, pmp_write;
  mmu_pkg::walk_response_t rsp;
  mmu_pkg::paddr_t mem_addr, pmp_addr;
  mmu_pkg::pte_t mem_expected, mem_desired;

  logic rst_n;
  initial rst_n = 1'b0;

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

  // What the ports have shown so far.
  logic walking_q;         // a request was accepted, and not answered yet
  logic fenced_q;          // and a fence executed since
  logic mem_out_q;         // memory has granted a request, and not answered yet
  logic out_update_q;      // the latest access was an update
  logic mem_valid_q;       // a request stood at memory's port in the cycle before
  logic [2:0] budget_q;    // reads that the walk may still make
  logic [1:0] quiet_q;     // cycles without anything on a port
  mmu_pkg::paddr_t addr_q;  // of the latest access
  mmu_pkg::pte_t data_q;    // what it has found
  logic accepted, granted, lost, quiet;

  assign accepted = req_valid && req_ready;
  assign granted = mem_valid && mem_ready;
  assign lost = mem_rsp_valid && out_update_q && !mem_rsp_error && mem_rsp_data != data_q;
  assign quiet = walking_q && !pmp_valid && !mem_valid && !mem_out_q && !rsp_valid;

  always_ff @(posedge clk) begin
    rst_n <= 1'b1;
    if (!rst_n) begin
      {walking_q, fenced_q, mem_out_q, out_update_q, mem_valid_q, budget_q, quiet_q} <= '0;
      addr_q <= '0;
      data_q <= '0;
    end else begin
      walking_q <= accepted || (walking_q && !(rsp_valid && rsp_ready));
      fenced_q <= !accepted && walking_q && (fenced_q || fence);
      mem_out_q <= granted || (mem_out_q && !mem_rsp_valid);
      mem_valid_q <= mem_valid;
      if (granted) out_update_q <= mem_update;
      if (granted) addr_q <= mem_addr;
      if (mem_rsp_valid && !out_update_q) data_q <= mem_rsp_data;
      if (accepted) budget_q <= 3'(Levels);
      else if (granted && !mem_update) budget_q <= budget_q - 1'b1;
      else if (lost) budget_q <= budget_q + 1'b1;
      quiet_q <= quiet ? quiet_q + 1'b1 : '0;
    end
  end

  // The one rule for the environment: memory answers what it has granted before.
  always_comb assume (!mem_rsp_valid || mem_out_q);

  always_ff @(posedge clk) begin
    if (rst_n) begin
      // One request at a time; each is answered exactly once.
      assert (req_ready == (!walking_q && !fence));
      assert (!rsp_valid || walking_q);
      // Something happens on a port after at most two quiet cycles: no walk hangs.
      assert (quiet_q <= 2'd2);
      // One access at a time, and only for a walk. No answer while memory owes one.
      assert (!mem_valid || (walking_q && !mem_out_q));
      assert (!pmp_valid || (walking_q && !mem_out_q && !mem_valid));
      assert (!rsp_valid || (!mem_valid && !mem_out_q));
      // At most a read for each level, and one again after each update that was lost.
      assert (!(mem_valid && !mem_update && budget_q == '0));
      // An update is of the entry that was just read, and only Svadu makes any.
      assert (!(mem_valid && mem_update) || (Svadu && mem_expected == data_q));
      assert (!(mem_valid && mem_update) || (mem_addr == addr_q && mem_desired != data_q));
      // A fence: no new access from the next cycle on, and the answer is Aborted.
      assert (!(fence || fenced_q) || !pmp_valid);
      assert (!fenced_q || !mem_valid || mem_valid_q);
      assert (!rsp_valid || (rsp.outcome == mmu_pkg::Aborted) == (fence || fenced_q));
    end
    if (rst_n && $past(rst_n)) begin
      // What stands at a port stays until it is taken.
      if ($past(mem_valid && !mem_ready)) begin
        assert (mem_valid && $stable(mem_update) && $stable(mem_addr));
        assert ($stable(mem_expected) && $stable(mem_desired));
      end
      if ($past(rsp_valid && !rsp_ready)) begin
        assert (rsp_valid && ($stable(rsp) || fence || fenced_q));
      end
      // Memory is asked exactly for what PMP was asked and permitted, in the next cycle.
      if (!$past(mem_valid)) assert (mem_valid == $past(pmp_valid && !pmp_denied));
      if (mem_valid && !$past(mem_valid)) begin
        assert (mem_addr == $past(pmp_addr) && mem_update == $past(pmp_write));
      end
    end
  end

endmodule
