// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/workload/memory_access.h"

namespace tlmmu {

/// Tags and ages in plain arrays: what a set-associative LRU structure costs at the least.
class PlainArray {
 public:
  PlainArray(std::size_t sets, std::size_t ways)
      : sets_(sets),
        ways_(ways),
        tags_(sets * ways, kEmpty),
        ages_(sets * ways),
        values_(sets * ways) {}

  /// The value of `key`, or null; a hit becomes the youngest of its set.
  const std::uint64_t* find(std::uint64_t key) {
    const std::size_t first = key % sets_ * ways_;
    for (std::size_t i = first; i < first + ways_; ++i) {
      if (tags_[i] == key) {
        ages_[i] = ++now_;
        return &values_[i];
      }
    }
    return nullptr;
  }

  void insert(std::uint64_t key, std::uint64_t value) {
    const std::size_t first = key % sets_ * ways_;
    std::size_t oldest = first;
    for (std::size_t i = first; i < first + ways_; ++i) {
      if (ages_[i] < ages_[oldest]) oldest = i;
    }
    tags_[oldest] = key;
    values_[oldest] = value;
    ages_[oldest] = ++now_;
  }

 private:
  static constexpr std::uint64_t kEmpty = ~std::uint64_t{0};
  std::size_t sets_;
  std::size_t ways_;
  std::uint64_t now_ = 0;
  std::vector<std::uint64_t> tags_;
  std::vector<std::uint64_t> ages_;
  std::vector<std::uint64_t> values_;
};

/// The floor of the benchmark: the geometry of the default machine as plain functions, written
/// without the project's cores. Demand-zero pages, a radix table of four levels, fixed memory
/// latency. No SystemC, no statistics but the cycle count and the misses.
class PlainMachine {
 public:
  PlainMachine();
  void access(const MemoryAccess& access);
  std::uint64_t cycles() const { return cycles_; }
  std::uint64_t walks() const { return walks_; }

 private:
  struct Table {
    std::array<std::uint64_t, 512> entries{};
  };
  std::uint64_t translate(std::uint64_t vpn, PlainArray& first_level);
  std::uint64_t walk(std::uint64_t vpn);
  void memory(std::uint64_t physical, PlainArray& first_level);
  Table& table(std::uint64_t& entry);

  PlainArray l1_itlb_, l1_dtlb_, l2_tlb_;
  std::vector<PlainArray> walk_cache_;  // of levels 3, 2, 1
  PlainArray l1i_, l1d_, l2_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::uint64_t root_ = 0;
  std::uint64_t next_frame_ = 1;
  std::uint64_t cycles_ = 0;
  std::uint64_t walks_ = 0;
};

}  // namespace tlmmu
