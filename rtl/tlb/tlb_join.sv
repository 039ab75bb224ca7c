// SPDX-License-Identifier: Apache-2.0

/// VATP.10: the physical address of a virtual one: the leaf's PPN, with the VPN fields below its
/// level and the offset passed through. Combinational.
module tlb_join #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39
) (
  input  mmu_pkg::vaddr_t vaddr_i,  ///< the virtual address
  input  mmu_pkg::ppn_t   ppn_i,    ///< the leaf's
  input  mmu_pkg::level_t level_i,  ///< the leaf's
  output mmu_pkg::paddr_t paddr_o   ///< the physical one
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned IndexBits = mmu_pkg::index_bits(Mode);

  always_comb begin
    paddr_o = {ppn_i, vaddr_i[mmu_pkg::PageShift-1:0]};
    for (int unsigned i = 1; i < Levels; i++) begin
      if (32'(level_i) >= i) begin
        paddr_o[mmu_pkg::PageShift + (i-1)*IndexBits +: IndexBits] =
            vaddr_i[mmu_pkg::PageShift + (i-1)*IndexBits +: IndexBits];
      end
    end
  end

  logic unused;
  assign unused = ^vaddr_i;

`ifndef SYNTHESIS
  always_comb assert (paddr_o[mmu_pkg::PageShift-1:0] == vaddr_i[mmu_pkg::PageShift-1:0]);
`endif

endmodule
