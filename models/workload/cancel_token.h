// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/workload/file_descriptor.h"

namespace tlmmu {

/// Tells a thread that reads, perhaps from a pipe on which nothing comes, that nobody listens any
/// more.
class CancelToken {
 public:
  CancelToken();  ///< HostError if the process has no file descriptor left

  /// From any thread, any number of times.
  void cancel();
  /// Becomes and stays readable once cancelled: to be waited for together with the input.
  int descriptor() const { return event_.get(); }

 private:
  FileDescriptor event_;
};

}  // namespace tlmmu
