// SPDX-License-Identifier: Apache-2.0

/// The translations of a TLB: fully associative over pages of every size, tree-PLRU. An entry
/// matches by page, at its size, and by ASID unless it is global. Answers are combinational.
module tlb_entries #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// Translations held: a power of two, at least 2.
  parameter int unsigned Entries = 16
) (
  input  logic            clk_i,    ///< rising edge
  input  logic            rst_ni,   ///< synchronous
  input  mmu_pkg::vaddr_t vaddr_i,  ///< of the request under way
  input  mmu_pkg::asid_t  asid_i,   ///< of the request under way

  output logic            hit_o,    ///< the page is known
  output mmu_pkg::level_t level_o,  ///< its leaf's
  output mmu_pkg::ppn_t   ppn_o,    ///< its leaf's
  output mmu_pkg::flags_t flags_o,  ///< its leaf's
  input  logic            use_i,    ///< the hit is used: it becomes the most recent

  input  logic            fill_i,   ///< takes in the leaf of the page
  input  mmu_pkg::level_t level_i,  ///< the leaf's level
  input  mmu_pkg::ppn_t   ppn_i,    ///< the leaf's PPN
  input  mmu_pkg::flags_t flags_i,  ///< the leaf's flags

  input  logic            fence_i,      ///< sfence.vma
  input  mmu_pkg::fence_t fence_info_i  ///< what it names
);

  localparam int unsigned WayBits = $clog2(Entries);

  logic [Entries-1:0] valid_d, valid_q, global_page, match, superseded, fenced;
  mmu_pkg::vaddr_t vaddr_q [Entries];
  mmu_pkg::asid_t asid_q [Entries];
  mmu_pkg::level_t level_q [Entries];
  mmu_pkg::ppn_t ppn_q [Entries];
  logic [7:0] flags_q [Entries];
  logic [WayBits-1:0] hit_way, victim, fill_way;

  mmu_pkg::flags_t entry_flags;
  always_comb begin
    for (int unsigned i = 0; i < Entries; i++) begin
      entry_flags = flags_q[i];
      global_page[i] = entry_flags.g;
    end
  end

  for (genvar i = 0; i < Entries; i++) begin : gen_entry
    logic covers, overlaps, fence_covers;
    tlb_cover #(.Mode(Mode)) i_lookup (
      .a_i(vaddr_q[i]), .b_i(vaddr_i), .level_i(level_q[i]), .same_o(covers)
    );
    // A fill takes the place of whatever shares an address with it.
    tlb_cover #(.Mode(Mode)) i_fill (
      .a_i(vaddr_q[i]), .b_i(vaddr_i), .same_o(overlaps),
      .level_i(level_q[i] > level_i ? level_q[i] : level_i)
    );
    tlb_cover #(.Mode(Mode)) i_fence (
      .a_i(vaddr_q[i]), .b_i(fence_info_i.vaddr), .level_i(level_q[i]), .same_o(fence_covers)
    );
    assign match[i] = valid_q[i] && covers && (global_page[i] || asid_q[i] == asid_i);
    assign superseded[i] = fill_i && overlaps
        && (global_page[i] || flags_i.g || asid_q[i] == asid_i);
    assign fenced[i] = fence_i && (fence_covers || !fence_info_i.by_address)
        && !(fence_info_i.by_asid && (global_page[i] || asid_q[i] != fence_info_i.asid));
  end

  always_comb begin
    hit_o = mmu_pkg::is_canonical(Mode, vaddr_i[63:38]) && |match;
    hit_way = '0;
    fill_way = victim;
    for (int unsigned i = Entries; i > 0; i--) begin
      if (match[i-1]) hit_way = WayBits'(i - 1);
      // The lowest unused place comes before the victim.
      if (!valid_q[i-1]) fill_way = WayBits'(i - 1);
    end
    level_o = level_q[hit_way];
    ppn_o = ppn_q[hit_way];
    flags_o = flags_q[hit_way];
  end

  always_comb begin
    valid_d = valid_q & ~superseded & ~fenced;
    if (fill_i) valid_d[fill_way] = 1'b1;
  end

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? valid_d : '0;
    for (int unsigned i = 0; i < Entries; i++) begin
      if (!rst_ni) begin
        vaddr_q[i] <= '0;
        asid_q[i] <= '0;
        level_q[i] <= '0;
        ppn_q[i] <= '0;
        flags_q[i] <= '0;
      end else if (fill_i && fill_way == WayBits'(i)) begin
        vaddr_q[i] <= vaddr_i;
        asid_q[i] <= asid_i;
        level_q[i] <= level_i;
        ppn_q[i] <= ppn_i;
        flags_q[i] <= flags_i;
      end
    end
  end

  tree_plru #(.Ways(Entries)) i_plru (
    .clk_i,
    .rst_ni,
    .touch_i(fill_i || use_i),
    .way_i(fill_i ? fill_way : hit_way),
    .victim_o(victim)
  );

  logic unused;
  assign unused = ^entry_flags;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // No two entries answer one request.
      assert ((match & (match - 1'b1)) == '0);
      assert (!(fill_i && (fence_i || use_i)));
      assert (!use_i || hit_o);
    end
  end
`endif

endmodule
