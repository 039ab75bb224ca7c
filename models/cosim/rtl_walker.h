// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/arch/paging_mode.h"
#include "models/cosim/walker_ports.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu::cosim {

/// What the model's walk is doing, for waves.
enum class ModelActivity : std::uint8_t { idle, read, update, translated, fault };
struct ModelSignals {
  ModelActivity activity = ModelActivity::idle;
  std::uint8_t level = 0;     ///< of the table that is read
  std::uint64_t address = 0;  ///< of the PTE that is wanted
  std::uint64_t pte = 0;      ///< that memory answered with last
};

/// A walker in hardware: set the inputs of a cycle with settle(), look at the outputs, tick().
class RtlWalker {
 public:
  RtlWalker() = default;
  RtlWalker(const RtlWalker&) = delete;
  RtlWalker& operator=(const RtlWalker&) = delete;
  virtual ~RtlWalker() = default;

  /// The outputs for `inputs`, before the clock's edge. May be asked again with other inputs.
  virtual const WalkerOutputs& settle(const WalkerInputs& inputs) = 0;
  /// The edge that ends the cycle.
  virtual void tick() = 0;
  /// Holds the walker in reset for some cycles, with inputs at rest.
  virtual void reset() = 0;
  /// From now on writes its signals, and `model` beside them, to a waveform file, FST. Throws
  /// HostError if it cannot.
  virtual void open_waves(const std::string& path, const ModelSignals& model) = 0;
  virtual void close_waves() = 0;
  /// Writes what of the hardware ran so far, in Verilator's format. Only of a kind that counts it.
  virtual void write_coverage(const std::string& path) = 0;
};

/// Which cycles a walker promises to take. `standard` is the contract of docs/rtl.md.
enum class LatencyContract : std::uint8_t { none, standard };

/// Whether a walker counts which of its lines, bits and cover properties ran, which costs time.
enum class Coverage : std::uint8_t { none, counted };

/// A walker that was built in, and what it implements.
struct WalkerKind {
  std::string name;
  PagingModeName mode;
  AdUpdate ad_update;
  unsigned walk_cache_entries;  ///< of each upper level, fully associative, tree-PLRU
  LatencyContract latency;
  std::unique_ptr<RtlWalker> (*make)();
  Coverage coverage = Coverage::none;
};

/// Every walker that was built in; none where Verilator is missing.
const std::vector<WalkerKind>& walker_kinds();

/// The walker `name`. InputError that names `option` and every walker there is.
const WalkerKind& require_walker(const std::string& option, const std::string& name);

/// Whether `kind` walks in `mode` by `rules`. No walker has extensions.
bool implements(const WalkerKind& kind, PagingModeName mode, const WalkRules& rules);
/// What to tell a user for whose `mode` and `rules` there is none; or where the one that was named,
/// `name`, is another. Says what is wanted, and what that one does.
std::string no_walker_for(PagingModeName mode, const WalkRules& rules, const std::string& name);

/// What to tell a user who asks for hardware that was not built.
inline constexpr const char* kNoVerilator =
    "this build has no hardware walkers: install Verilator (package verilator), then configure and "
    "build again";

}  // namespace tlmmu::cosim
