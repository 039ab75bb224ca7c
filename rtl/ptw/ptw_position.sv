// SPDX-License-Identifier: Apache-2.0

/// Where a walk is: its request, the table that is read, and the entry's address. It begins at the
/// root, or where the walk cache knows the way to, and follows pointers down.
module ptw_position #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// Pointers remembered of each upper level: 0, or a power of two, at least 2.
  parameter int unsigned WalkCacheEntries = 4
) (
  input  logic                   clk_i,         ///< rising edge
  input  logic                   rst_ni,        ///< synchronous
  input  logic                   accept_i,      ///< takes req_i in
  input  mmu_pkg::walk_request_t req_i,         ///< the request that is accepted
  input  logic                   enter_i,       ///< chooses the first table
  input  logic                   descend_i,     ///< follows pointer_i
  input  mmu_pkg::pte_t          pointer_i,     ///< the entry that was read
  input  logic                   abort_i,  ///< a fence overtook the walk: nothing is remembered
  input  logic                   fence_i,       ///< sfence.vma in this cycle
  input  mmu_pkg::fence_t        fence_info_i,  ///< what it names

  output mmu_pkg::walk_request_t req_o,        ///< the walk's
  output logic                   canonical_o,  ///< its address may be translated
  output mmu_pkg::level_t        level_o,      ///< of the table that is read
  output logic                   global_o,     ///< a pointer on the way to it had G
  output mmu_pkg::paddr_t        addr_o        ///< of the entry
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned IndexBits = mmu_pkg::index_bits(Mode);
  localparam int unsigned PteShift = mmu_pkg::pte_shift(Mode);

  mmu_pkg::walk_request_t req_d, req_q;
  mmu_pkg::ppn_t table_d, table_q;
  mmu_pkg::level_t level_d, level_q;
  logic global_d, global_q;

  logic wc_hit, wc_global;
  mmu_pkg::level_t wc_level;
  mmu_pkg::ppn_t wc_table;

  assign req_o = req_q;
  assign level_o = level_q;
  assign global_o = global_q;

  // VATP.0
  assign canonical_o = mmu_pkg::is_canonical(Mode, req_q.vaddr[63:38]);

  // VATP.2: the entry is at a + va.vpn[i] * PTESIZE.
  logic [IndexBits-1:0] index;
  assign index = req_q.vaddr[mmu_pkg::PageShift + 32'(level_q) * IndexBits +: IndexBits];
  assign addr_o = {table_q, index, PteShift'(0)};

  always_comb begin
    req_d = req_q;
    table_d = table_q;
    level_d = level_q;
    global_d = global_q;
    if (accept_i) req_d = req_i;
    if (enter_i) begin
      // VATP.1: the walk begins at the root, or where the walk cache knows the way to.
      table_d = wc_hit ? wc_table : req_q.root;
      level_d = wc_level;
      global_d = wc_hit && wc_global;
    end
    if (descend_i) begin
      // VATP.4: a pointer leads one level down.
      table_d = pointer_i.ppn;
      level_d = level_q - 1'b1;
      global_d = global_q || pointer_i.flags.g;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      req_q <= '0;
      table_q <= '0;
      level_q <= '0;
      global_q <= 1'b0;
    end else begin
      req_q <= req_d;
      table_q <= table_d;
      level_q <= level_d;
      global_q <= global_d;
    end
  end

  walk_cache #(.Mode(Mode), .Entries(WalkCacheEntries)) i_walk_cache (
    .clk_i,
    .rst_ni,
    .vaddr_i(req_q.vaddr),
    .asid_i(req_q.asid),
    .hit_o(wc_hit),
    .level_o(wc_level),
    .table_o(wc_table),
    .global_o(wc_global),
    .use_i(enter_i && canonical_o),
    .fill_i(descend_i && !abort_i),
    .level_i(level_q),
    .table_i(pointer_i.ppn),
    .global_i(global_d),
    .fence_i,
    .fence_info_i
  );

  logic unused;
  assign unused = ^pointer_i;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (32'(level_q) < Levels);
      assert (!(descend_i && level_q == '0));
      assert (32'(accept_i) + 32'(enter_i) + 32'(descend_i) <= 1);
    end
  end
`endif

endmodule
