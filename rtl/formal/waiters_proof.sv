// SPDX-License-Identifier: Apache-2.0

/// Proves of `ptw_waiters`, for ever: a request can join exactly the open walk of its own key, and
/// whoever waits for a walk gets its answer, once. All that is asked for is free.
module waiters_proof #(
  parameter int unsigned Requesters = 2
) (
  input logic                  clk,
  input logic [Requesters*mmu_pkg::WalkRequestBits-1:0] req,
  input logic [Requesters-1:0] start,
  input logic [Requesters-1:0] joins,
  input logic                  walk_rsp_valid,
  input logic [Requesters-1:0] rsp_ready,
  input logic                  fence
);

  localparam int unsigned RequestBits = mmu_pkg::WalkRequestBits;
  localparam int unsigned KeyBits = RequestBits - mmu_pkg::PageShift;
  localparam int unsigned LowBits = RequestBits - 64;  // below the address

  logic [Requesters-1:0] same, rsp_valid, waits;
  logic walk_rsp_ready;
  mmu_pkg::walk_request_t walk;
  logic rst_n;
  initial rst_n = 1'b0;

  ptw_waiters #(.Requesters(Requesters)) i_waiters (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_i(req),
    .same_o(same),
    .start_i(start),
    .walk_i(walk),
    .join_i(joins),
    .walk_rsp_valid_i(walk_rsp_valid),
    .walk_rsp_ready_o(walk_rsp_ready),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .wait_o(waits),
    .fence_i(fence)
  );

  logic walking_q;               // the walker has a walk
  logic fenced_q;                // and a fence executed since
  logic answered_q;              // and its answer, which somebody has not taken
  logic [Requesters-1:0] busy_q;         // whose request was accepted, and not answered yet
  logic [Requesters*KeyBits-1:0] key_q;  // and what it was for: all but the offset in the page
  logic [Requesters*KeyBits-1:0] key;
  always_comb begin
    walk = '0;
    for (int unsigned j = 0; j < Requesters; j++) begin
      if (start[j]) walk = walk | req[j*RequestBits +: RequestBits];
      key[j*KeyBits +: KeyBits] = {
          req[j*RequestBits + LowBits + mmu_pkg::PageShift +: 64 - mmu_pkg::PageShift],
          req[j*RequestBits +: LowBits]};
    end
  end

  always_ff @(posedge clk) begin
    rst_n <= 1'b1;
    if (!rst_n) begin
      {walking_q, fenced_q, answered_q, busy_q, key_q} <= '0;
    end else begin
      walking_q <= start != '0 || (walking_q && !(walk_rsp_valid && walk_rsp_ready));
      fenced_q <= walking_q && (fenced_q || fence);
      answered_q <= walk_rsp_valid && !walk_rsp_ready;
      busy_q <= (busy_q & ~(rsp_valid & rsp_ready)) | start | joins;
      for (int unsigned j = 0; j < Requesters; j++) begin
        if (start[j] || joins[j]) key_q[j*KeyBits +: KeyBits] <= key[j*KeyBits +: KeyBits];
      end
    end
  end

  // What the dispatch and the walker keep to: one begins, if the walker is free; others join where
  // they can; an answer stands until it is taken.
  always_comb begin
    assume ((start & (start - 1'b1)) == '0);
    assume (start == '0 || (!walking_q && !fence));
    assume ((joins & ~same) == '0 && (joins & busy_q) == '0);
    assume (!walk_rsp_valid || walking_q);
    assume (!answered_q || walk_rsp_valid);
  end

  always_ff @(posedge clk) begin
    if (rst_n) begin
      assert (waits == busy_q);
      assert (walking_q == (busy_q != '0));
      assert (rsp_valid == (walk_rsp_valid ? busy_q : '0));
      for (int unsigned j = 0; j < Requesters; j++) begin
        assert (!same[j] || (walking_q && !walk_rsp_valid && !fence && !fenced_q));
        for (int unsigned k = 0; k < Requesters; k++) begin
          if (busy_q[k] && !walk_rsp_valid && !fence && !fenced_q) begin
            assert (same[j] == (key[j*KeyBits +: KeyBits] == key_q[k*KeyBits +: KeyBits]));
          end
        end
      end
    end
  end

endmodule
