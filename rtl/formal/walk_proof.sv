// SPDX-License-Identifier: Apache-2.0

/// Proves that `ptw` answers one walk from reset as the architecture's text says, whatever the
/// request is and whatever memory and PMP answer: every access, in order, and the answer; and that
/// the walk takes the documented cycles. Memory grants at once and answers in the next cycle
/// (handshake_proof frees them); the walk cache is left out.
///
/// What the walk is asked and what it will find is free, and fixed in the cycle of reset.
module walk_proof #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = 4'd8,
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1,
  /// Reads beyond one for each level: after updates that found another entry than they expected.
  parameter int unsigned Rereads = 1,
  localparam int unsigned Reads = mmu_pkg::levels(Mode) + (Svadu ? Rereads : 0)
) (
  input logic                   clk,
  input mmu_pkg::walk_request_t any_request,
  input logic [64*Reads-1:0]    any_pte,
  input logic [64*Reads-1:0]    any_changed,
  input logic [5*Reads-1:0]     any_refusal
);

  // Cycles of the longest walk: after each read there may be an update.
  localparam int unsigned LongestWalk = 2 + 4 * (Svadu ? 2 * Reads : Reads);

  // What the walk is asked, and what it will find.
  mmu_pkg::walk_request_t request;
  logic [64*Reads-1:0] pte;
  logic [64*Reads-1:0] changed;  // what a lost update finds
  logic [Reads-1:0] pmp_denied, error, update_pmp_denied, update_error, update_lost;

  mmu_pkg::walk_response_t expected;
  logic finished;
  logic [56*Reads-1:0] addr;
  logic [Reads-1:0] read, update;
  logic [64*Reads-1:0] desired;

  walk_spec #(.Mode(Mode), .Svadu(Svadu), .Reads(Reads)) i_spec (
    .request_i(request),
    .pte_i(pte),
    .denied_i(pmp_denied | error),
    .update_denied_i(update_pmp_denied | update_error),
    .update_lost_i(update_lost),
    .response_o(expected),
    .finished_o(finished),
    .addr_o(addr),
    .read_o(read),
    .update_o(update),
    .desired_o(desired)
  );

  logic rst_n, asked_q, answered_q, mem_out_q, mem_update_q;
  logic [3:0] reads_q, updates_q, denials_q;  // made by this walk
  logic [6:0] cycles_q;                       // since the request was accepted
  initial rst_n = 1'b0;

  logic req_ready, rsp_valid, mem_valid, mem_update, pmp_valid, pmp_write, pmp_denied_now;
  mmu_pkg::walk_response_t rsp;
  logic [55:0] mem_addr, pmp_addr;
  logic [63:0] mem_expected, mem_desired, mem_data;
  logic mem_error;

  ptw #(.Mode(Mode), .Svadu(Svadu), .WalkCacheEntries(0)) i_ptw (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(!asked_q),
    .req_ready_o(req_ready),
    .req_i(request),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(1'b1),
    .rsp_o(rsp),
    .mem_valid_o(mem_valid),
    .mem_ready_i(1'b1),
    .mem_update_o(mem_update),
    .mem_addr_o(mem_addr),
    .mem_expected_o(mem_expected),
    .mem_desired_o(mem_desired),
    .mem_rsp_valid_i(mem_out_q),
    .mem_rsp_error_i(mem_error),
    .mem_rsp_data_i(mem_data),
    .pmp_valid_o(pmp_valid),
    .pmp_addr_o(pmp_addr),
    .pmp_write_o(pmp_write),
    .pmp_denied_i(pmp_denied_now),
    .fence_i(1'b0),
    .fence_info_i('0)
  );

  // What goes with the read that is next, and with the latest and its update.
  logic next_read, next_denied, last_update, last_update_denied;
  logic [55:0] next_addr, last_addr;
  logic [63:0] last_pte, last_desired;
  always_comb begin
    {next_read, next_denied, last_update, last_update_denied} = '0;
    {next_addr, last_addr, last_pte, last_desired} = '0;
    mem_error = 1'b0;
    mem_data = '0;
    for (int unsigned n = 0; n < Reads; n++) begin
      if (32'(reads_q) == n) begin
        next_read = read[n];
        next_denied = pmp_denied[n];
        next_addr = addr[56*n +: 56];
      end
      if (32'(reads_q) == n + 1) begin
        last_update = update[n];
        last_update_denied = update_pmp_denied[n];
        last_addr = addr[56*n +: 56];
        last_pte = pte[64*n +: 64];
        last_desired = desired[64*n +: 64];
        mem_error = mem_update_q ? update_error[n] : error[n];
        mem_data = (mem_update_q && update_lost[n]) ? changed[64*n +: 64] : pte[64*n +: 64];
      end
    end
  end
  assign pmp_denied_now = pmp_write ? last_update_denied : next_denied;

  always_ff @(posedge clk) begin
    rst_n <= 1'b1;
    mem_out_q <= mem_valid && rst_n;
    mem_update_q <= mem_update;
    if (!rst_n) begin
      request <= any_request;
      pte <= any_pte;
      changed <= any_changed;
      {pmp_denied, error, update_pmp_denied, update_error, update_lost} <= any_refusal;
      asked_q <= 1'b0;
      answered_q <= 1'b0;
      reads_q <= '0;
      updates_q <= '0;
      denials_q <= '0;
      cycles_q <= '0;
      mem_out_q <= 1'b0;
    end else begin
      asked_q <= asked_q || req_ready;
      answered_q <= answered_q || rsp_valid;
      if (asked_q) cycles_q <= cycles_q + 1'b1;
      if (mem_valid && !mem_update) reads_q <= reads_q + 1'b1;
      if (mem_valid && mem_update) updates_q <= updates_q + 1'b1;
      if (pmp_valid && pmp_denied_now) denials_q <= denials_q + 1'b1;
    end
  end

  // Sv32's entries are of four bytes. A lost update has found something else.
  always_comb begin
    assume (!rst_n || finished);
    assume (request.access != 2'd3 && !request.privilege[1]);
    for (int unsigned n = 0; n < Reads; n++) begin
      if (Mode == 1) assume (pte[64*n + 32 +: 32] == 0 && changed[64*n + 32 +: 32] == 0);
      assume (pte[64*n +: 64] != changed[64*n +: 64]);
    end
  end

  always_ff @(posedge clk) begin
    if (rst_n) begin
      if (pmp_valid && !pmp_write) assert (next_read && pmp_addr == next_addr);
      if (pmp_valid && pmp_write) assert (last_update && pmp_addr == last_addr);
      if (mem_valid && !mem_update) begin
        assert (next_read && !next_denied && mem_addr == next_addr);
      end
      if (mem_valid && mem_update) begin
        assert (last_update && !last_update_denied && mem_addr == last_addr);
        assert (mem_expected == last_pte && mem_desired == last_desired);
      end
      if (rsp_valid && !answered_q) begin
        assert (rsp == expected);
        assert (32'(reads_q) <= Reads && updates_q <= reads_q);
        // The contract of docs/rtl.md.
        assert (32'(cycles_q) + 1 == 2 + 4 * (32'(reads_q) + 32'(updates_q)) + 32'(denials_q));
      end
      // Every walk ends, and is answered once.
      assert (answered_q || 32'(cycles_q) < LongestWalk);
      assert (!(rsp_valid && answered_q));
    end
  end

endmodule
