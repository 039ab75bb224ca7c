// SPDX-License-Identifier: Apache-2.0

/// `small_ptw` behind the walker contract of docs/bring_your_own_walker.md. What the walker lacks, the
/// wrapper adds: the order of PMP check and request, and the abort by a fence.
module small_walker (
  input  logic        clk,               ///< everything is sampled at its rising edge
  input  logic        rst_n,             ///< synchronous, active low
  input  logic        req_valid,         ///< a request stands
  output logic        req_ready,         ///< it is accepted in this cycle
  input  logic [63:0] req_vaddr,         ///< virtual address; in Sv32 below 2^32
  input  logic [1:0]  req_access,        ///< 0: fetch, 1: load, 2: store
  input  logic [1:0]  req_privilege,     ///< 0: user, 1: supervisor
  input  logic        req_sum,           ///< sstatus.SUM
  input  logic        req_mxr,           ///< sstatus.MXR
  input  logic [15:0] req_asid,          ///< satp.ASID
  input  logic [43:0] req_root,          ///< satp.PPN
  output logic        rsp_valid,         ///< an answer stands until it is taken
  input  logic        rsp_ready,         ///< it is taken in this cycle
  output logic [1:0]  rsp_outcome,       ///< 0: translated, 1: faulted, 2: aborted
  output logic [3:0]  rsp_cause,         ///< of a fault: the exception code
  output logic [3:0]  rsp_step,          ///< n of VATP.n
  output logic [2:0]  rsp_level,         ///< of a translation: the leaf's
  output logic [43:0] rsp_ppn,           ///< of a translation: the leaf's
  output logic [7:0]  rsp_flags,         ///< of a translation: the leaf's, G of pointers too
  output logic        mem_valid,         ///< a request to memory stands until it is granted
  input  logic        mem_ready,         ///< it is granted in this cycle
  output logic        mem_update,        ///< a compare-and-swap, else a read
  output logic [55:0] mem_addr,          ///< the PTE's physical address
  output logic [63:0] mem_expected,      ///< an update writes only over this
  output logic [63:0] mem_desired,       ///< what it writes
  input  logic        mem_rsp_valid,     ///< memory answers, for one cycle
  input  logic        mem_rsp_error,     ///< there is no such memory
  input  logic [63:0] mem_rsp_data,      ///< what was found
  output logic        pmp_valid,         ///< asks whether the access is permitted
  output logic [55:0] pmp_addr,          ///< the PTE's physical address
  output logic        pmp_write,         ///< a supervisor's store, else its load
  input  logic        pmp_denied,        ///< the answer, in the same cycle
  input  logic        fence,             ///< sfence.vma in this cycle
  input  logic        fence_by_address,  ///< of this page only
  input  logic [63:0] fence_vaddr,       ///< any address in it
  input  logic        fence_by_asid,     ///< of this address space only
  input  logic [15:0] fence_asid         ///< its ASID
);

  logic start, busy, ask, grant, data, error, done, bus_fault, page_fault, global_path;
  logic [55:0] address;
  logic [63:0] pte;
  logic [1:0] level;
  logic [63:0] vaddr_q;
  logic [43:0] root_q;
  logic [1:0] access_q;
  logic user_q, sum_q, mxr_q;
  logic started_q, checked_q, denied_q, refuse_q, aborted_q, abort;

  // The walker wants its inputs held; the port does not hold them.
  assign req_ready = !busy && !started_q && !fence;
  assign start = started_q && !busy;
  assign abort = aborted_q || fence;

  // A request is checked for a cycle, and then stands at memory's port or is refused.
  assign pmp_valid = ask && !checked_q && !abort;
  assign pmp_addr = address;
  assign pmp_write = 1'b0;
  assign mem_valid = ask && checked_q && !denied_q;
  assign mem_update = 1'b0;
  assign mem_addr = address;
  assign mem_expected = '0;
  assign mem_desired = '0;
  assign grant = checked_q && (denied_q || mem_ready);
  assign data = refuse_q || mem_rsp_valid;
  assign error = refuse_q || mem_rsp_error;

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      {vaddr_q, root_q, access_q, user_q, sum_q, mxr_q} <= '0;
      {started_q, checked_q, denied_q, refuse_q, aborted_q} <= '0;
    end else begin
      if (req_valid && req_ready) begin
        vaddr_q <= req_vaddr;
        root_q <= req_root;
        access_q <= req_access;
        {user_q, sum_q, mxr_q} <= {req_privilege == 2'd0, req_sum, req_mxr};
      end
      started_q <= req_valid && req_ready;
      checked_q <= ask && !(checked_q && grant);
      if (ask && !checked_q) denied_q <= pmp_denied || abort;
      refuse_q <= ask && checked_q && denied_q;
      aborted_q <= abort && (busy || started_q) && !(rsp_valid && rsp_ready);
    end
  end

  // 1, 5 and 7 are access faults, 12, 13 and 15 page faults: of fetch, load and store.
  assign rsp_valid = done;
  assign rsp_outcome = abort ? 2'd2 : (bus_fault || page_fault) ? 2'd1 : 2'd0;
  always_comb begin
    unique case (access_q)
      2'd0:    rsp_cause = bus_fault ? 4'd1 : 4'd12;
      2'd1:    rsp_cause = bus_fault ? 4'd5 : 4'd13;
      default: rsp_cause = bus_fault ? 4'd7 : 4'd15;
    endcase
  end
  assign rsp_level = {1'b0, level};
  assign rsp_ppn = pte[53:10];
  assign rsp_flags = {pte[7:6], pte[5] || global_path, pte[4:0]};

  small_ptw i_ptw (
    .clk_i(clk),
    .rst_ni(rst_n),
    .start_i(start),
    .busy_o(busy),
    .va_i(vaddr_q),
    .fetch_i(access_q == 2'd0),
    .store_i(access_q == 2'd2),
    .user_i(user_q),
    .sum_i(sum_q),
    .mxr_i(mxr_q),
    .root_i(root_q),
    .mem_req_o(ask),
    .mem_gnt_i(grant),
    .mem_addr_o(address),
    .mem_rvalid_i(data),
    .mem_err_i(error),
    .mem_rdata_i(mem_rsp_data),
    .done_o(done),
    .take_i(rsp_ready),
    .bus_fault_o(bus_fault),
    .page_fault_o(page_fault),
    .step_o(rsp_step),
    .level_o(level),
    .global_o(global_path),
    .pte_o(pte)
  );

  logic unused;
  assign unused = ^{req_asid, fence_by_address, fence_vaddr, fence_by_asid, fence_asid, pte[63:54],
                    pte[9:8]};

`ifndef SYNTHESIS
  always_ff @(posedge clk) assert (!rst_n || !(mem_valid && mem_rsp_valid));
`endif

endmodule
