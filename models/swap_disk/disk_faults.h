// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/random.h"
#include "models/swap_disk/disk_command.h"
#include "models/swap_disk/disk_faults_config.h"

namespace tlmmu {

/// What will go wrong with a command.
struct CommandFaults {
  bool medium_error = false;  ///< the medium does not read it, or does not keep it
  Picoseconds delay;          ///< before the medium is asked
  bool unsignaled = false;    ///< its completion does not raise the interrupt line
};

/// Decides, command by command, what goes wrong. Each kind of fault has a random sequence of its
/// own, so that one does not move another.
class DiskFaults {
 public:
  explicit DiskFaults(const DiskFaultsConfig& config);

  /// Of the next read or write.
  CommandFaults next(DiskOperation operation);

 private:
  class Kind {
   public:
    Kind(const DiskFaultRate& rate, std::uint64_t seed) : rate_(rate), random_(seed) {}
    bool strikes();

   private:
    DiskFaultRate rate_;
    Random random_;
    std::uint64_t commands_ = 0;
  };

  const Picoseconds spike_time_;
  Kind read_error_;
  Kind write_error_;
  Kind latency_spike_;
  Kind lost_interrupt_;
};

}  // namespace tlmmu
