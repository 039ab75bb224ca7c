// SPDX-License-Identifier: Apache-2.0

/// VATP.9: the words of the update that sets A, and for a store D, of a leaf. The update is a
/// compare-and-swap with the leaf as it was checked.
module ptw_update (
  input  logic          clk_i,    ///< rising edge
  input  logic          rst_ni,   ///< synchronous
  input  logic          renew_i,  ///< the next access updates the leaf of data_i
  input  logic          read_i,   ///< the next access is a read
  input  mmu_pkg::pte_t data_i,   ///< memory's latest answer
  input  logic          store_i,  ///< the walk is a store's

  output logic          update_o,    ///< the access is an update
  output mmu_pkg::pte_t expected_o,  ///< the leaf as it was checked
  output mmu_pkg::pte_t desired_o,   ///< the leaf as it has to be
  output logic          lost_o       ///< the update has found another entry than the expected one
);

  logic update_d, update_q;
  mmu_pkg::pte_t leaf_d, leaf_q;

  assign update_o = update_q;
  assign expected_o = leaf_q;
  assign lost_o = data_i != leaf_q;

  always_comb begin
    desired_o = leaf_q;
    desired_o.flags.a = 1'b1;
    desired_o.flags.d = leaf_q.flags.d || store_i;
  end

  always_comb begin
    update_d = update_q;
    leaf_d = leaf_q;
    if (read_i) update_d = 1'b0;
    if (renew_i) begin
      update_d = 1'b1;
      leaf_d = data_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      update_q <= 1'b0;
      leaf_q <= '0;
    end else begin
      update_q <= update_d;
      leaf_q <= leaf_d;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!(renew_i && read_i));
      // Only a leaf that is not as it has to be is updated.
      assert (!update_q || (leaf_q.flags.v && desired_o != leaf_q));
    end
  end
`endif

endmodule
