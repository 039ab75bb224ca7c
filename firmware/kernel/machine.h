// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_types.h"
#include "models/arch/fence.h"
#include "models/arch/pte.h"
#include "models/arch/translation.h"

namespace tlmmu::kernel {

enum class TransferDirection : std::uint8_t {
  read,   ///< disk to memory
  write,  ///< memory to disk
};

/// One block between the disk and a frame.
struct DiskTransfer {
  TransferDirection direction;
  DiskBlock block;
  Ppn frame;
  DiskTag tag;
};

/// The device's answer to a new transfer. `queue_full` is allowed only while transfers are under
/// way.
enum class Submission : std::uint8_t { accepted, queue_full };

enum class TransferResult : std::uint8_t { ok, error };

struct FrameCopy {
  Ppn from;
  Ppn to;
};

struct FaultReport {
  ProcessId process;
  VirtualAddress address;
  FaultKind kind;
};

struct KillReport {
  ProcessId process;
  KillReason reason;
};

/// All that the kernel knows of the machine it runs on: a port implements it. Nothing here waits; a
/// transfer that was accepted ends with a call of Kernel::disk_done, which must not come from
/// inside one of these functions.
class Machine {
 public:
  virtual Pte read_pte(PhysicalAddress entry) = 0;
  virtual void write_pte(PhysicalAddress entry, Pte pte) = 0;
  virtual void zero_frame(Ppn frame) = 0;
  virtual void copy_frame(FrameCopy copy) = 0;
  /// sfence.vma on every hart.
  virtual void fence(const Fence& fence) = 0;

  /// Before the device touches the frame: caches must not hold what it misses or would overwrite.
  virtual void dma_sync_for_device(Ppn frame, TransferDirection direction) = 0;
  /// After the device touched the frame: caches must not hold what was there before.
  virtual void dma_sync_for_cpu(Ppn frame, TransferDirection direction) = 0;
  virtual Submission start_transfer(const DiskTransfer& transfer) = 0;

  virtual Picoseconds now() = 0;
  /// Accounts the time of an operation; a port on real hardware need not.
  virtual void charge(Operation operation) = 0;
  virtual void fault_handled(const FaultReport& report) = 0;
  virtual void process_killed(const KillReport& report) = 0;

 protected:
  ~Machine() = default;  // never deleted through this class: no heap here
};

}  // namespace tlmmu::kernel
