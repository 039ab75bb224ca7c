// SPDX-License-Identifier: Apache-2.0

/// Proves of `ptw_pool` what `pool_rules` and `pool_data_rules` say of its ports, whatever is driven
/// into it, with `ptw_contract` for its walkers.
module pool_proof #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  parameter int unsigned Walkers = 2,
  parameter int unsigned Requesters = 2,
  /// Bits of a request that are free; the others are zero.
  parameter logic [mmu_pkg::WalkRequestBits-1:0] Free = {mmu_pkg::WalkRequestBits{1'b1}},
  localparam int unsigned IdBits = (Walkers > 1) ? $clog2(Walkers) : 1
) (
  input logic clk,
  input logic [Requesters-1:0] req_valid,
  input logic [Requesters*mmu_pkg::WalkRequestBits-1:0] any_req,
  input logic [Requesters-1:0] rsp_ready,
  input logic              mem_ready,
  input logic              mem_rsp_valid,
  input logic [IdBits-1:0] mem_rsp_id,
  input logic              mem_rsp_error,
  input mmu_pkg::pte_t     mem_rsp_data,
  input logic [Walkers-1:0] pmp_denied,
  input logic              fence,
  input mmu_pkg::fence_t   fence_info
);

  localparam int unsigned RequestBits = mmu_pkg::WalkRequestBits;
  localparam int unsigned ResponseBits = mmu_pkg::WalkResponseBits;
  localparam int unsigned PhysicalBits = mmu_pkg::PhysicalBits;

  logic [Requesters-1:0] req_ready, req_joins, rsp_valid;
  logic [Requesters*ResponseBits-1:0] rsp;
  logic mem_valid, mem_update;
  logic [IdBits-1:0] mem_id;
  mmu_pkg::paddr_t mem_addr;
  mmu_pkg::pte_t mem_expected, mem_desired;
  logic [Walkers-1:0] pmp_valid, pmp_write;
  logic [Walkers*PhysicalBits-1:0] pmp_addr;

  logic [Requesters*RequestBits-1:0] req;
  assign req = any_req & {Requesters{Free}};

  logic rst_n;
  initial rst_n = 1'b0;
  always_ff @(posedge clk) rst_n <= 1'b1;

  ptw_pool #(
    .Mode(Mode),
    .Svadu(1'b1),
    .WalkCacheEntries(0),
    .Walkers(Walkers),
    .Requesters(Requesters)
  ) i_pool (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_o(req_ready),
    .req_joins_o(req_joins),
    .req_i(req),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_o(rsp),
    .mem_valid_o(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_id_o(mem_id),
    .mem_update_o(mem_update),
    .mem_addr_o(mem_addr),
    .mem_expected_o(mem_expected),
    .mem_desired_o(mem_desired),
    .mem_rsp_valid_i(mem_rsp_valid),
    .mem_rsp_id_i(mem_rsp_id),
    .mem_rsp_error_i(mem_rsp_error),
    .mem_rsp_data_i(mem_rsp_data),
    .pmp_valid_o(pmp_valid),
    .pmp_addr_o(pmp_addr),
    .pmp_write_o(pmp_write),
    .pmp_denied_i(pmp_denied),
    .fence_i(fence),
    .fence_info_i(fence_info)
  );

  logic [Walkers-1:0] mem_out;
  pool_rules #(.Walkers(Walkers), .Requesters(Requesters)) i_rules (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_i(req_ready),
    .req_joins_i(req_joins),
    .req_i(req),
    .rsp_valid_i(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_i(rsp),
    .mem_valid_i(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_id_i(mem_id),
    .mem_rsp_valid_i(mem_rsp_valid),
    .mem_rsp_id_i(mem_rsp_id),
    .pmp_valid_i(pmp_valid),
    .fence_i(fence),
    .mem_out_o(mem_out)
  );

  pool_data_rules #(.Walkers(Walkers)) i_data_rules (
    .clk_i(clk),
    .rst_ni(rst_n),
    .mem_valid_i(mem_valid),
    .mem_ready_i(mem_ready),
    .mem_id_i(mem_id),
    .mem_update_i(mem_update),
    .mem_addr_i(mem_addr),
    .mem_expected_i(mem_expected),
    .mem_desired_i(mem_desired),
    .mem_rsp_valid_i(mem_rsp_valid),
    .mem_rsp_id_i(mem_rsp_id),
    .mem_rsp_data_i(mem_rsp_data),
    .pmp_valid_i(pmp_valid),
    .pmp_addr_i(pmp_addr),
    .pmp_write_i(pmp_write)
  );

  // The one rule for the environment: memory answers what it has granted before.
  always_comb begin
    assume (!mem_rsp_valid || 32'(mem_rsp_id) < Walkers);
    for (int unsigned i = 0; i < Walkers; i++) begin
      if (mem_rsp_id == IdBits'(i)) assume (!mem_rsp_valid || mem_out[i]);
    end
  end

endmodule
