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
  const PageSize size = analysis_.page_size;
  const std::uint64_t base_pages = bytes_of(size) / kPageBytes;
  for (const MemoryAccess& access : source) {
    ++analysis_.accesses;
    const Vpn last = align_down((access.address + Bytes(access.size - 1)).page(), size);
    for (Vpn page = align_down(access.address.page(), size);;
         page = Vpn(page.value() + base_pages)) {
      if (run_count_ != 0 && open_->page == page) {
        ++analysis_.references[static_cast<std::size_t>(access.type)];
        ++open_->repeats;
        open_->types.add(access.type);
      } else {
        reference(page, access.type);
      }
      if (page == last) break;
    }
  }
}

void Analyzer::reference(Vpn page, AccessType type) {
  ++analysis_.references[static_cast<std::size_t>(type)];
  if (run_count_ == kRuns) work_off_runs();
  open_ = &runs_[run_count_++];
  *open_ = {page, 0, {}, 0, {}};
  open_->types.add(type);
  index_.prefetch(page);
}

void Analyzer::work_off_runs() {
  find_pages();
  find_distances();
  for (std::uint32_t i = 0; i < run_count_; ++i) account_for(runs_[i]);
  run_count_ = 0;
}

void Analyzer::find_pages() {
  for (std::uint32_t i = 0; i < run_count_; ++i) {
    const PageOrdinal page = index_.ordinal_of(runs_[i].page);
    runs_[i].ordinal = page;
    stack_.prefetch(page);
    if (reducer_) reducer_->prefetch(page);
    if (page.value() < pages_.size()) __builtin_prefetch(&pages_[page.value()], 1);
  }
  pages_.resize(index_.size());
}

void Analyzer::find_distances() {
  for (std::uint32_t i = 0; i < run_count_; ++i) {
    runs_[i].distance = stack_.reference(runs_[i].ordinal);
    analysis_.distances.prefetch(runs_[i].distance);
  }
}

void Analyzer::account_for(const Run& run) {
  Page& page = pages_[run.ordinal.value()];
  ++now_;
  if (run.distance != 0) {
    analysis_.distances.record(run.distance);
    reuse_times_.record(now_ - page.last);
  } else {
    analysis_.distances.record_first();
  }
  if (run.repeats != 0) {
    analysis_.distances.record_repeats(run.repeats);
    reuse_times_.record_repeats(run.repeats);
    now_ += run.repeats;
  }
  page.last = now_;
  page.types.add(run.types);
  if (reducer_) reducer_->reference(run.ordinal);
}

Analysis Analyzer::finish() {
  work_off_runs();
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
