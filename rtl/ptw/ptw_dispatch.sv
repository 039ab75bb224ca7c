// SPDX-License-Identifier: Apache-2.0

/// Takes requests into a pool of walkers. A request for what is being walked joins that walk; of the
/// others one in each cycle gets a walker that is free, each requester in its turn.
module ptw_dispatch #(
  /// Walkers in the pool: at least 1.
  parameter int unsigned Walkers = 2,
  /// Who asks: at least 1, each with one request under way.
  parameter int unsigned Requesters = 4
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic [Requesters-1:0] req_valid_i,                     ///< whose request stands
  output logic [Requesters-1:0] req_ready_o,                     ///< depends on req_valid_i
  input  logic [Requesters*mmu_pkg::WalkRequestBits-1:0] req_i,  ///< of each: its request
  input  logic [Requesters-1:0] wait_i,                          ///< has a request under way

  input  logic [Walkers*Requesters-1:0] same_i,   ///< by walker: whose request can join its walk
  output logic [Walkers*Requesters-1:0] join_o,   ///< by walker: whose does
  input  logic [Walkers-1:0]            free_i,   ///< walkers that take a request
  output logic [Walkers*Requesters-1:0] start_o,  ///< by walker: whose walk begins
  output mmu_pkg::walk_request_t        walk_o,   ///< what that is
  output logic [Requesters-1:0]         joins_o   ///< who joins a walk
);

  localparam int unsigned Bits = mmu_pkg::WalkRequestBits;

  logic [Requesters-1:0] asks, begins, grant;
  logic [Walkers-1:0] chosen;

  assign asks = req_valid_i & ~wait_i;
  assign chosen = free_i & (~free_i + 1'b1);

  always_comb begin
    join_o = '0;
    start_o = '0;
    joins_o = '0;
    walk_o = '0;
    for (int unsigned i = 0; i < Walkers; i++) begin
      join_o[i*Requesters +: Requesters] = same_i[i*Requesters +: Requesters] & asks;
      joins_o = joins_o | join_o[i*Requesters +: Requesters];
      if (chosen[i]) start_o[i*Requesters +: Requesters] = grant;
    end
    for (int unsigned i = 0; i < Requesters; i++) begin
      if (grant[i]) walk_o = walk_o | req_i[i*Bits +: Bits];
    end
  end

  assign begins = (free_i != '0) ? asks & ~joins_o : '0;
  assign req_ready_o = joins_o | grant;

  round_robin #(.Requests(Requesters)) i_turn (
    .clk_i,
    .rst_ni,
    .req_i(begins),
    .take_i(1'b1),
    .grant_o(grant)
  );

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert ((grant & joins_o) == '0);
      // Of what is walked there is one walk.
      for (int unsigned i = 0; i < Walkers; i++) begin
        for (int unsigned j = 0; j < i; j++) begin
          assert ((same_i[i*Requesters +: Requesters] & same_i[j*Requesters +: Requesters]) == '0);
        end
      end
    end
  end
`endif

endmodule
