// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "models/base/random.h"
#include "testbenches/rtl/pool_memory.h"

namespace tlmmu {

/// Memory at the port of a Verilated `ptw_pool`: it answers in any order of walkers.
template <class Model>
class PoolMemoryPort {
 public:
  static constexpr unsigned kWalkers = 2;

  PoolMemoryPort(Random& random, PoolMemory& memory) : random_(random), memory_(memory) {}

  /// Answers one of the requests whose time has come, in any order.
  void answer(Model& pool) {
    pool.mem_rsp_valid_i = 0;
    const auto first = static_cast<unsigned>(random_.below(kWalkers));
    for (unsigned i = 0; i < kWalkers; ++i) {
      const unsigned walker = (first + i) % kWalkers;
      std::optional<MemoryRequest>& out = out_[walker];
      if (!out || out->cycles_left > 1) {
        if (out) --out->cycles_left;
        continue;
      }
      if (pool.mem_rsp_valid_i) continue;
      const auto found = out->update
                             ? memory_.compare_and_swap(out->address, out->expected, out->desired)
                             : memory_.read(out->address);
      pool.mem_rsp_valid_i = 1;
      pool.mem_rsp_id_i = static_cast<CData>(walker);
      pool.mem_rsp_error_i = !found;
      pool.mem_rsp_data_i = found ? found->raw() : random_.next();
      out.reset();
    }
  }

  /// Looks at the port. What is wrong with it, or nothing.
  std::string see(const Model& pool, std::uint64_t latency) {
    unsigned out = 0;
    for (const auto& each : out_) out += each.has_value() ? 1 : 0;
    overlaps_ += out == kWalkers ? 1 : 0;
    if (!pool.mem_valid_o) {
      return asked_ ? "a request to memory was withdrawn" : "";
    }
    const MemoryRequest now{pool.mem_update_o != 0, PhysicalAddress(pool.mem_addr_o),
                            Pte(pool.mem_expected_o), Pte(pool.mem_desired_o),
                            1 + random_.below(latency)};
    const unsigned walker = pool.mem_id_o;
    if (asked_ && (asked_->update != now.update || asked_->address != now.address ||
                   asked_walker_ != walker)) {
      return "a request to memory changed before it was granted";
    }
    if (walker >= kWalkers || out_[walker]) return "a second request of a walker";
    asked_ = now;
    asked_walker_ = walker;
    if (!pool.mem_ready_i) return "";
    asked_.reset();
    out_[walker] = now;
    reads_ += now.update ? 0 : 1;
    return "";
  }

  std::uint64_t reads() const { return reads_; }
  /// Cycles in which every walker had a request out.
  std::uint64_t overlaps() const { return overlaps_; }

 private:
  struct MemoryRequest {
    bool update;
    PhysicalAddress address;
    Pte expected, desired;
    std::uint64_t cycles_left;
  };

  Random& random_;
  PoolMemory& memory_;
  std::array<std::optional<MemoryRequest>, kWalkers> out_;  ///< granted, not answered yet
  std::optional<MemoryRequest> asked_;                      ///< not granted yet
  unsigned asked_walker_ = 0;
  std::uint64_t reads_ = 0, overlaps_ = 0;
};

}  // namespace tlmmu
