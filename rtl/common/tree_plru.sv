// SPDX-License-Identifier: Apache-2.0

/// Tree pseudo-LRU over a power of two of ways: a binary tree whose nodes point away from the half
/// that was used last.
module tree_plru #(
  /// Ways: a power of two, at least 2.
  parameter int unsigned Ways = 8,
  localparam int unsigned WayBits = $clog2(Ways)
) (
  input  logic               clk_i,    ///< rising edge
  input  logic               rst_ni,   ///< synchronous
  input  logic               touch_i,  ///< a way is used in this cycle
  input  logic [WayBits-1:0] way_i,    ///< which
  output logic [WayBits-1:0] victim_o  ///< where the nodes lead
);

  // Node n has the children 2n and 2n + 1; way w is the leaf Ways + w. Node 0 is unused.
  logic [Ways-1:0] right_d, right_q;

  always_comb begin
    right_d = right_q;
    if (touch_i) begin
      for (int unsigned i = 0; i < WayBits; i++) begin
        right_d[WayBits'((Ways + 32'(way_i)) >> (i + 1))] = ~way_i[i];
      end
    end
    right_d[0] = 1'b0;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) right_q <= '0;
    else right_q <= right_d;
  end

  always_comb begin
    victim_o = WayBits'(1);
    for (int unsigned i = 0; i < WayBits; i++) begin
      victim_o = WayBits'({victim_o, right_q[victim_o]});
    end
  end

`ifndef SYNTHESIS
  // A way that was just used is not the next to go.
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni) && $past(touch_i)) assert (victim_o != $past(way_i));
  end
  initial assert (Ways >= 2 && 2 ** WayBits == Ways);
`endif

endmodule
