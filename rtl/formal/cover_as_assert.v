// SPDX-License-Identifier: Apache-2.0

// For Yosys's techmap: what has to be reached becomes what must not be, so that a solver which
// only refutes finds the way there.
(* techmap_celltype = "$cover" *)
module cover_as_assert (input A, input EN);
  \$assert _TECHMAP_REPLACE_ (.A(!A), .EN(EN));
endmodule
