// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/base/random.h"
#include "models/workload/access_source.h"

namespace tlmmu {

/// What all generated patterns share: how many accesses of which kind, in which region. The region
/// lies below 2^64 and holds at least one access.
struct PatternShape {
  VirtualAddress first;       ///< lowest address of the region
  Bytes length = kPageBytes;  ///< of the region, at least `size`
  std::uint64_t count = 1;    ///< accesses in all
  std::uint32_t size = 8;     ///< bytes of each access, at least 1
  AccessType type = AccessType::load;
};

/// A source that makes its accesses up, the same ones on every machine. A shape that breaks its
/// rules is an InputError.
class GeneratedSource : public AccessSource {
 public:
  bool next_batch() final;

 protected:
  explicit GeneratedSource(const PatternShape& shape);
  const PatternShape& shape() const { return shape_; }
  /// Writes where the next `count` accesses lie, counted from the region's start; each access has
  /// to end within the region.
  virtual void fill_offsets(std::uint64_t* offsets, std::size_t count) = 0;

 private:
  static constexpr std::size_t kBatch = 4096;
  PatternShape shape_;
  std::uint64_t left_;
  std::vector<std::uint64_t> offsets_;
  std::vector<MemoryAccess> batch_;
};

/// Every `stride` bytes from the region's start; the access that would leave the region is made at
/// the start instead. `stride` is at least 1.
class StridedSource : public GeneratedSource {
 public:
  StridedSource(const PatternShape& shape, Bytes stride);

 protected:
  void fill_offsets(std::uint64_t* offsets, std::size_t count) override;

 private:
  std::uint64_t stride_;
  std::uint64_t next_ = 0;
};

/// One access after the other without a gap, over and over.
class SequentialSource : public StridedSource {
 public:
  explicit SequentialSource(const PatternShape& shape) : StridedSource(shape, Bytes(shape.size)) {}
};

/// Independent and uniform over the region, aligned to `size` from its start.
class UniformRandomSource : public GeneratedSource {
 public:
  UniformRandomSource(const PatternShape& shape, std::uint64_t seed);

 protected:
  void fill_offsets(std::uint64_t* offsets, std::size_t count) override;

 private:
  Random random_;
  std::uint64_t slots_;
};

}  // namespace tlmmu
