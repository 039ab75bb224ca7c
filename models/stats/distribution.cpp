// SPDX-License-Identifier: Apache-2.0
#include "models/stats/distribution.h"

#include <algorithm>
#include <boost/histogram/histogram.hpp>
#include <boost/histogram/literals.hpp>
#include <boost/histogram/make_histogram.hpp>
#include <tuple>

#include "models/base/bits.h"

namespace tlmmu::stats {

namespace {

constexpr unsigned kSubBucketBits = 5;  // 32 bins per power of two
constexpr std::uint64_t kExactBelow = std::uint64_t{2} << kSubBucketBits;
constexpr int kBins = static_cast<int>(kExactBelow + (64 - kSubBucketBits - 1) * (kExactBelow / 2));

/// A logarithmic axis with linear steps inside each power of two (the idea of HdrHistogram).
class LogLinearAxis {
 public:
  int index(std::uint64_t value) const {
    if (value < kExactBelow) return static_cast<int>(value);
    const unsigned shift = log2_floor(value) - kSubBucketBits;
    return static_cast<int>(shift * (kExactBelow / 2) + (value >> shift));
  }
  int size() const { return kBins; }

  static std::uint64_t low(int bin) {
    const auto index = static_cast<std::uint64_t>(bin);
    if (index < kExactBelow) return index;
    const auto shift = static_cast<unsigned>(index / (kExactBelow / 2) - 1);
    return (index - shift * (kExactBelow / 2)) << shift;
  }
  static std::uint64_t high(int bin) {
    return bin + 1 == kBins ? ~std::uint64_t{0} : low(bin + 1) - 1;
  }
};

using Histogram =
    decltype(boost::histogram::make_histogram_with(std::vector<std::uint64_t>(), LogLinearAxis()));

}  // namespace

struct Distribution::Impl {
  Histogram histogram =
      boost::histogram::make_histogram_with(std::vector<std::uint64_t>(), LogLinearAxis());
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  std::uint64_t minimum = ~std::uint64_t{0};
  std::uint64_t maximum = 0;
};

Distribution::Distribution() : impl_(std::make_unique<Impl>()) {}
Distribution::Distribution(const Distribution& other)
    : impl_(std::make_unique<Impl>(*other.impl_)) {}
Distribution& Distribution::operator=(const Distribution& other) {
  *impl_ = *other.impl_;
  return *this;
}
Distribution::Distribution(Distribution&&) noexcept = default;
Distribution& Distribution::operator=(Distribution&&) noexcept = default;
Distribution::~Distribution() = default;

void Distribution::record(std::uint64_t value) {
  impl_->histogram(value);
  ++impl_->count;
  impl_->sum += value;
  impl_->minimum = std::min(impl_->minimum, value);
  impl_->maximum = std::max(impl_->maximum, value);
}

std::uint64_t Distribution::count() const {
  return impl_->count;
}
std::uint64_t Distribution::sum() const {
  return impl_->sum;
}
std::uint64_t Distribution::minimum() const {
  return count() == 0 ? 0 : impl_->minimum;
}
std::uint64_t Distribution::maximum() const {
  return impl_->maximum;
}

std::uint64_t Distribution::quantile(unsigned permille) const {
  // values at or below the quantile: ceil(count * permille / 1000), at least one
  const std::uint64_t wanted = std::max<std::uint64_t>(
      1, impl_->count / 1000 * permille + (impl_->count % 1000 * permille + 999) / 1000);
  std::uint64_t seen = 0;
  for (const Bin& bin : bins()) {
    seen += bin.count;
    if (seen >= wanted) return std::min(bin.high, maximum());
  }
  return 0;
}

std::vector<Distribution::Bin> Distribution::bins() const {
  std::vector<Bin> result;
  for (int bin = 0; bin < kBins; ++bin) {
    const std::uint64_t n = impl_->histogram.at(bin);
    if (n != 0) result.push_back({LogLinearAxis::low(bin), LogLinearAxis::high(bin), n});
  }
  return result;
}

}  // namespace tlmmu::stats
