// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/events/sink.h"
#include "models/kernel/host_kernel.h"

namespace tlmmu {

/// Tells the kernel of every page that its processes use, which no real machine does: exact LRU
/// needs it. It listens to the first-level TLBs and takes no modelled time.
class ReferenceReporter final : public events::Sink {
 public:
  /// Before the first event of a TLB.
  void set_kernel(HostKernel& kernel) { kernel_ = &kernel; }

  void name_unit(events::UnitId id, const std::string& name) override {
    const auto unit = static_cast<std::size_t>(id);
    if (unit >= is_first_level_.size()) is_first_level_.resize(unit + 1);
    is_first_level_[unit] = name == "mmu.l1_itlb" || name == "mmu.l1_dtlb";
  }
  void on(const events::Stamp& stamp, const events::TlbLookup& event) override {
    if (is_first_level_[static_cast<std::size_t>(stamp.unit)]) kernel_->referenced(event.address);
  }
  using events::Sink::on;

 private:
  HostKernel* kernel_ = nullptr;
  std::vector<bool> is_first_level_;  // by unit
};

}  // namespace tlmmu
