// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/rtl_page_table_walker.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/base/error.h"

namespace tlmmu::cosim {

namespace {

constexpr std::uint64_t kBenchSeed = 1;

bool suits(const WalkerKind& kind, PagingModeName mode, const WalkRules& rules) {
  return kind.mode == mode && kind.ad_update == rules.ad_update &&
         kind.latency == LatencyContract::standard && rules.svnapot == Extension::absent &&
         rules.svpbmt == Extension::absent;
}

[[noreturn]] void refuse(const std::string& why) {
  throw InputError("mmu.ptw.implementation: " + why);
}

}  // namespace

/// The walker, what drives it, and what is around it: memory and PMP of the module.
struct RtlPageTableWalker::Hardware : public Environment {
  Hardware(const WalkerKind& kind, RtlPageTableWalker& owner)
      : module(owner),
        pte_bytes(paging_mode(kind.mode).pte_bytes),
        walker(kind.make()),
        scoreboard(kind),
        bench(*walker, scoreboard, *this, Disturbance(), kBenchSeed) {}

  std::optional<Pte> read(PhysicalAddress address) override {
    return module.fetch_pte({address, scoreboard.level()}, pte_bytes, Stages::single, *job);
  }
  std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected, Pte desired) override {
    return module.swap_pte({address, expected, desired}, pte_bytes, Stages::single, *job);
  }
  bool permits(PhysicalAddress address, AccessType type) override {
    take_walk_cache_time();
    if (module.permits(address, pte_bytes, type)) return true;
    // What is refused is an access, too: it takes its time and is counted.
    if (type == AccessType::load) {
      read(address);
    } else {
      compare_and_swap(address, Pte(), Pte());
    }
    return false;
  }
  void take_walk_cache_time() {
    const std::uint64_t lookups = scoreboard.walk_cache_stats().lookups;
    if (lookups != timed_lookups) module.PageTableWalker::take_walk_cache_time(*job);
    timed_lookups = lookups;
  }

  RtlPageTableWalker& module;
  const unsigned pte_bytes;
  std::unique_ptr<RtlWalker> walker;
  Scoreboard scoreboard;
  WalkerBench bench;
  Job* job = nullptr;               ///< of the walk under way
  std::uint64_t timed_lookups = 0;  ///< walk-cache lookups whose time was taken
  std::uint64_t counted_pointers = 0;
};

RtlPageTableWalker::RtlPageTableWalker(const sc_core::sc_module_name& name, const PtwConfig& config,
                                       ClockPeriod clock, std::uint64_t seed, events::Emitter emit)
    : PageTableWalker(name, config, clock, seed, emit), implementation_(config.implementation) {
  if (walker_kinds().empty()) refuse(kNoVerilator);
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

void RtlPageTableWalker::build(PagingModeName mode) {
  const auto& kinds = walker_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const WalkerKind& each) {
    return suits(each, mode, rules());
  });
  if (kind == kinds.end()) {
    refuse(fmt::format("no hardware walks {} with A and D set by {}, and what else the hart has",
                       name_in(kEveryPagingModeName, mode),
                       name_in(kAdUpdateNames, rules().ad_update)));
  }
  hardware_ = std::make_unique<Hardware>(*kind, *this);
  if (implementation_ == WalkerImplementation::rtl) {
    hardware_->scoreboard.believe();
  } else {
    hardware_->scoreboard.keep_story();
  }
}

void RtlPageTableWalker::walk_single_stage(Job& job) {
  const PagingModeName mode = job.request.space.mode;
  if (!hardware_) build(mode);
  Hardware& hardware = *hardware_;
  if (!suits(hardware.scoreboard.kind(), mode, rules())) {
    refuse("hardware walks in one paging mode and by one set of rules");
  }
  hardware.job = &job;
  if (!hardware.bench.walk(job.request, {}, nullptr)) throw std::runtime_error(difference());
  stats_.walk_cache = hardware.scoreboard.walk_cache_stats();
  while (hardware.counted_pointers < hardware.scoreboard.pointers()) {
    ++hardware.counted_pointers;
    count_pointer(Stages::single);
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

std::string RtlPageTableWalker::difference() const {
  const Scoreboard& scoreboard = hardware_->scoreboard;
  std::string text =
      fmt::format("{}: {}", scoreboard.kind().name,
                  scoreboard.mismatch().empty() ? "the walk does not end" : scoreboard.mismatch());
  for (const WalkLine& line : scoreboard.story()) {
    text += fmt::format("\n  model: {:60} rtl: {}", line.model, line.rtl);
  }
  return text;
}

}  // namespace tlmmu::cosim
