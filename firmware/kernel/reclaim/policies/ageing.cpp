// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies/ageing.h"

namespace tlmmu::kernel {

void Ageing::insert(PagePool& pool, Frame& frame, const Arrival&) const {
  frame.age = parameters_.start;
  counters_.started += frame.age;
  put(pool, frame, 0);
}

void Ageing::remove(PagePool& pool, Frame& frame) const {
  counters_.ended += frame.age;
  frame.age = 0;
  take(pool, frame);
}

Verdict Ageing::judge(PagePool& pool, Frame& frame, const Look& look) const {
  if (look.referenced) {
    raise(frame);
    to_back(pool, frame);
    return Verdict::keep_and_clear;
  }
  lower(frame);
  if (frame.age == 0) return Verdict::evict;
  to_back(pool, frame);
  return Verdict::keep;
}

void Ageing::raise(Frame& frame) const {
  const unsigned room = unsigned{parameters_.maximum} - frame.age;
  const unsigned step = parameters_.advance < room ? parameters_.advance : room;
  frame.age = static_cast<std::uint8_t>(frame.age + step);
  counters_.raised += step;
}

void Ageing::lower(Frame& frame) const {
  const unsigned step = parameters_.decline < frame.age ? parameters_.decline : frame.age;
  frame.age = static_cast<std::uint8_t>(frame.age - step);
  counters_.lowered += step;
}

std::uint64_t Ageing::patience() const {
  return 3 + std::uint64_t{parameters_.maximum} / parameters_.decline;
}

}  // namespace tlmmu::kernel
