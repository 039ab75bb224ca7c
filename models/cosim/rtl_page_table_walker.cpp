// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/rtl_page_table_walker.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/base/error.h"
#include "models/cosim/machine_mismatch.h"
#include "models/ptw/count_walk.h"

namespace tlmmu::cosim {

namespace {

constexpr std::uint64_t kBenchSeed = 1;

[[noreturn]] void refuse(const std::string& why) {
  throw InputError("mmu.ptw.implementation: " + why);
}

/// Whether what hardware answered means anything.
bool is_answer(const WalkerResponse& response, const PagingMode& mode) {
  if (response.outcome == RtlOutcome::translated) return response.level < mode.levels;
  const auto cause = static_cast<ExceptionCause>(response.cause);
  const auto is = [cause](AccessType type) {
    return cause == access_fault(type) || cause == page_fault(type);
  };
  return response.outcome == RtlOutcome::faulted &&
         response.step <= static_cast<std::uint8_t>(VatpStep::success) &&
         (is(AccessType::fetch) || is(AccessType::load) || is(AccessType::store));
}

}  // namespace

/// The walker, what drives it, and what is around it: memory and PMP of the module.
struct RtlPageTableWalker::Hardware : public Environment {
  Hardware(const WalkerKind& kind, RtlPageTableWalker& owner)
      : module(owner),
        pte_bytes(paging_mode(kind.mode).pte_bytes),
        scoreboard(kind),
        walker(owner.implementation_ == WalkerImplementation::rtl ? kind.make() : nullptr),
        recorded(walker ? nullptr : std::make_shared<RecordedWalker>(kind, scoreboard.signals())),
        bench(walker ? *walker : *recorded, scoreboard, *this, Disturbance(), kBenchSeed) {
    if (walker) {
      scoreboard.believe();
    } else {
      scoreboard.keep_story();
    }
  }

  std::optional<Pte> read(PhysicalAddress address) override {
    const auto pte =
        module.fetch_pte({address, scoreboard.level()}, pte_bytes, Stages::single, *job);
    return noted(address, pte);
  }
  std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected, Pte desired) override {
    const auto pte = module.swap_pte({address, expected, desired}, pte_bytes, Stages::single, *job);
    return noted(address, pte);
  }
  bool permits(PhysicalAddress address, AccessType type) override {
    take_walk_cache_time();
    if (module.permits(address, pte_bytes, type)) return true;
    const bool load = type == AccessType::load;
    asked.add({address, load ? AskedPte::Answer::no_load : AskedPte::Answer::no_store, Pte()});
    // What is refused is an access, too: it takes its time and is counted.
    if (load) {
      module.fetch_pte({address, scoreboard.level()}, pte_bytes, Stages::single, *job);
    } else {
      module.swap_pte({address, Pte(), Pte()}, pte_bytes, Stages::single, *job);
    }
    return false;
  }
  std::optional<Pte> noted(PhysicalAddress address, std::optional<Pte> pte) {
    asked.add({address, pte ? AskedPte::Answer::found : AskedPte::Answer::no_memory,
               pte.value_or(Pte())});
    return pte;
  }
  void take_walk_cache_time() {
    const std::uint64_t lookups = scoreboard.walk_cache_stats().lookups;
    if (lookups != timed_lookups) module.PageTableWalker::take_walk_cache_time(*job);
    timed_lookups = lookups;
  }

  RtlPageTableWalker& module;
  const unsigned pte_bytes;
  Scoreboard scoreboard;
  std::unique_ptr<RtlWalker> walker;         ///< whose word is believed; or
  std::shared_ptr<RecordedWalker> recorded;  ///< which is compared
  WalkerBench bench;
  Job* job = nullptr;               ///< of the walk under way
  AskedPtes asked;                  ///< by the walk under way
  std::uint64_t timed_lookups = 0;  ///< walk-cache lookups whose time was taken
  std::uint64_t counted_pointers = 0;
};

RtlPageTableWalker::RtlPageTableWalker(const sc_core::sc_module_name& name, const PtwConfig& config,
                                       ClockPeriod clock, std::uint64_t seed, events::Emitter emit)
    : PageTableWalker(name, config, clock, seed, emit),
      implementation_(config.implementation),
      chosen_(config.walker) {
  if (walker_kinds().empty()) refuse(kNoVerilator);
  if (!chosen_.empty()) require_walker("mmu.ptw.walker", chosen_);
}

