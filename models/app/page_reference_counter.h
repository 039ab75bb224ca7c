// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <vector>

#include "models/events/sink.h"

namespace tlmmu {

/// Counts the different pages of 4 KiB that each process used since the last call of next_window():
/// its working set (Denning 1968), with that window. It listens to the first-level TLBs, so a
/// machine that it does not listen to is not slower.
class PageReferenceCounter final : public events::Sink {
 public:
  PageReferenceCounter() = default;
  /// Addresses from `user_half` on are the kernel's, and no process's.
  explicit PageReferenceCounter(Bytes user_half) : user_pages_(user_half / kPageBytes) {}

  void name_unit(events::UnitId id, const std::string& name) override;
  void on(const events::Stamp& stamp, const events::TlbLookup& event) override;
  void on(const events::Stamp& stamp, const events::ProcessSwitch& event) override;
  using events::Sink::on;

  /// Of the present window so far.
  std::uint64_t pages(std::uint32_t process) const;
  void next_window();

 private:
  struct Process {
    std::unordered_map<std::uint64_t, std::uint64_t> seen;  // page to window; never iterated
    std::uint64_t last_page = ~std::uint64_t{0};
    std::uint64_t pages = 0;
  };

  std::uint64_t user_pages_ = ~std::uint64_t{0};
  std::vector<bool> is_first_level_;  // by unit
  std::vector<Process> processes_;
  Process* running_ = nullptr;
  std::uint64_t window_ = 1;
};

}  // namespace tlmmu
