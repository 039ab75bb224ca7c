// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/workload/scenario/access_run.h"
#include "models/workload/scenario/layout.h"
#include "models/workload/system_call.h"

namespace tlmmu::scenario {

/// What a process does next.
using Step = std::variant<MemoryAccess, SystemCall>;

/// A scripted process while it runs: its statements become accesses and system calls, one by one,
/// when they are asked for. Whoever runs it gives the answer of each call before the next step;
/// that is how regions get their addresses. Without an answer a region stays at address 0, where
/// nothing is mapped.
class ProcessRun {
 public:
  /// `process` of `scenario` is scripted; `scenario` outlives the run.
  ProcessRun(const Scenario& scenario, std::uint32_t process, const Layout& layout);

  /// What the scenario does before the kernel runs: accesses only. It has a boot block.
  static ProcessRun of_boot(const Scenario& scenario);

  /// Nothing after ExitCall. Costs no allocation for an access.
  std::optional<Step> next();

  /// The kernel has done the call that came last.
  void answer(const kernel::CallAnswer& answer);

  /// After ForkCall: the child, which does the fork's block, with the parent's regions.
  ProcessRun child();

  /// The segments of the program that it executes now.
  std::vector<kernel::ImageSegment> image() const;

  /// Of the scenario's process, or of the fork that made it.
  const std::string& name() const { return name_; }
  /// The statement of the step that came last.
  Place place() const { return place_; }

 private:
  /// A block that is being carried out.
  struct Frame {
    const Block* block;
    std::size_t next;      ///< statement
    std::uint64_t rounds;  ///< that follow this one
  };

  /// `script` is of `scenario`.
  ProcessRun(const Scenario& scenario, const ScriptedProcess& script, std::string name,
             std::uint64_t seed, const Layout& layout);
  ProcessRun(const ProcessRun& parent, const Fork& fork, std::uint64_t seed);

  std::optional<SystemCall> advance();
  std::optional<SystemCall> begin(const Access& access);
  std::optional<SystemCall> begin(const Map& map);
  std::optional<SystemCall> begin(const Unmap& unmap);
  std::optional<SystemCall> begin(const Protect& protect);
  std::optional<SystemCall> begin(const Lock& lock);
  std::optional<SystemCall> begin(const Unlock& unlock);
  std::optional<SystemCall> begin(const Sync& sync);
  std::optional<SystemCall> begin(const SyncAll& sync);
  std::optional<SystemCall> begin(const Transfer& transfer);
  std::optional<SystemCall> begin(const Advise& advise);
  std::optional<SystemCall> begin(const Share& share);
  std::optional<SystemCall> begin(const Unshare& unshare);
  std::optional<SystemCall> begin(const Remove& remove);
  std::optional<SystemCall> begin(const Brk& brk);
  std::optional<SystemCall> begin(const Fork& fork);
  std::optional<SystemCall> begin(const Exec& exec);
  std::optional<SystemCall> begin(const Exit& exit);
  std::optional<SystemCall> begin(const Wait& wait);
  std::optional<SystemCall> begin(const Loop& loop);

  void load(ProgramId program);
  Span span_of(const Range& range) const;
  kernel::AddressRange range_of(const Range& range) const;

  // What becomes of the answer to the last call.
  void answered(const Map& map, const kernel::CallAnswer& answer);
  void answered(const Share& share, const kernel::CallAnswer& answer);
  void answered(const Brk& brk, const kernel::CallAnswer& answer);
  void answered(const Exec& exec, const kernel::CallAnswer& answer);
  void answered(const Wait& wait, const kernel::CallAnswer& answer);
  template <class Other>
  void answered(const Other&, const kernel::CallAnswer&) {}

  const Scenario* scenario_;
  Layout layout_;
  std::string name_;
  ProgramId program_{0};
  Random random_;
  ZipfTables tables_;
  std::vector<Span> regions_;                       ///< by RegionId
  std::map<RegionId, kernel::SegmentId> segments_;  ///< of the regions that are segments
  std::vector<Frame> frames_;
  AccessRun run_;
  const Statement* statement_ = nullptr;  ///< whose call is answered next
  std::optional<SystemCall> follow_up_;   ///< the statement's next call
  Place place_;
  bool attaching_ = false;  ///< share: the segment is known, its address is not
  bool exited_ = false;
};

}  // namespace tlmmu::scenario
