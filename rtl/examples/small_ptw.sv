// SPDX-License-Identifier: Apache-2.0

/// A small walker that is nothing like `ptw`: Sv39 and Svade only, no walk cache, no PMP, no fences,
/// and a memory port with request and grant whose data come later. It shows how a walker of
/// anybody's is held against the model (docs/bring_your_own_walker.md).
module small_ptw (
  input  logic        clk_i,         ///< rising edge
  input  logic        rst_ni,        ///< synchronous
  input  logic        start_i,       ///< begins a walk; only while busy_o is low
  output logic        busy_o,        ///< the inputs below have to stay
  input  logic [63:0] va_i,          ///< virtual address
  input  logic        fetch_i,       ///< a fetch
  input  logic        store_i,       ///< neither fetch nor store: a load
  input  logic        user_i,        ///< else supervisor
  input  logic        sum_i,         ///< sstatus.SUM
  input  logic        mxr_i,         ///< sstatus.MXR
  input  logic [43:0] root_i,        ///< satp.PPN
  output logic        mem_req_o,     ///< until it is granted
  input  logic        mem_gnt_i,     ///< the request was accepted
  output logic [55:0] mem_addr_o,    ///< the PTE's physical address
  input  logic        mem_rvalid_i,  ///< a cycle after the grant or later
  input  logic        mem_err_i,     ///< with the data: there is no such memory
  input  logic [63:0] mem_rdata_i,   ///< the PTE
  output logic        done_o,        ///< the outputs below are valid until take_i
  input  logic        take_i,        ///< the answer is taken
  output logic        bus_fault_o,   ///< the walk ended with an access fault
  output logic        page_fault_o,  ///< with a page fault
  output logic [3:0]  step_o,        ///< of a fault: n of VATP.n
  output logic [1:0]  level_o,       ///< the leaf's
  output logic        global_o,      ///< a pointer on the way had G
  output logic [63:0] pte_o          ///< the leaf
);

  localparam logic [1:0] Idle = 2'd0, Ask = 2'd1, Data = 2'd2, Done = 2'd3;

  logic [1:0] state_q, level_q;
  logic [43:0] table_q;
  logic [3:0] step_q;
  logic fault_q, error_q, global_q;
  logic [63:0] pte_q;
  logic v, r, w, x, u, a, d, leaf, good, lower;
  logic [3:0] step;
  logic [8:0] index;

  assign {d, a} = mem_rdata_i[7:6];
  assign {u, x, w, r, v} = mem_rdata_i[4:0];
  assign leaf = r | w | x;
  assign lower = mem_rdata_i[18:10] != '0;

  // Steps 3 to 9, of which the first that fails is the fault's.
  always_comb begin
    step = 4'd10;
    if (!v || (w && !r) || mem_rdata_i[63:54] != '0 || (!leaf && (d || a || u))) step = 4'd3;
    else if (!leaf) step = 4'd4;
    else if ((level_q != '0 && lower) || (level_q == 2'd2 && mem_rdata_i[27:19] != '0)) step = 4'd5;
    else if (user_i ? !u : u && (fetch_i || !sum_i)) step = 4'd6;
    else if (fetch_i ? !x : store_i ? !w : !(r || (mxr_i && x))) step = 4'd8;
    else if (!a || (store_i && !d)) step = 4'd9;
  end
  assign good = step == 4'd10;

  always_comb begin
    unique case (level_q)
      2'd2:    index = va_i[38:30];
      2'd1:    index = va_i[29:21];
      default: index = va_i[20:12];
    endcase
  end

  assign busy_o = state_q != Idle;
  assign mem_req_o = state_q == Ask;
  assign mem_addr_o = {table_q, index, 3'b000};
  assign done_o = state_q == Done;
  assign bus_fault_o = error_q;
  assign page_fault_o = fault_q;
  assign step_o = step_q;
  assign level_o = level_q;
  assign global_o = global_q;
  assign pte_o = pte_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {state_q, level_q, table_q, step_q, fault_q, error_q, global_q, pte_q} <= '0;
    end else begin
      unique case (state_q)
        Idle: if (start_i) begin
          level_q <= 2'd2;
          table_q <= root_i;
          step_q <= '0;
          global_q <= 1'b0;
          error_q <= 1'b0;
          fault_q <= va_i[63:38] != {26{va_i[38]}};
          state_q <= (va_i[63:38] != {26{va_i[38]}}) ? Done : Ask;
        end
        Ask: if (mem_gnt_i) state_q <= Data;
        Data: if (mem_rvalid_i) begin
          pte_q <= mem_rdata_i;
          error_q <= mem_err_i;
          step_q <= mem_err_i ? 4'd2 : step;
          fault_q <= !mem_err_i && !good;
          state_q <= Done;
          if (!mem_err_i && step == 4'd4 && level_q != '0) begin
            fault_q <= 1'b0;
            table_q <= mem_rdata_i[53:10];
            level_q <= level_q - 1'b1;
            global_q <= global_q || mem_rdata_i[5];
            state_q <= Ask;
          end
        end
        default: if (take_i) state_q <= Idle;
      endcase
    end
  end

  logic unused;
  assign unused = ^va_i[11:0];

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && $past(rst_ni)) begin
      if ($past(mem_req_o && !mem_gnt_i)) assert (mem_req_o && $stable(mem_addr_o));
      assert (!(start_i && busy_o));
    end
  end
`endif

endmodule
