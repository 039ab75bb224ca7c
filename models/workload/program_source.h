// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/workload/access_source.h"
#include "models/workload/system_call.h"

namespace tlmmu {

/// A process that makes system calls. Its accesses up to the next call come as batches; then
/// next_batch() is false until the call has been answered.
class ProgramSource : public AccessSource {
 public:
  ProgramSource* program() final { return this; }

  /// The call that is due, the same one until it is answered; null at the end of the process.
  virtual const SystemCall* call() const = 0;
  /// The kernel has done the call that is due; not for `blocked` and `killed`.
  virtual void answer(const kernel::CallAnswer& answer) = 0;
  /// The child of the ForkCall that is due, before it is answered.
  virtual std::unique_ptr<ProgramSource> child() = 0;
  /// The segments of the program that it executes now.
  virtual std::vector<kernel::ImageSegment> image() const = 0;
  /// What the process is called in messages.
  virtual const std::string& name() const = 0;
};

}  // namespace tlmmu
