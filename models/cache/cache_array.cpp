// SPDX-License-Identifier: Apache-2.0
#include "models/cache/cache_array.h"

namespace tlmmu {

namespace {

replacement::Geometry geometry_of(const CacheConfig& config) {
  return {static_cast<std::uint32_t>(config.sets()), static_cast<std::uint32_t>(config.ways)};
}

}  // namespace

CacheArray::CacheArray(const CacheConfig& config, std::uint64_t seed)
    : line_shift_(log2_floor(config.line.value())),
      array_(geometry_of(config), config.replacement, seed) {}

LineState* CacheArray::lookup_plain(LineNumber line) {
  const replacement::Set set = array_.set_of(line.value());
  const auto slot = array_.find(set, line.value());
  if (!slot) return nullptr;
  array_.touch(set, *slot);
  last_line_ = line;
  return &array_.at(*slot);
}

LineState* CacheArray::peek(LineNumber line) {
  const auto slot = find(line);
  return slot ? &array_.at(*slot) : nullptr;
}

std::optional<CacheArray::Line> CacheArray::fill(LineNumber line, LineState state) {
  const auto victim = array_.insert(array_.set_of(line.value()), line.value(), state);
  if (!victim) return std::nullopt;
  return Line{LineNumber(victim->tag), victim->entry};
}

std::optional<LineState> CacheArray::remove(LineNumber line) {
  const auto slot = find(line);
  if (!slot) return std::nullopt;
  const LineState state = array_.at(*slot);
  array_.erase(*slot);
  return state;
}

}  // namespace tlmmu
