// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace tlmmu::config {

/// What somebody may have meant who wrote a name that does not exist.
class ClosestName {
 public:
  explicit ClosestName(std::string wanted) : wanted_(std::move(wanted)) {}

  /// A name that exists. Of equally close ones the first counts.
  void offer(const std::string& name);
  /// "; did you mean NAME?", or nothing if none is within three changed letters.
  std::string question() const;

 private:
  std::string wanted_;
  std::string closest_;
  std::size_t distance_ = 4;
};

}  // namespace tlmmu::config
