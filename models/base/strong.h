// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu {

/// A number with a meaning: equal tags compare and order, different tags never mix.
template <class Tag, class Rep>
class Strong {
 public:
  using rep = Rep;
  constexpr Strong() = default;
  constexpr explicit Strong(Rep value) : value_(value) {}
  constexpr Rep value() const { return value_; }

  friend constexpr bool operator==(Strong a, Strong b) { return a.value_ == b.value_; }
  friend constexpr bool operator!=(Strong a, Strong b) { return a.value_ != b.value_; }
  friend constexpr bool operator<(Strong a, Strong b) { return a.value_ < b.value_; }
  friend constexpr bool operator<=(Strong a, Strong b) { return a.value_ <= b.value_; }
  friend constexpr bool operator>(Strong a, Strong b) { return a.value_ > b.value_; }
  friend constexpr bool operator>=(Strong a, Strong b) { return a.value_ >= b.value_; }

 private:
  Rep value_{};
};

/// An amount of something (bytes, cycles, time): adds, subtracts, scales, and divides into a count.
template <class Tag>
class Quantity : public Strong<Tag, std::uint64_t> {
 public:
  using Strong<Tag, std::uint64_t>::Strong;

  constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
  constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity(a.value() + b.value());
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity(a.value() - b.value());
  }
  friend constexpr Quantity operator*(Quantity a, std::uint64_t n) {
    return Quantity(a.value() * n);
  }
  friend constexpr Quantity operator*(std::uint64_t n, Quantity a) { return a * n; }
  friend constexpr Quantity operator/(Quantity a, std::uint64_t n) {
    return Quantity(a.value() / n);
  }
  friend constexpr std::uint64_t operator/(Quantity a, Quantity b) { return a.value() / b.value(); }
  friend constexpr Quantity operator%(Quantity a, Quantity b) {
    return Quantity(a.value() % b.value());
  }
};

}  // namespace tlmmu
