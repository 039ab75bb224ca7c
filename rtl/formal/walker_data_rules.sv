// SPDX-License-Identifier: Apache-2.0

/// What a walker says and asks on its ports, as assertions: `handshake_proof` proves them of `ptw`,
/// and `ptw_contract` lets them be assumed of it.
module walker_data_rules #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = mmu_pkg::Sv39,
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1
) (
  input  logic                    clk_i,
  input  logic                    rst_ni,  ///< synchronous
  input  logic                    req_valid_i,
  input  logic                    req_ready_i,
  input  logic                    rsp_valid_i,
  input  logic                    rsp_ready_i,
  input  mmu_pkg::walk_response_t rsp_i,
  input  logic                    mem_valid_i,
  input  logic                    mem_ready_i,
  input  logic                    mem_update_i,
  input  mmu_pkg::paddr_t         mem_addr_i,
  input  mmu_pkg::pte_t           mem_expected_i,
  input  mmu_pkg::pte_t           mem_desired_i,
  input  logic                    mem_rsp_valid_i,
  input  logic                    mem_rsp_error_i,
  input  mmu_pkg::pte_t           mem_rsp_data_i,
  input  mmu_pkg::paddr_t         pmp_addr_i,
  input  logic                    pmp_write_i
);

  localparam int unsigned Levels = mmu_pkg::levels(Mode);

  logic out_update_q;       // the latest access was an update
  logic [2:0] budget_q;     // reads that the walk may still make
  mmu_pkg::paddr_t addr_q;  // of the latest access
  mmu_pkg::pte_t data_q;    // what it has found
  logic granted, lost;

  assign granted = mem_valid_i && mem_ready_i;
  assign lost = mem_rsp_valid_i && out_update_q && !mem_rsp_error_i && mem_rsp_data_i != data_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {out_update_q, budget_q, addr_q, data_q} <= '0;
    end else begin
      if (granted) out_update_q <= mem_update_i;
      if (granted) addr_q <= mem_addr_i;
      if (mem_rsp_valid_i && !out_update_q) data_q <= mem_rsp_data_i;
      if (req_valid_i && req_ready_i) budget_q <= 3'(Levels);
      else if (granted && !mem_update_i) budget_q <= budget_q - 1'b1;
      else if (lost) budget_q <= budget_q + 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // At most a read for each level, and one again after each update that was lost.
      assert (!(mem_valid_i && !mem_update_i && budget_q == '0));
      // An update is of the entry that was just read, and only Svadu makes any.
      assert (!(mem_valid_i && mem_update_i) || (Svadu && mem_expected_i == data_q));
      assert (!(mem_valid_i && mem_update_i) || (mem_addr_i == addr_q && mem_desired_i != data_q));
    end
    if (rst_ni && $past(rst_ni)) begin
      // What stands at a port stays as it is, but for an answer that turns to Aborted.
      if ($past(mem_valid_i && !mem_ready_i)) begin
        assert ($stable(mem_update_i) && $stable(mem_addr_i));
        assert ($stable(mem_expected_i) && $stable(mem_desired_i));
      end
      if ($past(rsp_valid_i && !rsp_ready_i)) begin
        assert ($stable(rsp_i) || rsp_i.outcome == mmu_pkg::Aborted);
      end
      // Memory is asked for what PMP was asked.
      if (mem_valid_i && !$past(mem_valid_i)) begin
        assert (mem_addr_i == $past(pmp_addr_i) && mem_update_i == $past(pmp_write_i));
      end
    end
  end

endmodule
