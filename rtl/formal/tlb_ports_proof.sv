// SPDX-License-Identifier: Apache-2.0

/// Proves that a hit of `tlb` is a translation that a walk has answered since the last fence that
/// names it, and that the architecture's text lets the request through by the flags of that walk.
/// Everything that drives the ports is free; a walker answers only what it was asked. The page and
/// the address space are free but fixed: what holds for them holds for all.
module tlb_ports_proof #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = 4'd8,
  /// Translations held: a power of two, at least 2.
  parameter int unsigned Entries = 2,
  localparam int unsigned VaBits = mmu_pkg::virtual_bits(Mode)
) (
  input logic                    clk,
  input logic                    req_valid,
  input mmu_pkg::walk_request_t  req,
  input logic                    rsp_ready,
  input logic                    walk_ready,
  input logic                    walk_rsp_valid,
  input mmu_pkg::walk_response_t walk_rsp,
  input logic                    fence,
  input mmu_pkg::fence_t         fence_info,
  input logic [VaBits-1:12]      any_page,
  input mmu_pkg::asid_t          any_space
);

  logic rst_n, req_ready, rsp_valid, hit, walk_valid, walk_rsp_ready;
  mmu_pkg::tlb_response_t rsp;
  mmu_pkg::walk_request_t walk;
  initial rst_n = 1'b0;
  always_ff @(posedge clk) rst_n <= 1'b1;

  tlb #(.Mode(Mode), .Entries(Entries)) i_tlb (
    .clk_i(clk),
    .rst_ni(rst_n),
    .req_valid_i(req_valid),
    .req_ready_o(req_ready),
    .req_i(req),
    .rsp_valid_o(rsp_valid),
    .rsp_ready_i(rsp_ready),
    .rsp_o(rsp),
    .hit_o(hit),
    .walk_valid_o(walk_valid),
    .walk_ready_i(walk_ready),
    .walk_o(walk),
    .walk_rsp_valid_i(walk_rsp_valid),
    .walk_rsp_ready_o(walk_rsp_ready),
    .walk_rsp_i(walk_rsp),
    .fence_i(fence),
    .fence_info_i(fence_info)
  );

  always_comb begin
    assume (!walk_rsp_valid || walk_rsp_ready);
    // A fence turns the walker's answer to Aborted.
    assume (!(walk_rsp_valid && fence) || walk_rsp.outcome == mmu_pkg::Aborted);
  end

  localparam int unsigned Levels = mmu_pkg::levels(Mode);
  localparam int unsigned VpnBits = mmu_pkg::index_bits(Mode);

  // Fixed in the cycle of reset.
  logic [VaBits-1:12] page;
  logic [15:0] space;

  mmu_pkg::walk_request_t request_q;  // under way
  mmu_pkg::walk_response_t walked_q;  // the latest walk that covers the page
  logic known_q;
  logic fill_covers, fence_covers, fenced;
  logic [VaBits-1:12] fill_differs, fence_differs;

  always_comb begin
    fill_differs = request_q.vaddr[VaBits-1:12] ^ page;
    fence_differs = fence_info.vaddr[VaBits-1:12] ^ page;
    fill_covers = walk_rsp_valid && walk_rsp.outcome == mmu_pkg::Translated
                  && (walk_rsp.flags.g || request_q.asid == space);
    fence_covers = 1'b1;
    for (int unsigned n = 0; n < Levels; n++) begin
      if (32'(walk_rsp.level) <= n && fill_differs[12 + n*VpnBits +: VpnBits] != 0) begin
        fill_covers = 1'b0;
      end
      if (32'(walked_q.level) <= n && fence_differs[12 + n*VpnBits +: VpnBits] != 0) begin
        fence_covers = 1'b0;
      end
    end
    fenced = fence && (!fence_info.by_address || fence_covers)
                   && (!fence_info.by_asid || (!walked_q.flags.g && fence_info.asid == space));
    assume (32'(walk_rsp.level) < Levels);
  end

  // What the text says of a page with these flags; in Svade, since a hit updates nothing.
  mmu_pkg::walk_response_t allowed;
  logic finished, read, update;
  logic [55:0] addr, expected_addr;
  logic [63:0] desired;
  walk_spec #(.Mode(Mode), .Svadu(1'b0), .Reads(1)) i_spec (
    .request_i(request_q),
    .pte_i({56'b0, walked_q.flags}),
    .denied_i(1'b0),
    .update_denied_i(1'b0),
    .update_lost_i(1'b0),
    .response_o(allowed),
    .finished_o(finished),
    .addr_o(addr),
    .read_o(read),
    .update_o(update),
    .desired_o(desired)
  );
  logic unused;
  assign unused = ^{walk_valid, walk, rsp.cause, walked_q, allowed, finished, read, update, addr,
                    desired};
  always_comb begin
    expected_addr = {walked_q.ppn, request_q.vaddr[11:0]};
    for (int unsigned n = 0; n + 1 < Levels; n++) begin
      if (32'(walked_q.level) > n) begin
        expected_addr[12 + n*VpnBits +: VpnBits] = request_q.vaddr[12 + n*VpnBits +: VpnBits];
      end
    end
  end

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      page <= any_page;
      space <= any_space;
      known_q <= 1'b0;
      {request_q, walked_q} <= '0;
    end else begin
      if (req_valid && req_ready) request_q <= req;
      if (fill_covers) walked_q <= walk_rsp;
      known_q <= fill_covers || (known_q && !fenced);
    end
  end

  // A request is looked up in the cycle before its answer.
  always_ff @(posedge clk) begin
    if (rst_n && $past(rst_n) && rsp_valid && !$past(rsp_valid) && hit) begin
      if (request_q.asid == space && request_q.vaddr[VaBits-1:12] == page) begin
        assert ($past(known_q));
        assert (!rsp.fault && rsp.paddr == expected_addr);
        assert (allowed.outcome == mmu_pkg::Translated);
      end
    end
    // A hit, after a walk.
    cover (rst_n && rsp_valid && hit);
  end

endmodule
