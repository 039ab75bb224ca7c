// SPDX-License-Identifier: Apache-2.0

/// Every walker that keeps `walker_rules` and `walker_data_rules`, in the place of `ptw`: its outputs
/// are free, and the rules that `handshake_proof` proves of `ptw` are assumed of them. What is proven
/// of a pool of these holds for a pool of `ptw`.
///
/// An answer tells whose it is: in the place of a translation stands one half of the key of the
/// walk, either one.
module ptw_contract #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1,
  /// As ptw's; it does not show on the ports.
  parameter int unsigned WalkCacheEntries = 0
) (
  input  logic clk_i,
  input  logic rst_ni,  ///< synchronous

  input  logic                    req_valid_i,
  output logic                    req_ready_o,
  input  mmu_pkg::walk_request_t  req_i,
  output logic                    rsp_valid_o,
  input  logic                    rsp_ready_i,
  output mmu_pkg::walk_response_t rsp_o,

  output logic            mem_valid_o,
  input  logic            mem_ready_i,
  output logic            mem_update_o,
  output mmu_pkg::paddr_t mem_addr_o,
  output mmu_pkg::pte_t   mem_expected_o,
  output mmu_pkg::pte_t   mem_desired_o,
  input  logic            mem_rsp_valid_i,
  input  logic            mem_rsp_error_i,
  input  mmu_pkg::pte_t   mem_rsp_data_i,

  output logic            pmp_valid_o,
  output mmu_pkg::paddr_t pmp_addr_o,
  output logic            pmp_write_o,
  input  logic            pmp_denied_i,

  input  logic            fence_i,
  input  mmu_pkg::fence_t fence_info_i
);

  localparam int unsigned KeyBits = mmu_pkg::WalkRequestBits - mmu_pkg::PageShift;
  localparam int unsigned HalfBits = KeyBits / 2;

  logic half, half_q, mem_out;
  logic [1:0] outcome;
  logic [KeyBits-1:0] key_q;
  logic [HalfBits-1:0] key_half;

  free_value #(.Width(9 + 2 * mmu_pkg::PhysicalBits + 128)) i_free (
    .clk_i,
    .value_o({req_ready_o, rsp_valid_o, outcome, half, mem_valid_o, mem_update_o, pmp_valid_o,
              pmp_write_o, mem_addr_o, pmp_addr_o, mem_expected_o, mem_desired_o})
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {half_q, key_q} <= '0;
    end else if (req_valid_i && req_ready_o) begin
      half_q <= half;
      key_q <= {req_i.vaddr[63:mmu_pkg::PageShift], req_i.access, req_i.privilege, req_i.sum,
                req_i.mxr, req_i.asid, req_i.root};
    end
  end

  assign key_half = half_q ? key_q[KeyBits-1:HalfBits] : key_q[HalfBits-1:0];
  assign rsp_o = {outcome, half_q, (mmu_pkg::WalkResponseBits - 3)'(key_half)};

  walker_rules i_rules (
    .clk_i,
    .rst_ni,
    .req_valid_i,
    .req_ready_i(req_ready_o),
    .rsp_valid_i(rsp_valid_o),
    .rsp_ready_i,
    .outcome_i(outcome),
    .mem_valid_i(mem_valid_o),
    .mem_ready_i,
    .mem_rsp_valid_i,
    .pmp_valid_i(pmp_valid_o),
    .pmp_denied_i,
    .fence_i,
    .mem_out_o(mem_out)
  );

  walker_data_rules #(.Mode(Mode), .Svadu(Svadu)) i_data_rules (
    .clk_i,
    .rst_ni,
    .req_valid_i,
    .req_ready_i(req_ready_o),
    .rsp_valid_i(rsp_valid_o),
    .rsp_ready_i,
    .rsp_i(rsp_o),
    .mem_valid_i(mem_valid_o),
    .mem_ready_i,
    .mem_update_i(mem_update_o),
    .mem_addr_i(mem_addr_o),
    .mem_expected_i(mem_expected_o),
    .mem_desired_i(mem_desired_o),
    .mem_rsp_valid_i,
    .mem_rsp_error_i,
    .mem_rsp_data_i,
    .pmp_addr_i(pmp_addr_o),
    .pmp_write_i(pmp_write_o)
  );

  // What the rules have been proven for: memory answers what it has granted before.
  always_ff @(posedge clk_i) begin
    if (rst_ni) assert (!mem_rsp_valid_i || mem_out);
  end

  logic unused;
  assign unused = ^{WalkCacheEntries, fence_info_i, req_i.vaddr};

endmodule
