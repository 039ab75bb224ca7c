// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/process/process.h"

namespace tlmmu::kernel {

/// Gives out address-space identifiers. When all are used up, a new generation begins: every TLB is
/// flushed once, and each process gets a new one when it runs next (as Linux does on RISC-V).
class Asids {
 public:
  /// 1 to `count` are given out; 0 is the kernel's own.
  explicit Asids(std::uint32_t count) : count_(count) {}

  enum class Flush : std::uint8_t { no, all };
  /// Makes sure that `process` has an ASID of this generation. After Flush::all the caller fences
  /// everything before the process runs.
  Flush renew(Process& process) {
    if (is_current(process)) return Flush::no;
    const bool rollover = next_ > count_;
    if (rollover) {
      ++generation_;
      next_ = 1;
    }
    process.asid = Asid(static_cast<std::uint16_t>(next_++));
    process.asid_generation = generation_;
    ++given_;
    return rollover ? Flush::all : Flush::no;
  }
  std::uint64_t given() const { return given_; }
  std::uint32_t given_in_generation() const { return next_ - 1; }
  /// Whether TLBs may hold entries under the ASID of `process`.
  bool is_current(const Process& process) const { return process.asid_generation == generation_; }

 private:
  std::uint32_t count_;
  std::uint32_t next_ = 1;
  std::uint64_t generation_ = 1;
  std::uint64_t given_ = 0;
};

}  // namespace tlmmu::kernel
