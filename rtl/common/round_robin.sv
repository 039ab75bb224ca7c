// SPDX-License-Identifier: Apache-2.0

/// Grants one of several requests, each in its turn: none waits for more than one grant of each
/// other. A grant that is not taken stays.
module round_robin #(
  /// Who asks: at least 1.
  parameter int unsigned Requests = 4
) (
  input  logic                clk_i,   ///< rising edge
  input  logic                rst_ni,  ///< synchronous
  input  logic [Requests-1:0] req_i,   ///< each stays until its grant is taken
  input  logic                take_i,  ///< the grant is taken in this cycle
  output logic [Requests-1:0] grant_o  ///< one-hot; zero without a request
);

  logic [Requests-1:0] behind_d, behind_q;  // the requests behind the one that was taken last
  logic [Requests-1:0] held_q;              // a grant that was not taken
  logic [Requests-1:0] first;

  always_comb begin
    first = ((req_i & behind_q) != '0) ? req_i & behind_q : req_i;
    grant_o = (held_q != '0) ? held_q : first & (~first + 1'b1);
    behind_d = behind_q;
    if (take_i && grant_o != '0) behind_d = ~(grant_o | (grant_o - 1'b1));
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      behind_q <= '0;
      held_q <= '0;
    end else begin
      behind_q <= behind_d;
      held_q <= take_i ? '0 : grant_o;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert ((grant_o & (grant_o - 1'b1)) == '0);
      assert ((grant_o & ~req_i) == '0);
    end
  end
`endif

endmodule
