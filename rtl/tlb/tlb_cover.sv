// SPDX-License-Identifier: Apache-2.0

/// Whether two addresses lie in one page of a given size. Combinational.
module tlb_cover #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39
) (
  input  mmu_pkg::vaddr_t a_i,      ///< an address
  input  mmu_pkg::vaddr_t b_i,      ///< another
  input  mmu_pkg::level_t level_i,  ///< the level of the page's leaf
  output logic            same_o    ///< the page has both
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned IndexBits = mmu_pkg::index_bits(Mode);

  always_comb begin
    same_o = 1'b1;
    for (int unsigned i = 0; i < Levels; i++) begin
      if (32'(level_i) <= i && a_i[mmu_pkg::PageShift + i*IndexBits +: IndexBits]
                            != b_i[mmu_pkg::PageShift + i*IndexBits +: IndexBits]) same_o = 1'b0;
    end
  end

  logic unused;
  assign unused = ^{a_i, b_i};

`ifndef SYNTHESIS
  always_comb assert (same_o || a_i != b_i);
`endif

endmodule
