// SPDX-License-Identifier: Apache-2.0

/// The walker's order of steps: from a request through its accesses to its answer. A fence aborts
/// the walk in whatever step it is: it begins no further access, and goes to its answer.
module ptw_control #(
  /// 1: the walker sets A and D (Svadu). 0: a page fault asks software to (Svade).
  parameter bit Svadu = 1'b1
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic req_valid_i,  ///< a request stands
  output logic req_ready_o,  ///< no walk is under way, and no fence executed
  output logic rsp_valid_o,  ///< an answer stands until it is taken
  input  logic rsp_ready_i,  ///< it is taken in this cycle
  input  logic fence_i,      ///< sfence.vma in this cycle
  output logic abort_o,      ///< a fence overtook the walk

  output logic accept_o,   ///< takes the request in
  output logic enter_o,    ///< chooses the table where the walk begins
  output logic descend_o,  ///< follows the pointer that was read
  output logic renew_o,    ///< the next access sets A or D of the leaf that was read
  output logic reread_o,   ///< the next access is a read again
  output logic access_o,   ///< an access begins in the next cycle

  input  logic           canonical_i,  ///< the address is
  input  logic           stopped_i,    ///< the access ends without having been made
  input  logic           done_i,       ///< the access ends: in the next cycle all below is known
  input  logic           error_i,      ///< there is no such memory
  input  logic           update_i,     ///< the access was an update
  input  logic           lost_i,       ///< and the entry had changed before
  input  logic           pointer_i,    ///< from here on: what the entry that was read is
  input  logic           stale_i,      ///< A or D has to be set
  input  logic           fault_i,      ///< the walk ends with a page fault
  input  mmu_pkg::vatp_e step_i,       ///< at this step

  output logic           translated_o,    ///< the walk ends with a translation
  output logic           access_fault_o,  ///< the walk ends with an access fault
  output logic           page_fault_o,    ///< the walk ends with a page fault
  output mmu_pkg::vatp_e step_o           ///< of the page fault
);

  typedef enum logic [2:0] {
    Idle,     ///< waits for a request
    Lookup,   ///< checks the address, asks the walk cache
    Access,   ///< waits for an access to end
    Examine,  ///< decides by the entry
    Respond   ///< waits for the answer to be taken
  } state_e;

  state_e state_d, state_q;
  logic aborted_q;

  assign abort_o = aborted_q || fence_i;
  assign req_ready_o = state_q == Idle && !fence_i;
  assign accept_o = req_valid_i && req_ready_o;
  assign enter_o = state_q == Lookup;
  assign rsp_valid_o = state_q == Respond;
  assign access_o = state_d == Access && state_q != Access;

  always_comb begin
    state_d = state_q;
    descend_o = 1'b0;
    renew_o = 1'b0;
    reread_o = 1'b0;
    translated_o = 1'b0;
    access_fault_o = 1'b0;
    page_fault_o = 1'b0;
    step_o = step_i;

    unique case (state_q)
      Idle: if (accept_o) state_d = Lookup;
      Lookup: begin
        // VATP.0: an address that is not canonical faults before any access.
        page_fault_o = !canonical_i;
        step_o = mmu_pkg::VatpCanonical;
        state_d = (canonical_i && !abort_o) ? Access : Respond;
      end
      Access: begin
        // VATP.2 and VATP.9: an access that PMP denies is an access fault of the original type.
        access_fault_o = stopped_i;
        if (stopped_i) state_d = Respond;
        if (done_i) state_d = Examine;
      end
      Examine: begin
        state_d = Respond;
        if (error_i) begin
          access_fault_o = 1'b1;
        end else if (update_i) begin
          // VATP.9: an entry that changed since it was checked is read and checked again.
          reread_o = lost_i;
          translated_o = !lost_i;
          if (lost_i) state_d = Access;
        end else if (fault_i) begin
          page_fault_o = 1'b1;
        end else if (pointer_i) begin
          // VATP.4: a pointer leads one level down.
          descend_o = 1'b1;
          state_d = Access;
        end else if (stale_i && Svadu) begin
          renew_o = 1'b1;
          state_d = Access;
        end else if (stale_i) begin
          page_fault_o = 1'b1;
          step_o = mmu_pkg::VatpAccessedDirty;
        end else begin
          translated_o = 1'b1;
        end
      end
      default: if (rsp_ready_i) state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      aborted_q <= 1'b0;
    end else begin
      state_q <= state_d;
      aborted_q <= abort_o && state_q != Idle;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (32'(translated_o) + 32'(access_fault_o) + 32'(page_fault_o) <= 1);
      assert (32'(descend_o) + 32'(renew_o) + 32'(reread_o) <= 1);
      // A walk that goes to its answer has one, or a fence overtook it.
      assert (!(state_d == Respond && state_q != Respond)
              || translated_o || access_fault_o || page_fault_o || abort_o);
      assert (!(stopped_i || done_i) || state_q == Access);
    end
  end

  // Every state, every way from one to another, and a fence in each.
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      cover (state_q == Idle && state_d == Idle);
      cover (state_q == Idle && state_d == Lookup);
      cover (state_q == Lookup && state_d == Access);
      cover (state_q == Lookup && state_d == Respond);
      cover (state_q == Access && state_d == Access);
      cover (state_q == Access && state_d == Examine);
      cover (state_q == Access && state_d == Respond);
      cover (state_q == Examine && state_d == Access);
      cover (state_q == Examine && state_d == Respond);
      cover (state_q == Respond && state_d == Respond);
      cover (state_q == Respond && state_d == Idle);
      cover (state_q == Idle && fence_i);
      cover (state_q == Lookup && fence_i);
      cover (state_q == Access && fence_i);
      cover (state_q == Examine && fence_i);
      cover (state_q == Respond && fence_i);
      cover (descend_o);
      cover (state_q == Examine && translated_o);
      cover (state_q == Examine && access_fault_o);
      cover (state_q == Examine && page_fault_o);
      cover (renew_o || !Svadu);
      cover (reread_o || !Svadu);
    end
  end
`endif

endmodule
