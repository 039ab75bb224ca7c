// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/base/address.h"
#include "models/cache/cache_config.h"
#include "models/replacement/set_associative.h"

namespace tlmmu {

/// Address divided by the line length: which line a byte is in.
using LineNumber = Strong<struct LineNumberTag, std::uint64_t>;

enum class LineState : std::uint8_t { clean, dirty };

/// Tags and states of one cache; bytes live in memory (docs/decisions/002). A line belongs to set
/// (line number modulo sets), for any number of sets.
class CacheArray {
 public:
  struct Line {
    LineNumber number;
    LineState state;
  };

  /// `seed` matters to random replacement only.
  CacheArray(const CacheConfig& config, std::uint64_t seed);

  LineNumber line_of(PhysicalAddress address) const {
    return LineNumber(address.value() >> line_shift_);
  }
  PhysicalAddress address_of(LineNumber line) const {
    return PhysicalAddress(line.value() << line_shift_);
  }

  /// The state of `line`, which is marked as used; null if it is not held. Valid until the next
  /// change.
  LineState* lookup(LineNumber line) {
    // a repeat of the latest hit finds the same line, and marking it again changes nothing
    LineState* const latest = array_.last_touched();
    return latest != nullptr && line == last_line_ ? latest : lookup_plain(line);
  }
  /// The same without the shortcut.
  LineState* lookup_plain(LineNumber line);
  /// The state of `line` without marking it as used; null if it is not held.
  LineState* peek(LineNumber line);

  /// Takes in `line`, which is not held, and returns what had to make room.
  std::optional<Line> fill(LineNumber line, LineState state);
  /// Removes `line` and returns its state; nothing if it is not held.
  std::optional<LineState> remove(LineNumber line);

  /// Lines held.
  std::uint32_t size() const { return array_.size(); }

  friend bool operator==(const CacheArray& a, const CacheArray& b) { return a.array_ == b.array_; }

 private:
  replacement::MaybeSlot find(LineNumber line) const {
    return array_.find(array_.set_of(line.value()), line.value());
  }

  unsigned line_shift_;
  replacement::SetAssociative<LineState> array_;
  LineNumber last_line_;  // of the latest hit
};

}  // namespace tlmmu
