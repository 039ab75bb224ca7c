// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/system_calls.h"

namespace tlmmu {

namespace {

using kernel::CallAnswer;

/// Each kind of call as the kernel's function of the same name.
struct Caller {
  kernel::Kernel& kernel;
  kernel::ProcessId process;
  const BootPlan& plan;

  CallAnswer operator()(const MapCall& call) { return kernel.mmap(process, call.request); }
  CallAnswer operator()(const UnmapCall& call) { return kernel.munmap(process, call.range); }
  CallAnswer operator()(const ProtectCall& call) {
    return kernel.mprotect(process, call.range, call.permissions);
  }
  CallAnswer operator()(const LockCall& call) { return kernel.mlock(process, call.range); }
  CallAnswer operator()(const UnlockCall& call) { return kernel.munlock(process, call.range); }
  CallAnswer operator()(const SyncCall& call) { return kernel.msync(process, call.range); }
  CallAnswer operator()(const SyncAllCall& /*call*/) { return kernel.sync(process); }
  CallAnswer operator()(const AdviseCall& call) {
    return kernel.madvise(process, call.range, call.advice);
  }
  CallAnswer operator()(const BreakCall& call) { return kernel.sbrk(process, call.increment); }
  CallAnswer operator()(const GetSegmentCall& call) {
    return kernel.shmget(process, call.key, call.length);
  }
  CallAnswer operator()(const AttachSegmentCall& call) {
    return kernel.shmat(process, call.segment, std::nullopt, call.permissions);
  }
  CallAnswer operator()(const DetachSegmentCall& call) {
    return kernel.shmdt(process, call.address);
  }
  CallAnswer operator()(const RemoveSegmentCall& call) {
    return kernel.shm_remove(process, call.segment);
  }
  CallAnswer operator()(const ForkCall& /*call*/) { return kernel.fork(process); }
  CallAnswer operator()(const ExecCall& call) {
    return kernel.exec(process, plan.image(call.program));
  }
  CallAnswer operator()(const ExitCall& /*call*/) {
    kernel.exit(process);
    return kernel::call_later(kernel::FaultAnswer::killed);
  }
  CallAnswer operator()(const WaitCall& /*call*/) { return kernel.wait(process); }
  CallAnswer operator()(const TransferCall& call) { return kernel.transfer(process, call.request); }
  /// The hart makes the access when the kernel has let the call in.
  CallAnswer operator()(const SupervisorCall& /*call*/) { return kernel.port_call(process); }
};

}  // namespace

CallAnswer make_call(kernel::Kernel& kernel, kernel::ProcessId process, const SystemCall& call,
                     const BootPlan& plan) {
  return std::visit(Caller{kernel, process, plan}, call);
}

}  // namespace tlmmu