RtlPageTableWalker::~RtlPageTableWalker() = default;

void RtlPageTableWalker::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const auto* extension = payload.get_extension<TranslationExtension>();
  if (extension != nullptr && extension->command == TranslationCommand::translate &&
      extension->stages != Stages::single) {
    refuse("hardware walks one stage; virtual machines need the model");
  }
  PageTableWalker::b_transport(payload, delay);
}

bool RtlPageTableWalker::suits(const WalkerKind& kind, PagingModeName mode) const {
  // Of those that nobody has named, the project's own.
  const bool may =
      chosen_.empty() ? kind.latency == LatencyContract::standard : kind.name == chosen_;
  return may && implements(kind, mode, rules());
}

void RtlPageTableWalker::build(PagingModeName mode) {
  const auto& kinds = walker_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const WalkerKind& each) { return suits(each, mode); });
  if (kind == kinds.end()) refuse(no_walker_for(mode, rules(), chosen_));
  hardware_ = std::make_unique<Hardware>(*kind, *this);
}

void RtlPageTableWalker::walk_single_stage(Job& job) {
  const PagingModeName mode = job.request.space.mode;
  if (!hardware_) build(mode);
  Hardware& hardware = *hardware_;
  if (!suits(hardware.scoreboard.kind(), mode)) {
    refuse("hardware walks in one paging mode and by one set of rules");
  }
  hardware.job = &job;
  hardware.asked.clear();
  const bool good = hardware.bench.walk(job.request, {}, nullptr);
  if (!good || !is_answer(hardware.bench.response(), paging_mode(mode))) end_run(job.request);
  stats_.walk_cache = hardware.scoreboard.walk_cache_stats();
  while (hardware.counted_pointers < hardware.scoreboard.pointers()) {
    ++hardware.counted_pointers;
    count_pointer(stats_, Stages::single);
  }
  answer(end_of(job.request), Stages::single, job);
}

void RtlPageTableWalker::fence_elsewhere(const Fence& fence) {
  if (!hardware_ || fence.kind != FenceKind::sfence_vma) return;
  hardware_->bench.fence(fence);
  stats_.walk_cache = hardware_->scoreboard.walk_cache_stats();
}

/// What the hardware answered, in the model's words.
WalkStep RtlPageTableWalker::end_of(const WalkRequest& request) const {
  const WalkerResponse& response = hardware_->bench.response();
  if (response.outcome != RtlOutcome::translated) {
    return WalkFault{static_cast<ExceptionCause>(response.cause),
                     static_cast<VatpStep>(response.step)};
  }
  const PageSize size = paging_mode(request.space.mode).page_size(response.level);
  return Translation{align_down(request.address.page(), size), Ppn(response.ppn), size,
                     PteFlags(response.flags)};
}

std::optional<Pte> RtlPageTableWalker::peek(PhysicalAddress address) {
  std::uint64_t raw = 0;
  tlm::tlm_generic_payload payload;
  payload.set_command(tlm::TLM_READ_COMMAND);
  payload.set_address(address.value());
  payload.set_data_ptr(reinterpret_cast<unsigned char*>(&raw));
  payload.set_data_length(hardware_->pte_bytes);
  payload.set_streaming_width(hardware_->pte_bytes);
  if (pte_out->transport_dbg(payload) != hardware_->pte_bytes) return std::nullopt;
  return Pte(raw);
}

void RtlPageTableWalker::end_run(const WalkRequest& request) {
  const Scoreboard& scoreboard = hardware_->scoreboard;
  const WalkerKind& kind = scoreboard.kind();
  std::string what = scoreboard.mismatch();
  if (what.empty()) what = "the walk has no answer that means anything";
  MachineMismatch::Content content;
  content.walker = kind.name;
  content.walk = stats_.walks;
  content.story = scoreboard.story();
  content.record = {request, kind.ad_update, hardware_->asked};
  content.record.complete([this](PhysicalAddress address) { return peek(address); });
  content.hardware = hardware_->recorded;
  throw MachineMismatch(what, std::move(content));
}

}  // namespace tlmmu::cosim
