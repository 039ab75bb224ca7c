// SPDX-License-Identifier: Apache-2.0

/// A walk's answer, kept from the cycle in which the walk ends until it is taken. A fence turns it
/// to `Aborted` until then.
module ptw_answer (
  input  logic clk_i,             ///< rising edge
  input  logic rst_ni,            ///< synchronous
  input  logic translated_i,      ///< the walk ends with a translation
  input  logic access_fault_i,    ///< the walk ends with an access fault
  input  logic page_fault_i,      ///< the walk ends with a page fault
  input  mmu_pkg::vatp_e step_i,  ///< of the page fault
  input  logic abort_i,           ///< a fence overtook the walk

  input  mmu_pkg::access_e access_i,   ///< what was asked for
  input  mmu_pkg::level_t  level_i,    ///< of the table that was read
  input  logic             global_i,   ///< a pointer on the way had G
  input  logic             update_i,   ///< the latest access was an update
  input  mmu_pkg::pte_t    data_i,     ///< the leaf as it was found
  input  mmu_pkg::pte_t    desired_i,  ///< the leaf after its update

  output mmu_pkg::walk_response_t rsp_o  ///< the answer
);

  mmu_pkg::walk_response_t rsp_d, rsp_q;

  always_comb begin
    rsp_d = rsp_q;
    if (translated_i) begin
      // VATP.10
      rsp_d.outcome = mmu_pkg::Translated;
      rsp_d.cause = mmu_pkg::NoException;
      rsp_d.step = mmu_pkg::VatpSuccess;
      rsp_d.level = level_i;
      rsp_d.ppn = data_i.ppn;
      rsp_d.flags = update_i ? desired_i.flags : data_i.flags;
      rsp_d.flags.g = data_i.flags.g || global_i;
    end
    if (access_fault_i) begin
      rsp_d = '0;
      rsp_d.outcome = mmu_pkg::Faulted;
      rsp_d.cause = mmu_pkg::access_fault(access_i);
      rsp_d.step = update_i ? mmu_pkg::VatpAccessedDirty : mmu_pkg::VatpPteAccess;
    end
    if (page_fault_i) begin
      rsp_d = '0;
      rsp_d.outcome = mmu_pkg::Faulted;
      rsp_d.cause = mmu_pkg::page_fault(access_i);
      rsp_d.step = step_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) rsp_q <= '0;
    else rsp_q <= rsp_d;
  end

  always_comb begin
    rsp_o = rsp_q;
    if (abort_i) begin
      rsp_o = '0;
      rsp_o.outcome = mmu_pkg::Aborted;
    end
  end

  logic unused;
  assign unused = ^{data_i, desired_i};

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!abort_i || rsp_o.outcome == mmu_pkg::Aborted);
      assert ((rsp_o.outcome == mmu_pkg::Faulted) == (rsp_o.cause != mmu_pkg::NoException));
    end
  end
`endif

endmodule
