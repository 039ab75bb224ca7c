// SPDX-License-Identifier: Apache-2.0

/// Pointers to page tables, all read at one level of the page table: fully associative, tree-PLRU.
/// Entries of every address space live together; one below a pointer with G serves all of them.
module walk_cache_level #(
  /// Pointers held: a power of two, at least 2.
  parameter int unsigned Entries = 4,
  /// Bits of the virtual address that are above what a pointer reaches.
  parameter int unsigned PrefixBits = 18
) (
  input  logic                  clk_i,     ///< rising edge
  input  logic                  rst_ni,    ///< synchronous
  input  logic [PrefixBits-1:0] prefix_i,  ///< of the walk under way
  input  mmu_pkg::asid_t        asid_i,    ///< of the walk under way

  output logic          hit_o,     ///< a pointer for prefix_i and asid_i is known
  output mmu_pkg::ppn_t table_o,   ///< where it leads
  output logic          global_o,  ///< whether it serves every address space
  input  logic          use_i,     ///< the hit is used: it becomes the most recent

  input  logic          fill_i,    ///< takes in a pointer for prefix_i and asid_i
  input  mmu_pkg::ppn_t table_i,   ///< where it leads
  input  logic          global_i,  ///< it serves every address space

  input  logic          fence_i,          ///< removes pointers, and takes none in
  input  logic          fence_by_asid_i,  ///< only those of fence_asid_i that are not global
  input  mmu_pkg::asid_t fence_asid_i     ///< its ASID
);

  localparam int unsigned WayBits = $clog2(Entries);
  typedef logic [PrefixBits-1:0] prefix_t;

  logic [Entries-1:0] valid_d, valid_q, global_q, match;
  prefix_t prefix_q [Entries];
  mmu_pkg::asid_t asid_q [Entries];
  mmu_pkg::ppn_t table_q [Entries];
  logic [WayBits-1:0] hit_way, victim, fill_way;
  logic fill;

  assign fill = fill_i && !fence_i;

  always_comb begin
    hit_o = 1'b0;
    hit_way = '0;
    fill_way = victim;
    for (int unsigned i = Entries; i > 0; i--) begin
      match[i-1] = valid_q[i-1] && prefix_q[i-1] == prefix_i
                 && (global_q[i-1] || asid_q[i-1] == asid_i);
      if (match[i-1]) begin
        hit_o = 1'b1;
        hit_way = WayBits'(i - 1);
      end
      // The lowest unused place comes before the victim.
      if (!valid_q[i-1]) fill_way = WayBits'(i - 1);
    end
    table_o = table_q[hit_way];
    global_o = global_q[hit_way];
  end

  always_comb begin
    valid_d = valid_q;
    if (fill) valid_d[fill_way] = 1'b1;
    for (int unsigned i = 0; i < Entries; i++) begin
      if (fence_i && !(fence_by_asid_i && (global_q[i] || asid_q[i] != fence_asid_i))) begin
        valid_d[i] = 1'b0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? valid_d : '0;
    for (int unsigned i = 0; i < Entries; i++) begin
      if (!rst_ni) begin
        global_q[i] <= 1'b0;
        prefix_q[i] <= '0;
        asid_q[i] <= '0;
        table_q[i] <= '0;
      end else if (fill && fill_way == WayBits'(i)) begin
        global_q[i] <= global_i;
        prefix_q[i] <= prefix_i;
        asid_q[i] <= asid_i;
        table_q[i] <= table_i;
      end
    end
  end

  tree_plru #(.Ways(Entries)) i_plru (
    .clk_i,
    .rst_ni,
    .touch_i(fill || (use_i && hit_o)),
    .way_i(fill ? fill_way : hit_way),
    .victim_o(victim)
  );

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // Two pointers answer one walk only if one address space marks as global what its own does
      // not; the architecture lets either be used. What is known is not filled again.
      assert (((match & global_q) & ((match & global_q) - 1'b1)) == '0);
      assert (((match & ~global_q) & ((match & ~global_q) - 1'b1)) == '0);
      assert (!(fill && hit_o));
      assert (!(fill_i && use_i));
    end
  end
`endif

endmodule
