// SPDX-License-Identifier: Apache-2.0

/// One access to a page-table entry: asks PMP, then memory, whose answer it keeps. A request that
/// stands at memory's port is neither changed nor taken back, and its answer is awaited, even if
/// the walk is aborted meanwhile.
module ptw_access (
  input  logic clk_i,      ///< rising edge
  input  logic rst_ni,     ///< synchronous
  input  logic start_i,    ///< PMP is asked in the next cycle
  input  logic abort_i,    ///< an access that memory does not know of yet is not made
  output logic stopped_o,  ///< ends in this cycle without having been made: PMP, or an abort
  output logic done_o,     ///< memory answers in this cycle

  output logic          error_o,  ///< from the next cycle on: there is no such memory
  output mmu_pkg::pte_t data_o,   ///< from the next cycle on: the entry that was found

  output logic pmp_valid_o,   ///< the access is checked in this cycle
  input  logic pmp_denied_i,  ///< the answer, in the same cycle

  output logic          mem_valid_o,      ///< a request stands until it is granted
  input  logic          mem_ready_i,      ///< it is granted in this cycle
  input  logic          mem_rsp_valid_i,  ///< at the earliest a cycle after the request
  input  logic          mem_rsp_error_i,  ///< there is no such memory
  input  mmu_pkg::pte_t mem_rsp_data_i    ///< what was found
);

  typedef enum logic [1:0] {
    Idle,     ///< no access is under way
    Check,    ///< asks PMP
    Request,  ///< asks memory
    Wait      ///< for memory's answer
  } state_e;

  state_e state_d, state_q;

  assign pmp_valid_o = state_q == Check && !abort_i;
  assign stopped_o = state_q == Check && (pmp_denied_i || abort_i);
  assign mem_valid_o = state_q == Request;
  assign done_o = state_q == Wait && mem_rsp_valid_i;

  always_comb begin
    state_d = state_q;
    unique case (state_q)
      Idle: if (start_i) state_d = Check;
      Check: state_d = stopped_o ? Idle : Request;
      Request: if (mem_ready_i) state_d = Wait;
      default: if (done_o) state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      error_o <= 1'b0;
      data_o <= '0;
    end else begin
      state_q <= state_d;
      if (done_o) error_o <= mem_rsp_error_i;
      if (done_o) data_o <= mem_rsp_data_i;
    end
  end

`ifndef SYNTHESIS
  // What the access promises, and what it is promised.
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni)) begin
      if ($past(mem_valid_o && !mem_ready_i)) assert (mem_valid_o);
      assert (!mem_rsp_valid_i || state_q == Wait);
      assert (!start_i || state_q == Idle);
      // Memory is asked only for what PMP permits.
      if (mem_valid_o && !$past(mem_valid_o)) assert ($past(pmp_valid_o && !pmp_denied_i));
    end
  end

  // Every state, every way from one to another, and an abort in each.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      cover (state_q == Idle && state_d == Idle);
      cover (state_q == Idle && state_d == Check);
      cover (state_q == Check && state_d == Idle);
      cover (state_q == Check && state_d == Request);
      cover (state_q == Request && state_d == Request);
      cover (state_q == Request && state_d == Wait);
      cover (state_q == Wait && state_d == Wait);
      cover (state_q == Wait && state_d == Idle);
      cover (state_q == Check && abort_i);
      cover (state_q == Request && abort_i);
      cover (state_q == Wait && abort_i);
    end
  end
`endif

endmodule
