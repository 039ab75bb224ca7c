// SPDX-License-Identifier: Apache-2.0
#include "models/analysis/analyzer.h"

#include <algorithm>

#include "models/analysis/optimal_replacement.h"

namespace tlmmu::analysis {

Analyzer::Analyzer(const AnalyzerOptions& options) : frames_(options.frames) {
  analysis_.page_size = options.page_size;
  std::sort(frames_.begin(), frames_.end());
  frames_.erase(std::unique(frames_.begin(), frames_.end()), frames_.end());
  if (!frames_.empty()) reducer_.emplace(frames_.front());
}

void Analyzer::consume(const AccessSource& source) {
  for (const MemoryAccess& access : source) consume(access);
}

void Analyzer::consume(const MemoryAccess& access) {
  ++analysis_.accesses;
  const std::uint64_t base_pages = bytes_of(analysis_.page_size) / kPageBytes;
  const Vpn last =
      align_down((access.address + Bytes(access.size - 1)).page(), analysis_.page_size);
  for (Vpn page = align_down(access.address.page(), analysis_.page_size);;
       page = Vpn(page.value() + base_pages)) {
    if (stack_.on_top(page)) {
      ++now_;
      ++repeats_;
      ++analysis_.references[static_cast<std::size_t>(access.type)];
      pages_[on_top_.value()].types.add(access.type);
    } else {
      reference(page, access.type);
    }
    if (page == last) return;
  }
}

void Analyzer::reference(Vpn page, AccessType type) {
  if (repeats_ != 0) account_for_repeats();
  ++now_;
  ++analysis_.references[static_cast<std::size_t>(type)];
  record(stack_.reference(page), type);
}

void Analyzer::record(LruStack::Reference reference, AccessType type) {
  on_top_ = reference.page;
  if (reference.distance == 0) {
    analysis_.distances.record_first();
    pages_.emplace_back();
  }
  Page& page = pages_[reference.page.value()];
  if (reference.distance != 0) {
    analysis_.distances.record(reference.distance);
    reuse_times_.record(now_ - page.last);
  }
  page.last = now_;
  page.types.add(type);
  if (reducer_) reducer_->reference(reference.page);
}

void Analyzer::account_for_repeats() {
  analysis_.distances.record_repeats(repeats_);
  reuse_times_.record_repeats(repeats_);
  pages_[on_top_.value()].last = now_;
  repeats_ = 0;
}

Analysis Analyzer::finish() {
  if (repeats_ != 0) account_for_repeats();
  for (const Page& page : pages_) {
    ++analysis_.pages[static_cast<std::size_t>(page.types.use())];
    reuse_times_.record_last(now_ - page.last + 1);
  }
  analysis_.working_sets = reuse_times_.working_sets(now_);
  if (reducer_) {
    const OptimalReplacement opt(reducer_->finish(), stack_.pages());
    for (const std::uint64_t frames : frames_) {
      analysis_.optimal.push_back({frames, opt.faults(frames)});
    }
  }
  return analysis_;
}

}  // namespace tlmmu::analysis
