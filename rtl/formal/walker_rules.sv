// SPDX-License-Identifier: Apache-2.0

/// When a walker does what on its ports, as assertions: `handshake_proof` proves them of `ptw`, and
/// `ptw_contract` lets them be assumed of it.
module walker_rules (
  input  logic                    clk_i,
  input  logic                    rst_ni,  ///< synchronous
  input  logic                    req_valid_i,
  input  logic                    req_ready_i,
  input  logic                    rsp_valid_i,
  input  logic                    rsp_ready_i,
  input  mmu_pkg::outcome_e       outcome_i,  ///< of the answer
  input  logic                    mem_valid_i,
  input  logic                    mem_ready_i,
  input  logic                    mem_rsp_valid_i,
  input  logic                    pmp_valid_i,
  input  logic                    pmp_denied_i,
  input  logic                    fence_i,
  output logic                    mem_out_o  ///< memory owes an answer
);

  logic walking_q;      // a request was accepted, and not answered yet
  logic fenced_q;       // and a fence executed since
  logic mem_out_q;      // memory has granted a request, and not answered yet
  logic mem_valid_q;    // a request stood at memory's port in the cycle before
  logic [1:0] quiet_q;  // cycles without anything on a port
  logic accepted, granted, quiet;

  assign mem_out_o = mem_out_q;
  assign accepted = req_valid_i && req_ready_i;
  assign granted = mem_valid_i && mem_ready_i;
  assign quiet = walking_q && !pmp_valid_i && !mem_valid_i && !mem_out_q && !rsp_valid_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {walking_q, fenced_q, mem_out_q, mem_valid_q, quiet_q} <= '0;
    end else begin
      walking_q <= accepted || (walking_q && !(rsp_valid_i && rsp_ready_i));
      fenced_q <= !accepted && walking_q && (fenced_q || fence_i);
      mem_out_q <= granted || (mem_out_q && !mem_rsp_valid_i);
      mem_valid_q <= mem_valid_i;
      quiet_q <= quiet ? quiet_q + 1'b1 : '0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      // One request at a time; each is answered exactly once.
      assert (req_ready_i == (!walking_q && !fence_i));
      assert (!rsp_valid_i || walking_q);
      // Something happens on a port after at most two quiet cycles: no walk hangs.
      assert (quiet_q <= 2'd2);
      // One access at a time, and only for a walk. No answer while memory owes one.
      assert (!mem_valid_i || (walking_q && !mem_out_q));
      assert (!pmp_valid_i || (walking_q && !mem_out_q && !mem_valid_i));
      assert (!rsp_valid_i || (!mem_valid_i && !mem_out_q));
      // A fence: no new access from the next cycle on, and the answer is Aborted.
      assert (!(fence_i || fenced_q) || !pmp_valid_i);
      assert (!fenced_q || !mem_valid_i || mem_valid_q);
      assert (!rsp_valid_i || (outcome_i == mmu_pkg::Aborted) == (fence_i || fenced_q));
    end
    if (rst_ni && $past(rst_ni)) begin
      // What stands at a port stays until it is taken.
      if ($past(mem_valid_i && !mem_ready_i)) assert (mem_valid_i);
      if ($past(rsp_valid_i && !rsp_ready_i)) assert (rsp_valid_i);
      // Memory is asked exactly for what PMP was asked and permitted, in the next cycle.
      if (!$past(mem_valid_i)) assert (mem_valid_i == $past(pmp_valid_i && !pmp_denied_i));
    end
  end

endmodule
