// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "models/workload/access_source.h"

namespace tlmmu {

/// Accesses written down by hand, delivered as one batch: for tests.
class VectorSource : public AccessSource {
 public:
  explicit VectorSource(std::vector<MemoryAccess> accesses) : accesses_(std::move(accesses)) {}

  bool next_batch() override {
    const bool more = !delivered_ && !accesses_.empty();
    delivered_ = true;
    set_batch(accesses_.data(), more ? accesses_.size() : 0);
    return more;
  }

 private:
  std::vector<MemoryAccess> accesses_;
  bool delivered_ = false;
};

}  // namespace tlmmu
