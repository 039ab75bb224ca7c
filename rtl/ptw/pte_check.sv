// SPDX-License-Identifier: Apache-2.0

/// What a walk does with the page-table entry that it has read: steps 3 to 9 of the architecture's
/// translation process, in their order. Combinational.
module pte_check #(
  /// Paging mode of the table, as satp.MODE names it.
  parameter logic [3:0] Mode = mmu_pkg::Sv39
) (
  input  mmu_pkg::pte_t          pte_i,      ///< the entry
  input  mmu_pkg::level_t        level_i,    ///< the level that it was read at
  input  mmu_pkg::walk_request_t request_i,  ///< on whose behalf

  output logic           pointer_o,  ///< leads to the next table
  output logic           leaf_o,     ///< translates the request
  output logic           stale_o,    ///< of a leaf: A, or D for a store, has to be set first
  output logic           fault_o,    ///< neither pointer nor leaf: a page fault
  output mmu_pkg::vatp_e step_o      ///< the step that decided
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned IndexBits = mmu_pkg::index_bits(Mode);

  mmu_pkg::flags_t flags;
  logic is_leaf, reserved, misaligned, user_denied, denied;

  assign flags = pte_i.flags;
  assign is_leaf = flags.r || flags.w || flags.x;

  // VATP.3: bits 63..54 are reserved without Svnapot and Svpbmt; in a pointer D, A and U are, too.
  assign reserved = |{pte_i.n, pte_i.pbmt, pte_i.reserved}
                 || (!is_leaf && (flags.d || flags.a || flags.u));

  // VATP.5: the low PPN fields of a superpage are 0.
  always_comb begin
    misaligned = 1'b0;
    for (int unsigned i = 1; i < Levels; i++) begin
      if (32'(level_i) >= i && |pte_i.ppn[(i-1)*IndexBits +: IndexBits]) misaligned = 1'b1;
    end
  end

  // VATP.6: user code needs U; supervisor code needs it clear, or SUM for a load or a store.
  assign user_denied = (request_i.privilege == mmu_pkg::User) ? !flags.u :
      flags.u && (request_i.access == mmu_pkg::Fetch || !request_i.sum);

  // VATP.8: R, W and X; MXR makes executable pages readable.
  always_comb begin
    unique case (request_i.access)
      mmu_pkg::Fetch: denied = !flags.x;
      mmu_pkg::Load:  denied = !(flags.r || (request_i.mxr && flags.x));
      default:        denied = !flags.w;
    endcase
  end

  // VATP.9: A, and for a store D, are set by somebody.
  assign stale_o = leaf_o && (!flags.a || (request_i.access == mmu_pkg::Store && !flags.d));

  always_comb begin
    pointer_o = 1'b0;
    leaf_o = 1'b0;
    fault_o = 1'b1;
    step_o = mmu_pkg::VatpPteFormat;
    if (!flags.v || (flags.w && !flags.r) || reserved) begin
      step_o = mmu_pkg::VatpPteFormat;
    end else if (!is_leaf) begin
      // VATP.4: the last level holds no pointers.
      step_o = mmu_pkg::VatpPointer;
      pointer_o = level_i != '0;
      fault_o = level_i == '0;
    end else if (misaligned) begin
      step_o = mmu_pkg::VatpAlignment;
    end else if (user_denied) begin
      step_o = mmu_pkg::VatpUserBit;
    end else if (denied) begin
      step_o = mmu_pkg::VatpPermission;
    end else begin
      step_o = mmu_pkg::VatpSuccess;
      leaf_o = 1'b1;
      fault_o = 1'b0;
    end
  end

  logic unused;
  assign unused = ^{pte_i.rsw, flags.g, request_i};

`ifndef SYNTHESIS
  always_comb begin
    assert (32'(pointer_o) + 32'(leaf_o) + 32'(fault_o) == 1);
    assert (!stale_o || leaf_o);
  end
`endif

endmodule
