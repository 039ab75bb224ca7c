// SPDX-License-Identifier: Apache-2.0
#include "models/workload/generators.h"

#include <algorithm>

#include "models/base/error.h"

namespace tlmmu {
namespace {

void check(const PatternShape& shape) {
  if (shape.size == 0) throw InputError("generated accesses: size is 0, expected at least 1 byte");
  if (shape.length.value() < shape.size) {
    throw InputError("generated accesses: the region has " + std::to_string(shape.length.value()) +
                     " bytes, expected at least the access size of " + std::to_string(shape.size));
  }
  if (shape.first.value() + (shape.length.value() - 1) < shape.first.value()) {
    throw InputError("generated accesses: the region ends beyond the 64-bit address space");
  }
}

}  // namespace

GeneratedSource::GeneratedSource(const PatternShape& shape) : shape_(shape), left_(shape.count) {
  check(shape);
  const auto batch = static_cast<std::size_t>(std::min<std::uint64_t>(kBatch, left_));
  offsets_.resize(batch);
  batch_.assign(batch, MemoryAccess{shape.first, shape.size, shape.type});
}

bool GeneratedSource::next_batch() {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(batch_.size(), left_));
  fill_offsets(offsets_.data(), count);
  for (std::size_t i = 0; i < count; ++i) batch_[i].address = shape_.first + Bytes(offsets_[i]);
  left_ -= count;
  set_batch(batch_.data(), count);
  return count != 0;
}

StridedSource::StridedSource(const PatternShape& shape, Bytes stride)
    : GeneratedSource(shape), stride_(stride.value()) {
  if (stride_ == 0) throw InputError("generated accesses: stride is 0, expected at least 1 byte");
}

void StridedSource::fill_offsets(std::uint64_t* offsets, std::size_t count) {
  const std::uint64_t last = shape().length.value() - shape().size;
  for (std::size_t i = 0; i < count; ++i) {
    offsets[i] = next_;
    next_ = last - next_ >= stride_ ? next_ + stride_ : 0;
  }
}

UniformRandomSource::UniformRandomSource(const PatternShape& shape, std::uint64_t seed)
    : GeneratedSource(shape), random_(seed), slots_(shape.length.value() / shape.size) {}

void UniformRandomSource::fill_offsets(std::uint64_t* offsets, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) offsets[i] = random_.below(slots_) * shape().size;
}

}  // namespace tlmmu
