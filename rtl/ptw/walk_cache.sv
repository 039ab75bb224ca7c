// SPDX-License-Identifier: Apache-2.0

/// The pointers that a walker remembers, so that a walk may begin below the root: a store for each
/// level of the page table but the last. The deepest level that knows the way answers. Answers are
/// combinational.
module walk_cache #(
  /// Paging mode of the tables, as satp.MODE names it.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// Pointers held of each level: 0, which leaves all of them out, or a power of two, at least 2.
  parameter int unsigned Entries = 4
) (
  input  logic            clk_i,    ///< rising edge
  input  logic            rst_ni,   ///< synchronous
  input  mmu_pkg::vaddr_t vaddr_i,  ///< of the walk under way
  input  mmu_pkg::asid_t  asid_i,   ///< of the walk under way

  output logic            hit_o,     ///< the walk may begin at table_o
  output mmu_pkg::level_t level_o,   ///< the level of that table; without a hit the root's
  output mmu_pkg::ppn_t   table_o,   ///< its page
  output logic            global_o,  ///< a pointer on the way to it had G
  input  logic            use_i,     ///< the walk does begin there

  input  logic            fill_i,    ///< the walk has read a pointer
  input  mmu_pkg::level_t level_i,   ///< where
  input  mmu_pkg::ppn_t   table_i,   ///< where it leads
  input  logic            global_i,  ///< it, or one above it, has G

  input  logic            fence_i,      ///< a fence is executed
  input  mmu_pkg::fence_t fence_info_i  ///< what it names
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned IndexBits = mmu_pkg::index_bits(Mode);
  localparam int unsigned VirtualBits = mmu_pkg::virtual_bits(Mode);

  mmu_pkg::ppn_t found [Levels];
  logic [Levels-1:0] hit, global_found, chosen;

  // Level 0 holds leaves, which belong to the TLBs.
  assign hit[0] = 1'b0;
  assign found[0] = '0;
  assign global_found[0] = 1'b0;

  // The lowest level that hits.
  assign chosen = hit & (~hit + 1'b1);
  assign hit_o = |hit;

  always_comb begin
    level_o = 3'(Levels - 1);
    table_o = '0;
    for (int unsigned i = 0; i < Levels; i++) begin
      // A pointer of level i leads to a table of the level below.
      if (chosen[i]) level_o = 3'(i - 1);
      if (chosen[i]) table_o = found[i];
    end
    global_o = |(chosen & global_found);
  end

  for (genvar i = 1; i < Levels; i++) begin : gen_level
    if (Entries != 0) begin : gen_store
      localparam int unsigned Low = mmu_pkg::PageShift + i * IndexBits;
      walk_cache_level #(.Entries(Entries), .PrefixBits(VirtualBits - Low)) i_store (
        .clk_i,
        .rst_ni,
        .prefix_i(vaddr_i[VirtualBits-1:Low]),
        .asid_i,
        .hit_o(hit[i]),
        .table_o(found[i]),
        .global_o(global_found[i]),
        .use_i(use_i && chosen[i]),
        .fill_i(fill_i && level_i == 3'(i)),
        .table_i,
        .global_i,
        // A fence that names an address orders leaf entries only.
        .fence_i(fence_i && !fence_info_i.by_address),
        .fence_by_asid_i(fence_info_i.by_asid),
        .fence_asid_i(fence_info_i.asid)
      );
    end else begin : gen_none
      assign hit[i] = 1'b0;
      assign found[i] = '0;
      assign global_found[i] = 1'b0;
    end
  end

  logic unused;
  assign unused = ^{clk_i, rst_ni, vaddr_i, asid_i, use_i, fill_i, level_i, table_i, global_i,
                    fence_i, fence_info_i};

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (32'(level_o) < Levels);
      assert (!fill_i || (level_i != '0 && 32'(level_i) < Levels));
    end
  end
`endif

endmodule
