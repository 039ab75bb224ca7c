// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace tlmmu::stats {

/// How often each value occurred: exact below 64, within 1/32 of the value above. Counts, sum,
/// minimum and maximum are exact throughout.
class Distribution {
 public:
  struct Bin {
    std::uint64_t low;   ///< smallest value of the bin
    std::uint64_t high;  ///< largest value of the bin
    std::uint64_t count;
  };

  Distribution();
  Distribution(const Distribution& other);
  Distribution& operator=(const Distribution& other);
  Distribution(Distribution&&) noexcept;
  Distribution& operator=(Distribution&&) noexcept;
  ~Distribution();

  void record(std::uint64_t value);

  std::uint64_t count() const;
  std::uint64_t sum() const;
  std::uint64_t minimum() const;  ///< 0 if nothing was recorded
  std::uint64_t maximum() const;  ///< 0 if nothing was recorded
  /// The largest value of the first bin that leaves at most 1 - `permille`/1000 of the values above
  /// it, at most maximum(); 500 is the median, 990 the 99th percentile. 0 if nothing was recorded.
  std::uint64_t quantile(unsigned permille) const;
  std::vector<Bin> bins() const;  ///< those that are not empty, in order of value

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlmmu::stats
