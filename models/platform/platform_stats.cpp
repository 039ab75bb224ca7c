// SPDX-License-Identifier: Apache-2.0
// What the machine as a whole says about a run, and the laws that tie its units to each other.
#include "models/platform/platform.h"

namespace tlmmu {

namespace {

constexpr Origin kProcesses[] = {Origin::fetch, Origin::data};

/// The units that a memory access may pass, with the time that each added for an origin.
struct MemoryPath {
  const Cache* l1i;
  const Cache* l1d;
  const Cache* l2;
  const Router* bus;
  const MemoryController* memory;

  static Picoseconds in_cache(const Cache* cache, Origin origin) {
    return cache == nullptr ? Picoseconds(0) : cache->stats().of(origin).own_time;
  }
  Picoseconds in_l1(Origin origin) const { return in_cache(l1i, origin) + in_cache(l1d, origin); }
  Picoseconds in_l2(Origin origin) const { return in_cache(l2, origin); }
  Picoseconds in_bus(Origin origin) const { return bus->stats().of(origin).time; }
  Picoseconds in_dram(Origin origin) const { return memory->stats().of(origin).time; }
  Picoseconds in_all(Origin origin) const {
    return in_l1(origin) + in_l2(origin) + in_bus(origin) + in_dram(origin);
  }
};

/// Group `cache`: the levels that exist.
struct CacheGroup {
  const Cache* l1i;
  const Cache* l1d;
  const Cache* l2;

  void describe(stats::Visitor& v) const {
    if (l1i != nullptr) v.group("l1i", "first-level cache of instruction fetches", l1i->stats());
    if (l1d != nullptr) {
      v.group("l1d", "first-level cache of loads, stores and the kernel", l1d->stats());
    }
    if (l2 != nullptr) v.group("l2", "second-level cache", l2->stats());
  }
};

}  // namespace

TimeBreakdown Platform::time_breakdown() const {
  const MemoryPath path{l1i_.get(), l1d_.get(), l2_.get(), &router_, &memory_controller_};
  TimeBreakdown time;
  const KernelPortStats kernel = kernel_.stats().port;
  time.execute = cpu_.stats().execute_time;
  time.tlb = mmu_.tlb_time();
  time.walk = mmu_.ptw().stats().own_time();
  time.walk_memory = path.in_all(Origin::walk);
  for (const Origin origin : kProcesses) {
    time.l1_cache += path.in_l1(origin);
    time.l2_cache += path.in_l2(origin);
    time.bus += path.in_bus(origin);
    time.dram += path.in_dram(origin);
  }
  time.kernel = kernel.charged_time;
  time.kernel_memory = path.in_all(Origin::kernel);
  time.idle = kernel.idle_time;
  time.elapsed = cpu_.stats().elapsed_time;
  return time;
}

void Platform::describe(stats::Visitor& v) const {
  v.group("time", "where the CPU's time went", time_breakdown());
  v.group("cpu", "the core", cpu_.stats());
  v.group("mmu", "address translation", mmu_);
  v.group("cache", "caches", CacheGroup{l1i_.get(), l1d_.get(), l2_.get()});
  v.group("bus", "the system bus", router_.stats());
  v.group("memory_controller", "how addresses became DRAM commands", memory_controller_.stats());
  v.group("dram", "DRAM devices", memory_controller_.dram_stats());
  v.group("swap_disk", "the block device", swap_disk_.stats());
  v.group("kernel", "the operating system", kernel_.stats());
  if (verifier_ != nullptr) v.group("verify", "stores checked by loads", verifier_->stats());
  describe_laws(v);
}

void Platform::describe_laws(stats::Visitor& v) const {
  v.law("CPU's translations = accesses of both first-level TLBs", cpu_.stats().translations,
        mmu_.requests());
  const PortableKernelStats& kernel = kernel_.stats().portable;
  v.law("CPU's page and access faults = kernel's fault traps",
        cpu_.stats().page_faults + cpu_.stats().access_faults, kernel.counters.fault_traps);
  v.law("CPU's refused accesses = kernel's refused faults", cpu_.stats().refused_accesses,
        kernel.faults.of(kernel::FaultKind::refused));
  v.law("bytes that the CPU copied = bytes to and from users", cpu_.stats().copied_bytes,
        kernel.counters.bytes_to_user + kernel.counters.bytes_from_user);
  v.law("CPU's system calls = kernel's traps for system calls", cpu_.stats().system_calls,
        kernel_.stats().port.traps.system_call);
}

}  // namespace tlmmu
