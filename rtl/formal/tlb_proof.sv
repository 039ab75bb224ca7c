// SPDX-License-Identifier: Apache-2.0

/// Proves that the entries of a TLB answer only what the latest fill said that covers the page, and
/// nothing after a fence that names it. The page and the address space are free but fixed: what
/// holds for them holds for all. Every second cycle only looks them up, which changes nothing, so
/// that the proof by induction sees the entries as they are.
module tlb_proof #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = 4'd8,
  /// Translations held: a power of two, at least 2.
  parameter int unsigned Entries = 4,
  localparam int unsigned VaBits = mmu_pkg::virtual_bits(Mode)
) (
  input logic            clk,
  input mmu_pkg::vaddr_t vaddr,
  input mmu_pkg::asid_t  asid,
  input logic            use_hit,
  input logic            fill,
  input mmu_pkg::level_t level,
  input mmu_pkg::ppn_t   ppn,
  input mmu_pkg::flags_t flags,
  input logic            fence,
  input mmu_pkg::fence_t fence_info,
  input logic [VaBits-1:12] any_page,
  input mmu_pkg::asid_t  any_space
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned VpnBits = mmu_pkg::index_bits(Mode);

  // Fixed in the cycle of reset.
  logic [VaBits-1:12] page;
  logic [15:0] space;

  logic rst_n, look_q, hit;
  mmu_pkg::level_t hit_level;
  mmu_pkg::ppn_t hit_ppn;
  mmu_pkg::flags_t hit_flags;
  initial rst_n = 1'b0;

  tlb_entries #(.Mode(Mode), .Entries(Entries)) i_entries (
    .clk_i(clk),
    .rst_ni(rst_n),
    .vaddr_i(vaddr),
    .asid_i(asid),
    .hit_o(hit),
    .level_o(hit_level),
    .ppn_o(hit_ppn),
    .flags_o(hit_flags),
    .use_i(use_hit),
    .fill_i(fill),
    .level_i(level),
    .ppn_i(ppn),
    .flags_i(flags),
    .fence_i(fence),
    .fence_info_i(fence_info)
  );

`ifdef YOSYS
  // When it flattens Yosys makes this the signal of that name.
  (* hierconn *) logic [Entries-1:0] \i_entries.match ;
`endif

  // What the latest fill that covers the page said.
  logic known_q;
  mmu_pkg::level_t level_q;
  mmu_pkg::ppn_t ppn_q;
  mmu_pkg::flags_t flags_q;

  // Whether an address lies in the page of `page` whose leaf is of level `at`.
  logic [VaBits-1:12] fill_differs, fence_differs;
  logic fill_covers, fence_covers, fenced;
  always_comb begin
    fill_differs = vaddr[VaBits-1:12] ^ page;
    fence_differs = fence_info.vaddr[VaBits-1:12] ^ page;
    fill_covers = flags.g || asid == space;
    fence_covers = 1'b1;
    for (int unsigned n = 0; n < Levels; n++) begin
      if (32'(level) <= n && fill_differs[12 + n*VpnBits +: VpnBits] != 0) fill_covers = 1'b0;
      if (32'(level_q) <= n && fence_differs[12 + n*VpnBits +: VpnBits] != 0) fence_covers = 1'b0;
    end
    fenced = fence && (!fence_info.by_address || fence_covers)
                   && (!fence_info.by_asid || (!flags_q.g && fence_info.asid == space));
  end

  always_ff @(posedge clk) begin
    rst_n <= 1'b1;
    look_q <= rst_n && !look_q;
    if (!rst_n) begin
      page <= any_page;
      space <= any_space;
      known_q <= 1'b0;
      {level_q, ppn_q, flags_q} <= '0;
    end else if (fill && fill_covers) begin
      known_q <= 1'b1;
      {level_q, ppn_q, flags_q} <= {level, ppn, flags};
    end else if (fenced) begin
      known_q <= 1'b0;
    end
  end

  // What tlb.sv keeps to.
  always_comb begin
    assume (!use_hit || hit);
    assume (!(fill && (fence || use_hit)));
    assume (32'(level) < Levels);
    if (look_q) begin
      assume (!fill && !fence && !use_hit && asid == space);
      assume (vaddr[VaBits-1:12] == page && vaddr[63:VaBits] == {(64-VaBits){page[VaBits-1]}});
    end
  end

  always_ff @(posedge clk) begin
    if (rst_n && hit && asid == space && vaddr[VaBits-1:12] == page) begin
      assert (known_q);
      assert ((i_entries.match & (i_entries.match - 1'b1)) == 0);
      assert (hit_level == level_q && hit_ppn == ppn_q && hit_flags == flags_q);
    end
    // The bits that are not translated repeat the highest that is.
    if (rst_n && hit && Mode != 4'd1) assert (&vaddr[63:VaBits-1] || !(|vaddr[63:VaBits-1]));
  end

endmodule
