// SPDX-License-Identifier: Apache-2.0

/// The virtual-address translation process of the RISC-V privileged architecture, step by step as
/// its text numbers them, for everything memory can answer. Combinational, for proofs: it shares
/// no rule with the walker, only the names of mmu_pkg.
///
/// The k-th read of the walk finds the k-th entry of pte_i. A walk reads another entry where an
/// entry is a pointer, and where an update found that the entry had changed.
module walk_spec #(
  /// Paging mode, as satp.MODE names it: Sv32, Sv39, Sv48 or Sv57.
  parameter logic [3:0] Mode = 4'd8,
  /// 1: A and D are set by the walk (Svadu). 0: they have to be set (Svade).
  parameter bit Svadu = 1'b1,
  /// Reads that a walk may make.
  parameter int unsigned Reads = 4
) (
  input  mmu_pkg::walk_request_t request_i,
  input  logic [64*Reads-1:0]    pte_i,            ///< what each read finds
  input  logic [Reads-1:0]       denied_i,         ///< PMP or PMA forbids the read
  input  logic [Reads-1:0]       update_denied_i,  ///< PMP or PMA forbids the update that follows
  input  logic [Reads-1:0]       update_lost_i,    ///< the entry changed before that update

  output mmu_pkg::walk_response_t response_o,
  output logic                    finished_o,  ///< within Reads reads
  output logic [56*Reads-1:0]     addr_o,      ///< of each read, and of the update that follows
  output logic [Reads-1:0]        read_o,      ///< the read is wanted, if only PMP lets it
  output logic [Reads-1:0]        update_o,    ///< an update of the entry is wanted after it
  output logic [64*Reads-1:0]     desired_o    ///< what that update writes
);

  // The architecture's table of paging modes.
  localparam int unsigned Levels = (Mode == 1) ? 2 : (Mode == 8) ? 3 : (Mode == 9) ? 4 : 5;
  localparam int unsigned VpnBits = (Mode == 1) ? 10 : 9;
  localparam int unsigned PteSize = (Mode == 1) ? 4 : 8;
  localparam int unsigned VaBits = 12 + Levels * VpnBits;
  // Bits of a PTE.
  localparam int unsigned V = 0, R = 1, W = 2, X = 3, U = 4, G = 5, A = 6, D = 7;

  logic [63:0] va;
  logic fetch, store, canonical, global_path, may, running;
  logic [55:0] a;
  logic [2:0] i;
  logic [11:0] vpn;
  logic [63:0] pte;
  logic translated;
  logic [3:0] step, cause;
  logic [2:0] level;
  logic [43:0] ppn;
  logic [7:0] flags;

  logic unused;
  assign unused = ^request_i.asid;  // which only caches look at

  assign va = request_i.vaddr;
  assign fetch = request_i.access == mmu_pkg::Fetch;
  assign store = request_i.access == mmu_pkg::Store;

  // Bits 63 to VaBits of an address must all equal bit VaBits-1, but in Sv32, which has none.
  always_comb begin
    canonical = 1'b1;
    for (int unsigned b = VaBits; b < 64; b++) begin
      if (Mode != 1 && va[b] != va[VaBits-1]) canonical = 1'b0;
    end
  end

  always_comb begin
    addr_o = '0;
    read_o = '0;
    update_o = '0;
    desired_o = '0;
    {translated, step, cause, level, ppn, flags} = '0;
    pte = '0;
    vpn = '0;
    may = 1'b0;
    running = canonical;

    // Step 1.
    a = {request_i.root, 12'b0};
    i = 3'(Levels - 1);
    global_path = 1'b0;

    for (int unsigned k = 0; k < Reads; k++) begin
      if (running) begin
        // Step 2.
        for (int unsigned n = 0; n < Levels; n++) begin
          if (32'(i) == n) vpn = 12'(va[12 + n*VpnBits +: VpnBits]);
        end
        addr_o[56*k +: 56] = a + 56'(vpn) * PteSize;
        read_o[k] = 1'b1;
        pte = pte_i[64*k +: 64];
        if (denied_i[k]) begin
          running = 1'b0;
          step = 4'd2;
        end else if (!pte[V] || (!pte[R] && pte[W]) || pte[63:54] != 0) begin
          // Step 3.
          running = 1'b0;
          step = 4'd3;
        end else if (!(pte[R] || pte[X])) begin
          // Step 4. In a pointer D, A and U are reserved, which is of step 3.
          if (pte[D] || pte[A] || pte[U]) begin
            running = 1'b0;
            step = 4'd3;
          end else if (i == 0) begin
            running = 1'b0;
            step = 4'd4;
          end else begin
            i = i - 1;
            a = {pte[53:10], 12'b0};
            global_path = global_path || pte[G];
          end
        end else begin
          // Step 5.
          may = 1'b1;
          for (int unsigned n = 1; n < Levels; n++) begin
            if (32'(i) >= n && pte[10 + (n-1)*VpnBits +: VpnBits] != 0) may = 1'b0;
          end
          if (!may) step = 4'd5;
          // Step 6.
          if (may) begin
            if (request_i.privilege == mmu_pkg::User) may = pte[U];
            else if (pte[U]) may = request_i.sum && !fetch;
            if (!may) step = 4'd6;
          end
          // Step 8. (Step 7 is of shadow stacks.)
          if (may) begin
            if (fetch) may = pte[X];
            else if (store) may = pte[W];
            else may = pte[R] || (pte[X] && request_i.mxr);
            if (!may) step = 4'd8;
          end
          if (!may) begin
            running = 1'b0;
          end else if (!pte[A] || (store && !pte[D])) begin
            // Step 9.
            step = 4'd9;
            if (!Svadu) begin
              running = 1'b0;
            end else begin
              update_o[k] = 1'b1;
              pte[A] = 1'b1;
              if (store) pte[D] = 1'b1;
              desired_o[64*k +: 64] = pte;
              if (update_denied_i[k]) running = 1'b0;
              // Where the comparison fails the process goes on at step 2.
              else if (!update_lost_i[k]) translated = 1'b1;
            end
          end else begin
            translated = 1'b1;
          end
        end
        if (translated && running) begin
          // Step 10.
          running = 1'b0;
          step = 4'd10;
          level = i;
          ppn = pte[53:10];
          flags = pte[7:0];
          flags[G] = pte[G] || global_path;
        end
      end
    end
    finished_o = !running;

    // The table of causes, by the original access.
    if (!translated) begin
      if (step == 4'd2 || (step == 4'd9 && Svadu)) begin
        cause = fetch ? 4'd1 : store ? 4'd7 : 4'd5;
      end else begin
        cause = fetch ? 4'd12 : store ? 4'd15 : 4'd13;
      end
    end
    response_o = {translated ? mmu_pkg::Translated : mmu_pkg::Faulted, cause, step, level, ppn,
                  flags};
  end

endmodule
