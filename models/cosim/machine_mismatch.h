// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/cosim/recorded_walker.h"
#include "models/cosim/walk_record.h"
#include "models/cosim/walk_story.h"

namespace tlmmu::cosim {

/// A walk of a machine in which hardware and model differ: it ends the run.
class MachineMismatch : public std::runtime_error {
 public:
  struct Content {
    std::string walker;
    std::uint64_t walk = 0;  ///< how many walks there were, this one included
    std::vector<WalkLine> story;
    WalkRecord record;
    std::shared_ptr<RecordedWalker> hardware;  ///< to draw(); it outlives its machine
  };
  MachineMismatch(const std::string& what, Content content)
      : runtime_error(what), content_(std::make_shared<Content>(std::move(content))) {}

  const Content& content() const { return *content_; }

 private:
  std::shared_ptr<const Content> content_;
};

}  // namespace tlmmu::cosim
