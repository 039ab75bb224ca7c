// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/access_run.h"

#include <algorithm>

#include "models/base/bits.h"

namespace tlmmu::scenario {

AccessRun::AccessRun(const Access& access, const Span& span, ZipfTables& tables)
    : access_(&access), span_(span) {
  const std::uint64_t length = std::max<std::uint64_t>(span.length.value(), access.size);
  span_.length = Bytes(length);
  std::uint64_t pass = 1;
  if (const auto* sequential = std::get_if<Sequential>(&access.pattern)) {
    pass = (length - access.size) / sequential->stride.value() + 1;
  }
  if (const auto* zipf = std::get_if<Zipf>(&access.pattern)) {
    // Only a heap can have more pages: the parser does not know its length.
    const std::uint64_t pages = round_up(length, kPageBytes.value()) / kPageBytes.value();
    zipf_ = &tables.of(std::min(pages, ZipfTable::kMostRanks), zipf->thousandths);
  }
  left_ = access.count.value_or(pass);
}

MemoryAccess AccessRun::next(Random& random) {
  --left_;
  const Bytes offset_of_access(
      std::visit([&](const auto& pattern) { return offset(random, pattern); }, access_->pattern));
  MemoryAccess access;
  access.size = access_->size;
  access.address = span_.direction == Span::Direction::up
                       ? span_.start + offset_of_access
                       : span_.start - offset_of_access - Bytes(access_->size);
  const std::uint32_t stores = access_->store_percent;
  const bool stored = stores == 100 || (stores != 0 && random.below(100) < stores);
  access.type = stored ? AccessType::store : access_->type;
  return access;
}

std::uint64_t AccessRun::offset(Random& /*random*/, const Sequential& pattern) {
  const std::uint64_t now = next_;
  const std::uint64_t last = span_.length.value() - access_->size;
  const std::uint64_t stride = pattern.stride.value();
  next_ = last - now < stride ? 0 : now + stride;
  return now;
}

std::uint64_t AccessRun::offset(Random& random, const Uniform& /*pattern*/) {
  return anywhere(random, 0, span_.length.value());
}

std::uint64_t AccessRun::offset(Random& random, const Zipf& /*pattern*/) {
  const std::uint64_t page = zipf_->sample(random) * kPageBytes.value();
  return anywhere(random, page, std::min(kPageBytes.value(), span_.length.value() - page));
}

std::uint64_t AccessRun::offset(Random& random, const WorkingSet& pattern) {
  const std::uint64_t size = std::min(pattern.size.value(), span_.length.value());
  if (window_left_ == 0) {
    window_left_ = pattern.every;
    const std::uint64_t places = (span_.length.value() - size) / kPageBytes.value() + 1;
    window_ = random.below(places) * kPageBytes.value();
  }
  --window_left_;
  return anywhere(random, window_, size);
}

/// The offset of an access within `length` bytes from `first`, aligned to its size from there. What
/// is too short for an access (the last bytes of a span) is reached into from the left.
std::uint64_t AccessRun::anywhere(Random& random, std::uint64_t first, std::uint64_t length) const {
  const std::uint64_t size = access_->size;
  if (length < size) return span_.length.value() - size;
  return first + random.below(length / size) * size;
}

}  // namespace tlmmu::scenario
