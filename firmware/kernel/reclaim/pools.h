// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel_state.h"

namespace tlmmu::kernel {

/// Puts frames where reclaim finds them: cached ones, shared ones, and those of processes, which
/// the policy orders. A frame is in a pool while it is mapped or cached and not moving.
class Pools {
 public:
  explicit Pools(KernelState& state) : state_(state) {}

  void enter(Frame& frame);
  /// Does nothing if it is in none.
  void leave(Frame& frame);
  /// The pool that holds the pages of `process`.
  PagePool& of(Process& process) {
    return state_.settings.scope == ReclaimScope::process ? process.pool : state_.pages;
  }

 private:
  bool is_plain(const PagePool* pool) const {
    return pool == &state_.cached_pages || pool == &state_.shared_pages;
  }

  KernelState& state_;
};

}  // namespace tlmmu::kernel
