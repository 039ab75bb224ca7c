# SPDX-License-Identifier: Apache-2.0
# Entry, and the accesses. An access runs with mtvec at its own label, so that a trap is an
# answer. Between the change of mstatus and its end no memory but the one asked for is touched.
#
# Each is called as Outcome f(address, mstatus) and returns in a0 the cause of the trap, or -1, and
# in a1 mtval, or what the access found. mstatus has MPP and, but for fetches, MPRV.

#define MSTATUS_MPRV (1 << 17)
#define ECALL_FROM_U 8
#define ECALL_FROM_M 11

  .section .text.start, "ax"
  .globl _start
_start:
  la sp, stack_top
  csrw mie, zero
  la t0, unexpected
  csrw mtvec, t0
  call probe_main
1:
  j 1b

  .text
  .globl try_load
try_load:
  la t0, trapped
  csrw mtvec, t0
  csrw mstatus, a1
  ld a1, 0(a0)
  j done

  .globl try_store
try_store:                      # what is stored is -1, which identifies no word
  la t0, trapped
  csrw mtvec, t0
  li t1, -1
  csrw mstatus, a1
  sd t1, 0(a0)
  j done

  .globl try_guest_load
try_guest_load:
  la t0, trapped
  csrw mtvec, t0
  .insn r 0x73, 4, 0x36, a1, a0, x0     # hlv.d a1, (a0)
  j done

  .globl try_guest_store
try_guest_store:
  la t0, trapped
  csrw mtvec, t0
  li t1, -1
  .insn r 0x73, 4, 0x37, x0, a0, t1     # hsv.d t1, (a0)
  j done

  .globl try_fetch
try_fetch:                      # what runs at the address is lui a0, n; ecall
  la t0, returned
  csrw mtvec, t0
  csrw mepc, a0
  csrw mstatus, a1
  mret

  .balign 4
returned:
  csrr t0, mcause
  li t1, ECALL_FROM_U
  bltu t0, t1, trapped
  li t1, ECALL_FROM_M
  bgtu t0, t1, trapped
  mv a1, a0
done:
  li a0, -1
  j finish

  .balign 4
trapped:                        # into M from M or below: MPP no longer says whose access it was
  csrr a0, mcause
  csrr a1, mtval
finish:
  li t0, MSTATUS_MPRV
  csrc mstatus, t0
  la t0, unexpected
  csrw mtvec, t0
  ret

  .balign 4
unexpected:                     # the probe's own fault
  csrr a0, mcause
  csrr a1, mepc
  csrr a2, mtval
  la sp, stack_top
  call probe_failed
1:
  j 1b
