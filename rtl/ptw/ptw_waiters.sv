// SPDX-License-Identifier: Apache-2.0

/// Who waits for the walk of one walker of a pool: the requester that began it, and those that
/// joined because they want the same. Nobody joins a walk that has its answer, or that a fence has
/// overtaken.
module ptw_waiters #(
  /// Who may wait: at least 1.
  parameter int unsigned Requesters = 4
) (
  input  logic clk_i,   ///< rising edge
  input  logic rst_ni,  ///< synchronous

  input  logic [Requesters*mmu_pkg::WalkRequestBits-1:0] req_i,  ///< what each asks for
  output logic [Requesters-1:0]  same_o,  ///< it is what is walked, and can be joined
  input  logic [Requesters-1:0]  start_i,  ///< the requester whose walk begins, one-hot
  input  mmu_pkg::walk_request_t walk_i,                         ///< what it asks for
  input  logic [Requesters-1:0]  join_i,                         ///< who joins

  input  logic                  walk_rsp_valid_i,  ///< the walker has its answer
  output logic                  walk_rsp_ready_o,  ///< the last who waits takes it
  output logic [Requesters-1:0] rsp_valid_o,       ///< to each who waits
  input  logic [Requesters-1:0] rsp_ready_i,       ///< who takes the answer in this cycle
  output logic [Requesters-1:0] wait_o,            ///< who waits

  input  logic fence_i  ///< sfence.vma
);

  localparam int unsigned Bits = mmu_pkg::WalkRequestBits;

  mmu_pkg::walk_request_t walk_d, walk_q;
  logic open_d, open_q;  // the walk can be joined
  logic [Requesters-1:0] wait_d, wait_q;

  // The same page, address space, access and privilege; the offset in the page does not matter.
  mmu_pkg::walk_request_t difference;
  always_comb begin
    same_o = '0;
    for (int unsigned i = 0; i < Requesters; i++) begin
      difference = req_i[i*Bits +: Bits] ^ walk_q;
      difference.vaddr[mmu_pkg::PageShift-1:0] = '0;
      same_o[i] = difference == '0 && open_q && !walk_rsp_valid_i && !fence_i;
    end
  end

  assign wait_o = wait_q;
  assign rsp_valid_o = walk_rsp_valid_i ? wait_q : '0;
  assign walk_rsp_ready_o = walk_rsp_valid_i && (wait_q & ~rsp_ready_i) == '0;

  always_comb begin
    walk_d = (start_i != '0) ? walk_i : walk_q;
    open_d = (open_q || start_i != '0) && !walk_rsp_valid_i && !fence_i;
    wait_d = (wait_q & ~(rsp_valid_o & rsp_ready_i)) | start_i | join_i;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      walk_q <= '0;
      open_q <= 1'b0;
      wait_q <= '0;
    end else begin
      walk_q <= walk_d;
      open_q <= open_d;
      wait_q <= wait_d;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert ((start_i & (start_i - 1'b1)) == '0);
      assert (start_i == '0 || wait_q == '0);
      assert ((join_i & ~same_o) == '0 && (join_i & wait_q) == '0);
      assert (!walk_rsp_valid_i || wait_q != '0);
    end
  end
`endif

endmodule
