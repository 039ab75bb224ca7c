// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <systemc>
#include <vector>

#include "models/bus/router.h"
#include "models/cache/cache.h"
#include "models/cpu/trace_cpu.h"
#include "models/events/tee_sink.h"
#include "models/events/unit_registry.h"
#include "models/kernel/host_kernel.h"
#include "models/memory_controller/memory_controller.h"
#include "models/mmu/mmu.h"
#include "models/platform/machine_config.h"
#include "models/platform/reference_reporter.h"
#include "models/platform/time_breakdown.h"
#include "models/swap_disk/swap_disk.h"

namespace tlmmu {

/// What a machine runs and who watches it; everything must outlive the machine.
struct PlatformInputs {
  std::vector<AccessSource*> sources;  ///< one process for each, at least one
  BootPlan boot = {};                  ///< files and programs; which process starts which
  AccessSource* firmware = nullptr;    ///< accesses without paging, before the kernel; may be null
  StoreVerifier* verifier = nullptr;   ///< null: accesses move no data
  events::Sink* sink = nullptr;        ///< null: no events
};

/// Somebody who looks at the machine at regular times, at which nothing happens in it, and once
/// more at the end.
struct Observer {
  Picoseconds interval;  ///< at least 1 ps
  std::function<void(Picoseconds)> look;
};

/// The whole machine, wired from one configuration. One per program run: SystemC elaborates once.
class Platform : public sc_core::sc_module {
 public:
  /// Throws InputError where the parts do not fit together (a backing file that cannot be opened,
  /// ...).
  Platform(const sc_core::sc_module_name& name, const MachineConfig& config,
           const PlatformInputs& inputs);

  /// Runs until every process has ended and the disk is at rest. Errors of the trace sources come
  /// out as they were thrown.
  void run();
  /// The same with an observer, who changes nothing about the run.
  void run(const Observer& observer);

  /// Lets every unit emit its events before the present; it changes nothing else.
  void emit_past_events() { memory_controller_.catch_up(); }

  TraceCpu& cpu() { return cpu_; }
  const TraceCpu& cpu() const { return cpu_; }
  const HostKernel& kernel() const { return kernel_; }
  void describe(stats::Visitor& v) const;

 private:
  /// The sink that the units get: the user's, and exact LRU's if there is that.
  events::Sink* choose_sink(events::Sink* sink);
  void finish();
  void bind_translation();
  void bind_caches();
  void bind_bus();
  /// Where a memory access enters that is meant for the first-level data cache, for the second
  /// level, or for memory: that level, or the next one below it that exists.
  MemoryTargetSocket& l1d_in();
  MemoryTargetSocket& l2_in();
  MemoryTargetSocket& pte_in(PteEntry entry);
  TimeBreakdown time_breakdown() const;
  void describe_laws(stats::Visitor& v) const;

  const MachineConfig config_;
  ReferenceReporter references_;
  std::optional<events::TeeSink> both_sinks_;
  events::UnitRegistry units_;
  sc_core::sc_signal<bool> interrupt_;

  TraceCpu cpu_;
  Mmu mmu_;
  std::unique_ptr<Cache> l1i_;  ///< null if disabled, as the other caches
  std::unique_ptr<Cache> l1d_;
  std::unique_ptr<Cache> l2_;
  Router router_;
  MemoryController memory_controller_;
  SwapDisk swap_disk_;
  HostKernel kernel_;
  const StoreVerifier* verifier_;
};

}  // namespace tlmmu
