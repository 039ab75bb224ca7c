// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/quantity.h"
#include "models/config/visitor.h"
#include "models/replacement/policy_name.h"

namespace tlmmu {

/// What a cache does with a write.
enum class WritePolicy : std::uint8_t {
  write_back,     ///< keeps it: the line becomes dirty; a miss fetches the line first
  write_through,  ///< passes it on at once; a miss brings no line in
};
constexpr EnumName<WritePolicy> kWritePolicyNames[] = {
    {WritePolicy::write_back, "write_back"},
    {WritePolicy::write_through, "write_through"},
};

/// What a cache is asked for: an instruction cache is never written.
enum class CacheRole : std::uint8_t { instruction, general };

/// One cache: [cache.l1i], [cache.l1d], [cache.l2].
struct CacheConfig {
  CacheRole role = CacheRole::general;  ///< no key: given by the place in the machine

  bool enabled = true;  ///< the platform leaves out what is not
  Bytes size = kibibytes(32);
  Bytes line{64};
  std::uint64_t ways = 8;
  replacement::PolicyName replacement = replacement::PolicyName::lru;
  WritePolicy write_policy = WritePolicy::write_back;  ///< not of an instruction cache
  Cycles hit_latency{3};

  static CacheConfig l1_instruction();
  static CacheConfig l1_data() { return CacheConfig(); }
  static CacheConfig l2();

  std::uint64_t sets() const { return size / (line * ways); }
  void describe(config::Visitor& v);

 private:
  void describe_array(config::Visitor& v);
};

}  // namespace tlmmu
