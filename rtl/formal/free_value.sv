// SPDX-License-Identifier: Apache-2.0

/// A value that is free in each cycle: a solver chooses it.
module free_value #(
  parameter int unsigned Width = 1
) (
  input  logic             clk_i,
  output logic [Width-1:0] value_o
);

`ifdef YOSYS
  (* anyseq *) logic [Width-1:0] value;
  assign value_o = value;

  logic unused;
  assign unused = clk_i;
`else
  // Where there is no solver: at random.
  for (genvar i = 0; i < Width; i++) begin : gen_bit
    always_ff @(posedge clk_i) value_o[i] <= 1'($urandom);
  end
`endif

endmodule
