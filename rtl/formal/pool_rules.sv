// SPDX-License-Identifier: Apache-2.0

/// What a pool of walkers promises on its ports, as assertions, which `pool_proof` proves of
/// `ptw_pool`. It follows which request is of which walk: a walk gets the lowest number that none
/// has, and those that join it have its number.
module pool_rules #(
  parameter int unsigned Walkers = 2,
  parameter int unsigned Requesters = 2,
  localparam int unsigned IdBits = (Walkers > 1) ? $clog2(Walkers) : 1
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,  ///< synchronous
  input  logic [Requesters-1:0] req_valid_i,
  input  logic [Requesters-1:0] req_ready_i,
  input  logic [Requesters-1:0] req_joins_i,
  input  logic [Requesters*mmu_pkg::WalkRequestBits-1:0] req_i,
  input  logic [Requesters-1:0] rsp_valid_i,
  input  logic [Requesters-1:0] rsp_ready_i,
  input  logic [Requesters*mmu_pkg::WalkResponseBits-1:0] rsp_i,  ///< as ptw_contract's
  input  logic                  mem_valid_i,
  input  logic                  mem_ready_i,
  input  logic [IdBits-1:0]     mem_id_i,
  input  logic                  mem_rsp_valid_i,
  input  logic [IdBits-1:0]     mem_rsp_id_i,
  input  logic [Walkers-1:0]    pmp_valid_i,
  input  logic                  fence_i,
  output logic [Walkers-1:0]    mem_out_o  ///< memory owes the walker an answer
);

  localparam int unsigned RequestBits = mmu_pkg::WalkRequestBits;
  localparam int unsigned ResponseBits = mmu_pkg::WalkResponseBits;
  localparam int unsigned KeyBits = RequestBits - mmu_pkg::PageShift;
  localparam int unsigned LowBits = RequestBits - 64;  // below the address
  localparam int unsigned HalfBits = KeyBits / 2;

  // What the ports have shown so far, by requester.
  logic [Requesters-1:0] busy_q;          // a request was accepted, and not answered yet
  logic [Requesters-1:0] fenced_q;        // and a fence executed since
  logic [Requesters*Walkers-1:0] walk_q;  // the walk it is of, one-hot
  logic [Requesters*KeyBits-1:0] key_q;   // what was asked for: all but the offset in the page
  logic [Requesters*4-1:0] waited_q;      // walks of others that began while its request stands
  logic [Walkers-1:0] out_q;              // by walk: memory owes an answer
  assign mem_out_o = out_q;

  // Of the walks: which is under way, which can be joined, which has its answer.
  logic [Walkers-1:0] taken, open, overtaken, answered, next;
  logic [Requesters-1:0] start;
  logic [Requesters*Walkers-1:0] equal;     // the walk is of what the requester asks for
  logic [Requesters*KeyBits-1:0] key;
  always_comb begin
    taken = '0;
    overtaken = '0;
    answered = '0;
    equal = '0;
    for (int unsigned j = 0; j < Requesters; j++) begin
      key[j*KeyBits +: KeyBits] = {
          req_i[j*RequestBits + LowBits + mmu_pkg::PageShift +: 64 - mmu_pkg::PageShift],
          req_i[j*RequestBits +: LowBits]};
      if (busy_q[j]) begin
        taken = taken | walk_q[j*Walkers +: Walkers];
        if (fenced_q[j]) overtaken = overtaken | walk_q[j*Walkers +: Walkers];
        if (rsp_valid_i[j]) answered = answered | walk_q[j*Walkers +: Walkers];
      end
    end
    open = fence_i ? '0 : taken & ~overtaken & ~answered;
    for (int unsigned j = 0; j < Requesters; j++) begin
      for (int unsigned k = 0; k < Requesters; k++) begin
        if (busy_q[k] && key[j*KeyBits +: KeyBits] == key_q[k*KeyBits +: KeyBits]) begin
          equal[j*Walkers +: Walkers] =
              equal[j*Walkers +: Walkers] | (walk_q[k*Walkers +: Walkers] & open);
        end
      end
    end
    next = ~taken & (taken + 1'b1);
    start = req_valid_i & req_ready_i & ~req_joins_i;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {busy_q, fenced_q, walk_q, key_q, waited_q, out_q} <= '0;
    end else begin
      busy_q <= (busy_q & ~(rsp_valid_i & rsp_ready_i)) | (req_valid_i & req_ready_i);
      for (int unsigned j = 0; j < Requesters; j++) begin
        if (req_valid_i[j] && req_ready_i[j]) begin
          fenced_q[j] <= 1'b0;
          key_q[j*KeyBits +: KeyBits] <= key[j*KeyBits +: KeyBits];
          walk_q[j*Walkers +: Walkers] <= req_joins_i[j] ? equal[j*Walkers +: Walkers] : next;
        end else if (fence_i) begin
          fenced_q[j] <= 1'b1;
        end
      end
      for (int unsigned j = 0; j < Requesters; j++) begin
        if (!req_valid_i[j] || req_ready_i[j] || busy_q[j]) waited_q[j*4 +: 4] <= '0;
        else if (start != '0) waited_q[j*4 +: 4] <= waited_q[j*4 +: 4] + 1'b1;
      end
      for (int unsigned i = 0; i < Walkers; i++) begin
        if (mem_valid_i && mem_ready_i && mem_id_i == IdBits'(i)) out_q[i] <= 1'b1;
        if (mem_rsp_valid_i && mem_rsp_id_i == IdBits'(i)) out_q[i] <= 1'b0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // One request of each at a time; none with a fence.
      assert ((req_ready_i & busy_q) == '0);
      assert (!fence_i || req_ready_i == '0);
      // A request joins the walk of what it asks for, if there is one, at once. Of the others one
      // begins a walk if a walker is free.
      assert ((start & (start - 1'b1)) == '0);
      assert (start == '0 || taken != '1);
      for (int unsigned j = 0; j < Requesters; j++) begin
        assert (!req_joins_i[j] || req_ready_i[j]);
        // Nobody starves: each other begins one walk at most before.
        assert (32'(waited_q[j*4 +: 4]) < Requesters);
        if (req_valid_i[j] && !busy_q[j]) begin
          assert (req_joins_i[j] == (equal[j*Walkers +: Walkers] != '0));
          assert (req_joins_i[j] || start != '0 || taken == '1 || fence_i);
        end
        if (equal[j*Walkers +: Walkers] != '0) begin
          assert ((equal[j*Walkers +: Walkers] & (equal[j*Walkers +: Walkers] - 1'b1)) == '0);
        end
      end
      // An answer goes to everybody who waits for the walk, and to nobody else: it is of what each
      // asked for, or Aborted, which it is exactly if a fence executed since.
      assert ((rsp_valid_i & ~busy_q) == '0);
      for (int unsigned j = 0; j < Requesters; j++) begin
        if (busy_q[j]) begin
          assert (rsp_valid_i[j] == ((answered & walk_q[j*Walkers +: Walkers]) != '0));
        end
        if (rsp_valid_i[j]) begin
          assert ((rsp_i[j*ResponseBits + ResponseBits - 2 +: 2] == mmu_pkg::Aborted)
                  == (fence_i || fenced_q[j]));
          if (rsp_i[j*ResponseBits + ResponseBits - 3]) begin
            assert (rsp_i[j*ResponseBits +: HalfBits] == key_q[j*KeyBits + HalfBits +: HalfBits]);
          end else begin
            assert (rsp_i[j*ResponseBits +: HalfBits] == key_q[j*KeyBits +: HalfBits]);
          end
        end
      end
      // Memory is asked for a walk that somebody waits for, with its number, once at a time.
      for (int unsigned i = 0; i < Walkers; i++) begin
        if (mem_valid_i && mem_id_i == IdBits'(i)) assert (taken[i] && !out_q[i]);
        // After a fence there is no new access.
        assert (!pmp_valid_i[i] || (taken[i] && !overtaken[i] && !fence_i));
      end
      assert (!mem_valid_i || 32'(mem_id_i) < Walkers);
    end
    if (rst_ni && $past(rst_ni)) begin
      // What stands at a port stays until it is taken.
      if ($past(mem_valid_i && !mem_ready_i)) begin
        assert (mem_valid_i && $stable(mem_id_i));
      end
      for (int unsigned j = 0; j < Requesters; j++) begin
        if ($past(rsp_valid_i[j] && !rsp_ready_i[j])) assert (rsp_valid_i[j]);
      end
    end
  end

  // The ways there: an answer for two, an aborted one for two, walks side by side, a full pool.
  logic [Requesters-1:0] aborted;
  always_comb begin
    for (int unsigned j = 0; j < Requesters; j++) begin
      aborted[j] = rsp_i[j*ResponseBits + ResponseBits - 2 +: 2] == mmu_pkg::Aborted;
    end
  end
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      cover (&rsp_valid_i && !aborted[0] && taken == 1);
      cover (&rsp_valid_i && &aborted && taken == 1);
      cover (&out_q);
      cover (&rsp_valid_i && &taken);
      cover (taken == '1 && mem_valid_i && !mem_ready_i);
      cover ($past(fence_i) && req_valid_i[0] && req_ready_i[0] && busy_q != '0);
    end
  end

endmodule
