// SPDX-License-Identifier: Apache-2.0

/// The words of the RISC-V privileged architecture that the modules share. A test compares the
/// constants with those of models/arch.
package mmu_pkg;

  /// Bits of an address within a page.
  parameter int unsigned PageShift = 12;
  /// Bits of a page-table entry's PPN; Sv32 has 22 of them.
  parameter int unsigned PpnBits = 44;
  /// Bits of a physical address; Sv32 has 34 of them.
  parameter int unsigned PhysicalBits = 56;
  /// Bits of an ASID; Sv32 has 9 of them.
  parameter int unsigned AsidBits = 16;

  typedef logic [63:0] vaddr_t;
  typedef logic [PhysicalBits-1:0] paddr_t;
  typedef logic [PpnBits-1:0] ppn_t;
  typedef logic [AsidBits-1:0] asid_t;
  /// A level of a page table: 0 is the last.
  typedef logic [2:0] level_t;

  /// satp.MODE.
  typedef enum logic [3:0] {
    Bare = 4'd0,
    Sv32 = 4'd1,
    Sv39 = 4'd8,
    Sv48 = 4'd9,
    Sv57 = 4'd10
  } paging_mode_e;

  typedef enum logic [1:0] {
    Fetch = 2'd0,
    Load  = 2'd1,
    Store = 2'd2
  } access_e;

  typedef enum logic [1:0] {
    User       = 2'd0,
    Supervisor = 2'd1
  } privilege_e;

  /// Exception codes of scause.
  typedef enum logic [3:0] {
    NoException            = 4'd0,
    InstructionAccessFault = 4'd1,
    LoadAccessFault        = 4'd5,
    StoreAccessFault       = 4'd7,
    InstructionPageFault   = 4'd12,
    LoadPageFault          = 4'd13,
    StorePageFault         = 4'd15
  } cause_e;

  /// VATP.n: step n of the architecture's virtual-address translation process. Step 0 is the rule
  /// about the high bits of an address, which comes before step 1.
  typedef enum logic [3:0] {
    VatpCanonical     = 4'd0,
    VatpRoot          = 4'd1,
    VatpPteAccess     = 4'd2,
    VatpPteFormat     = 4'd3,
    VatpPointer       = 4'd4,
    VatpAlignment     = 4'd5,
    VatpUserBit       = 4'd6,
    VatpPermission    = 4'd8,
    VatpAccessedDirty = 4'd9,
    VatpSuccess       = 4'd10
  } vatp_e;

  /// The low eight bits of a page-table entry.
  typedef struct packed {
    logic d;
    logic a;
    logic g;
    logic u;
    logic x;
    logic w;
    logic r;
    logic v;
  } flags_t;

  /// A page-table entry. Sv32's four bytes, zero-extended, have the same meaning.
  typedef struct packed {
    logic       n;
    logic [1:0] pbmt;
    logic [6:0] reserved;
    ppn_t       ppn;
    logic [1:0] rsw;
    flags_t     flags;
  } pte_t;

  /// What a walk is asked to translate.
  typedef struct packed {
    vaddr_t     vaddr;
    access_e    access;
    privilege_e privilege;
    logic       sum;   ///< supervisor code may load and store user pages
    logic       mxr;   ///< executable pages are readable
    asid_t      asid;
    ppn_t       root;  ///< of the root table: satp.PPN
  } walk_request_t;

  /// How a walk ended. An aborted one says nothing: a fence overtook it, and it is to be repeated.
  typedef enum logic [1:0] {
    Translated = 2'd0,
    Faulted    = 2'd1,
    Aborted    = 2'd2
  } outcome_e;

  typedef struct packed {
    outcome_e outcome;
    cause_e   cause;  ///< NoException unless Faulted
    vatp_e    step;   ///< where the walk ended
    level_t   level;  ///< of the leaf
    ppn_t     ppn;    ///< the leaf's, aligned to its level
    flags_t   flags;  ///< the leaf's after its update; G also if a pointer on the way had it
  } walk_response_t;

  /// Bits of a walk_request_t: several of them at one port are a vector.
  parameter int unsigned WalkRequestBits = 130;
  /// Bits of a walk_response_t, likewise.
  parameter int unsigned WalkResponseBits = 65;
  typedef logic [WalkRequestBits-1:0] walk_request_bits_t;
  typedef logic [WalkResponseBits-1:0] walk_response_bits_t;

  /// A TLB's answer.
  typedef struct packed {
    logic   fault;
    cause_e cause;  ///< NoException without a fault
    paddr_t paddr;
  } tlb_response_t;

  /// sfence.vma: of every page or the one of vaddr, of every address space or that of asid, whose
  /// global mappings then stay.
  typedef struct packed {
    logic   by_address;
    vaddr_t vaddr;
    logic   by_asid;
    asid_t  asid;
  } fence_t;

  /// Depth of the page table.
  function automatic int unsigned levels(logic [3:0] mode);
    levels = (mode == mmu_pkg::Sv32) ? 2 : (mode == mmu_pkg::Sv39) ? 3 :
             (mode == mmu_pkg::Sv48) ? 4 : 5;
  endfunction

  /// Bits of each VPN field.
  function automatic int unsigned index_bits(logic [3:0] mode);
    index_bits = (mode == mmu_pkg::Sv32) ? 10 : 9;
  endfunction

  /// Base-2 logarithm of a page-table entry's bytes.
  function automatic int unsigned pte_shift(logic [3:0] mode);
    pte_shift = (mode == mmu_pkg::Sv32) ? 2 : 3;
  endfunction

  /// Bits of a virtual address that are translated.
  function automatic int unsigned virtual_bits(logic [3:0] mode);
    virtual_bits = (mode == mmu_pkg::Sv32) ? 32 : (mode == mmu_pkg::Sv39) ? 39 :
                   (mode == mmu_pkg::Sv48) ? 48 : 57;
  endfunction

  /// VATP.0: whether the address bits above those that are translated repeat the highest that is.
  /// `high` is bits 63..38. Sv32 has none.
  function automatic logic is_canonical(logic [3:0] mode, logic [25:0] high);
    is_canonical = (mode == mmu_pkg::Sv32) ? 1'b1 :
                   (mode == mmu_pkg::Sv39) ? high == {26{high[0]}} :
                   (mode == mmu_pkg::Sv48) ? high[25:9] == {17{high[9]}} :
                                             high[25:18] == {8{high[18]}};
  endfunction

  /// The code of a page fault on behalf of `access`.
  function automatic cause_e page_fault(access_e access);
    page_fault = (access == mmu_pkg::Fetch) ? mmu_pkg::InstructionPageFault :
                 (access == mmu_pkg::Load)  ? mmu_pkg::LoadPageFault : mmu_pkg::StorePageFault;
  endfunction

  /// The code of an access fault on behalf of `access`.
  function automatic cause_e access_fault(access_e access);
    access_fault = (access == mmu_pkg::Fetch) ? mmu_pkg::InstructionAccessFault :
                   (access == mmu_pkg::Load)  ? mmu_pkg::LoadAccessFault : mmu_pkg::StoreAccessFault;
  endfunction

endpackage
