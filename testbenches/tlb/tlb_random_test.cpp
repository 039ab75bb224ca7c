// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testbenches/tlb/naive_tlb.h"

namespace tlmmu {
namespace {

using replacement::PolicyName;
using tlb_test::kGlobalData;
using tlb_test::kUserData;
using tlb_test::NaiveTlb;

struct Case {
  PolicyName policy;
  std::uint64_t entries;
  std::uint64_t ways;
};
std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.entries << " entries, " << c.ways;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::string(name_in(replacement::kPolicyNames, info.param.policy)) + "_" +
         std::to_string(info.param.entries) + "_" + std::to_string(info.param.ways);
}

constexpr std::uint64_t kSeed = 31;

/// A stream of what a TLB is asked, in a few address spaces over a few overlapping pages.
class Stream {
 public:
  explicit Stream(std::uint64_t entries) : pages_(entries * 2) {}
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  Asid asid() { return Asid(static_cast<std::uint16_t>(random_.below(3))); }
  VirtualAddress address() {
    // dense small pages, and a few far ones; repeats are common
    if (random_.below(3) == 0) return last_;
    const std::uint64_t region = random_.below(4) << 21U;
    const std::uint64_t page = random_.below(pages_) * random_.below(pages_) / pages_;
    last_ = VirtualAddress(region + (page << 12U) + random_.below(4096));
    return last_;
  }
  TlbEntry entry(VirtualAddress address, Asid asid) {
    constexpr PageSize kSizes[] = {PageSize::k4KiB, PageSize::k4KiB, PageSize::k4KiB,
                                   PageSize::k4KiB, PageSize::k2MiB, PageSize::k1GiB};
    const PageSize size = kSizes[random_.below(random_.below(4) == 0 ? 6 : 4)];
    const std::uint8_t flags = random_.below(8) == 0 ? kGlobalData : kUserData;
    return {{align_down(address.page(), size), Ppn(random_.below(100)), size, PteFlags(flags)},
            asid};
  }
  Fence fence() {
    Fence result;
    if (random_.below(4) != 0) result.vpn = address().page();
    if (random_.below(2) != 0) result.asid = asid();
    return result;
  }

 private:
  Random random_{kSeed};
  std::uint64_t pages_;
  VirtualAddress last_;
};

class TlbArrayAgainstNaive : public testing::TestWithParam<Case> {
 protected:
  TlbConfig config() const {
    TlbConfig result;
    result.entries = GetParam().entries;
    result.ways = GetParam().ways;
    result.replacement = GetParam().policy;
    return result;
  }
};

std::vector<TlbEntry> contents(const TlbArray& array) {
  std::vector<TlbEntry> result;
  array.for_each([&](const TlbEntry& entry) { result.push_back(entry); });
  return result;
}

TEST_P(TlbArrayAgainstNaive, random_streams_give_the_same_entries_and_victims) {
  TlbArray array(config(), kSeed);
  NaiveTlb naive(config(), kSeed);
  Stream stream(GetParam().entries);
  for (int step = 0; step < 3000; ++step) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " step " + std::to_string(step));
    if (stream.below(64) == 0) {
      const Fence fence = stream.fence();
      array.fence(fence, [](const TlbEntry&) {});
      naive.fence(fence);
    }
    const VirtualAddress address = stream.address();
    const Asid asid = stream.asid();
    const TlbEntry* found = array.lookup(address, asid);
    const auto expected = naive.lookup(address, asid);
    ASSERT_EQ(found != nullptr, expected.has_value());
    if (found != nullptr) {
      ASSERT_EQ(*found, *expected);
    }
    if (found == nullptr || stream.below(16) == 0) {
      const TlbEntry entry = stream.entry(address, asid);
      const auto inserted = array.insert(entry, [](const TlbEntry&) {});
      ASSERT_EQ(inserted.victim, naive.insert(entry));
    }
    if (stream.below(32) == 0) {
      const TlbEntry entry = stream.entry(address, asid);
      array.remove(entry);
      naive.remove(entry);
    }
  }
  EXPECT_EQ(contents(array), naive.contents());
  EXPECT_EQ(array.size(), naive.contents().size());
}

TEST_P(TlbArrayAgainstNaive, the_shortcut_leaves_the_same_state_as_the_plain_path) {
  TlbArray fast(config(), kSeed);
  TlbArray plain(config(), kSeed);
  Stream stream(GetParam().entries);
  for (int step = 0; step < 1500; ++step) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + " step " + std::to_string(step));
    if (stream.below(64) == 0) {
      const Fence fence = stream.fence();
      fast.fence(fence, [](const TlbEntry&) {});
      plain.fence(fence, [](const TlbEntry&) {});
    }
    const VirtualAddress address = stream.address();
    const Asid asid = stream.asid();
    const TlbEntry* found = fast.lookup(address, asid);
    const TlbEntry* expected = plain.lookup_plain(address, asid);
    ASSERT_EQ(found == nullptr, expected == nullptr);
    if (found != nullptr) {
      ASSERT_EQ(*found, *expected);
    }
    if (found == nullptr || stream.below(16) == 0) {
      const TlbEntry entry = stream.entry(address, asid);
      ASSERT_EQ(fast.insert(entry, [](const TlbEntry&) {}).victim,
                plain.insert(entry, [](const TlbEntry&) {}).victim);
    }
    ASSERT_TRUE(fast == plain);
  }
}

INSTANTIATE_TEST_SUITE_P(
    all, TlbArrayAgainstNaive,
    testing::Values(Case{PolicyName::lru, 16, 4}, Case{PolicyName::lru, 21, 3},
                    Case{PolicyName::lru, 40, 40}, Case{PolicyName::tree_plru, 16, 8},
                    Case{PolicyName::tree_plru, 32, 32}, Case{PolicyName::fifo, 15, 5},
                    Case{PolicyName::fifo, 33, 33}, Case{PolicyName::srrip, 24, 6},
                    Case{PolicyName::srrip, 36, 18}, Case{PolicyName::random, 16, 4},
                    Case{PolicyName::random, 20, 20}),
    name_of);

}  // namespace
}  // namespace tlmmu
