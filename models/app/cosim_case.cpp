// SPDX-License-Identifier: Apache-2.0
#include "models/app/cosim_case.h"

#include <fmt/format.h>

#include "models/app/case_file.h"
#include "models/app/cosim_coverage.h"
#include "models/app/mismatch_report.h"
#include "models/app/shell_word.h"
#include "models/base/error.h"
#include "models/cosim/walker_bench.h"
#include "models/reference/case_runner.h"
#include "models/reference/cold_mmu.h"

namespace tlmmu {

namespace {

using namespace cosim;  // NOLINT(google-build-using-namespace): the whole file is about it

/// A case's memory and PMP, around a walker.
class CaseEnvironment : public Environment {
 public:
  explicit CaseEnvironment(reference::CaseMachine& machine) : machine_(machine) {}

  std::optional<Pte> read(PhysicalAddress address) override {
    return machine_.memory.read(address);
  }
  std::optional<Pte> compare_and_swap(PhysicalAddress address, Pte expected, Pte desired) override {
    return machine_.memory.compare_and_swap(address, expected, desired);
  }
  bool permits(PhysicalAddress address, AccessType type) override {
    const Bytes width(machine_.memory.pte_bytes());
    return machine_.hart.pmp.check(address, width, type, Privilege::supervisor) ==
           PmpVerdict::allowed;
  }

 private:
  reference::CaseMachine& machine_;
};

/// Translates with one kind of walker what that can, and else with the model.
class RtlTranslator : public reference::Translator {
 public:
  RtlTranslator(const WalkerKind& kind, reference::CaseMachine& machine)
      : kind_(kind),
        machine_(machine),
        model_(machine),
        environment_(machine),
        walker_(kind.make()),
        scoreboard_(kind),
        bench_(*walker_, scoreboard_, environment_, Disturbance(), 1) {
    scoreboard_.keep_story();
  }

  reference::TranslationResult translate(const WalkRequest& request) override {
    if (!suits(request)) {
      ++by_model_;
      return model_.translate(request);
    }
    ++by_hardware_;
    if (!bench_.walk(request, {}, nullptr)) return model_.translate(request);
    const WalkStep& end = scoreboard_.outcome();
    if (const auto* fault = std::get_if<WalkFault>(&end)) return reference::Refused{fault->cause};
    return std::get<Translation>(end);
  }
  void fence(const Fence& fence) override {
    if (fence.kind == FenceKind::sfence_vma) bench_.fence(fence);
  }

  RtlWalker& walker() { return *walker_; }
  void open_waves(const std::string& path) { walker_->open_waves(path, scoreboard_.signals()); }
  const Scoreboard& scoreboard() const { return scoreboard_; }
  unsigned by_model() const { return by_model_; }
  unsigned by_hardware() const { return by_hardware_; }

 private:
  bool suits(const WalkRequest& request) const {
    return request.stages == Stages::single &&
           implements(kind_, request.space.mode, machine_.hart.rules);
  }

  const WalkerKind& kind_;
  reference::CaseMachine& machine_;
  reference::ColdMmu model_;
  CaseEnvironment environment_;
  std::unique_ptr<RtlWalker> walker_;
  Scoreboard scoreboard_;
  WalkerBench bench_;
  unsigned by_model_ = 0;
  unsigned by_hardware_ = 0;
};

/// The waves of all walks up to a mismatch.
void draw(const WalkerKind& kind, const reference::WalkCase& walk_case, events::OutputFile& waves) {
  reference::CaseMachine machine(walk_case.mode);
  RtlTranslator translator(kind, machine);
  translator.open_waves(waves.partial_path());
  reference::CaseRunner runner(machine, translator, reference::FinalPmp::ignored);
  for (const reference::Line& line : walk_case.lines) {
    runner.run(line);
    if (!translator.scoreboard().mismatch().empty()) break;
  }
  translator.walker().close_waves();
  waves.commit();
  fmt::print("waves: gtkwave {}\n", shell_word(waves.path()));
}

/// Walks through the case, and tells how that went. False after a mismatch.
bool answer_with(RtlTranslator& translator, reference::CaseRunner& runner,
                 const reference::WalkCase& walk_case) {
  const Scoreboard& scoreboard = translator.scoreboard();
  for (const reference::Line& line : walk_case.lines) {
    const auto answer = runner.run(line);
    if (answer && !scoreboard.mismatch().empty()) {
      const std::string& id = std::get<reference::Request>(line.content).id;
      fmt::print("{}: {}: {}\n", scoreboard.kind().name, id, scoreboard.mismatch());
      print_story(stdout, scoreboard.story());
      return false;
    }
  }
  fmt::print("{}: {} walks by hardware, {} by the model alone, no difference\n",
             scoreboard.kind().name, translator.by_hardware(), translator.by_model());
  return true;
}

/// The walkers for words of the case's width: the one that was named, or all.
std::vector<const WalkerKind*> walkers_for(const reference::WalkCase& walk_case,
                                           const CosimOptions& options) {
  const bool rv32 = walk_case.mode == PagingModeName::sv32;
  std::vector<const WalkerKind*> walkers;
  for (const WalkerKind& kind : walker_kinds()) {
    if (options.walker && *options.walker != kind.name) continue;
    if (rv32 == (kind.mode == PagingModeName::sv32)) walkers.push_back(&kind);
  }
  if (walkers.empty()) {
    throw InputError(fmt::format("{}: a case of RV{}, which {} does not walk", *options.case_file,
                                 rv32 ? 32 : 64, options.walker.value_or("any walker")));
  }
  return walkers;
}

}  // namespace

bool run_cosim_case(const CosimOptions& options, std::optional<events::OutputFile>& waves) {
  const reference::WalkCase walk_case = read_case(*options.case_file);
  const std::vector<const WalkerKind*> walkers = walkers_for(walk_case, options);
  CoverageFile coverage(options.coverage, walkers);
  bool good = true;
  for (const WalkerKind* kind : walkers) {
    reference::CaseMachine machine(walk_case.mode);
    RtlTranslator translator(*kind, machine);
    reference::CaseRunner runner(machine, translator, reference::FinalPmp::ignored);
    const bool agrees = answer_with(translator, runner, walk_case);
    coverage.write(translator.walker());
    // The first mismatch is what the waves are about.
    if (!agrees && good && waves) draw(*kind, walk_case, *waves);
    good = agrees && good;
  }
  return good;
}

}  // namespace tlmmu
