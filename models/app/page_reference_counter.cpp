// SPDX-License-Identifier: Apache-2.0
#include "models/app/page_reference_counter.h"

namespace tlmmu {

void PageReferenceCounter::name_unit(events::UnitId id, const std::string& name) {
  const auto unit = static_cast<std::size_t>(id);
  if (unit >= is_first_level_.size()) is_first_level_.resize(unit + 1);
  is_first_level_[unit] = name == "mmu.l1_itlb" || name == "mmu.l1_dtlb";
}

void PageReferenceCounter::on(const events::Stamp&, const events::ProcessSwitch& event) {
  running_ = nullptr;
  if (event.process == events::ProcessSwitch::kIdle) return;
  if (event.process >= processes_.size()) processes_.resize(event.process + 1);
  running_ = &processes_[event.process];
}

void PageReferenceCounter::on(const events::Stamp& stamp, const events::TlbLookup& event) {
  if (running_ == nullptr || !is_first_level_[static_cast<std::size_t>(stamp.unit)]) return;
  const std::uint64_t page = event.address.page().value();
  if (page == running_->last_page || page >= user_pages_) return;
  running_->last_page = page;
  std::uint64_t& seen = running_->seen[page];
  if (seen == window_) return;
  seen = window_;
  ++running_->pages;
}

std::uint64_t PageReferenceCounter::pages(std::uint32_t process) const {
  return process < processes_.size() ? processes_[process].pages : 0;
}

void PageReferenceCounter::next_window() {
  ++window_;
  for (Process& process : processes_) {
    process.pages = 0;
    process.last_page = ~std::uint64_t{0};
  }
}

}  // namespace tlmmu
