// SPDX-License-Identifier: Apache-2.0
// Random page tables and requests: the walk against a second reading of the specification.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "models/base/random.h"
#include "models/ptw/walk_cache.h"
#include "testbenches/conformance/naive_translator.h"
#include "testbenches/support/page_table_builder.h"
#include "testbenches/support/seed.h"
#include "testbenches/support/walk_driver.h"

namespace tlmmu {
namespace {

using testing::naive_translate;
using testing::NaiveAnswer;
using testing::NaiveRequest;
using testing::run_walk;
using testing::WalkRecord;

constexpr PagingModeName kTranslatingModes[] = {PagingModeName::sv32, PagingModeName::sv39,
                                                PagingModeName::sv48, PagingModeName::sv57};

/// The few words that one walk can touch.
struct SparseMemory {
  std::map<std::uint64_t, std::uint64_t> words;

  std::optional<Pte> read(PhysicalAddress address) const {
    const auto found = words.find(address.value());
    if (found == words.end()) return std::nullopt;
    return Pte(found->second);
  }
  bool write(PhysicalAddress address, Pte pte) {
    words[address.value()] = pte.raw();
    return true;
  }
};

struct Case {
  WalkRequest request;
  WalkRules rules;
  SparseMemory memory;
};

/// Makes cases of which most come far: what is wrong with a case is one thing, rarely two.
class CaseMaker {
 public:
  explicit CaseMaker(std::uint64_t seed) : random_(seed) {}

  Case next() {
    Case made;
    const PagingModeName name = kTranslatingModes[random_.below(std::size(kTranslatingModes))];
    const PagingMode& mode = paging_mode(name);
    made.request.address = address(mode);
    made.request.type = kAccessTypeNames[random_.below(3)].value;
    made.request.context = {one_in(2) ? Privilege::user : Privilege::supervisor,
                            one_in(2) ? Sum::permitted : Sum::forbidden,
                            one_in(4) ? Mxr::on : Mxr::off};
    made.request.space = {name, Ppn(random_.below(1U << 20U)), Asid(0)};
    made.rules = {one_in(4) ? AdUpdate::fault : AdUpdate::hardware, extension(), extension()};
    Ppn table = made.request.space.root;
    for (unsigned level = mode.levels; level-- > 0;) {
      const PhysicalAddress at =
          address_of(table) + Bytes(mode.index(made.request.address, level) * mode.pte_bytes);
      if (one_in(64)) break;  // no memory here
      const bool leaf = level == 0 ? !one_in(32) : one_in(5);
      const Pte pte = leaf ? make_leaf(mode, level) : make_pointer(mode);
      made.memory.write(at, pte);
      if (leaf) break;
      table = pte.ppn();
    }
    return made;
  }

 private:
  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }

  VirtualAddress address(const PagingMode& mode) {
    const std::uint64_t any = random_.next();
    if (mode.xlen == 32) return VirtualAddress(any & low_mask(32));
    if (one_in(20)) return VirtualAddress(any);
    const unsigned unused = 64 - mode.virtual_bits;
    return VirtualAddress(
        static_cast<std::uint64_t>(static_cast<std::int64_t>(any << unused) >> unused));
  }
  Extension extension() { return one_in(2) ? Extension::present : Extension::absent; }
  Pte make_pointer(const PagingMode& mode) {
    std::uint64_t raw = Pte(any_frame(mode), PteFlags(1)).raw();
    if (one_in(8)) raw |= PteFlags::kG;
    return disturbed(mode, raw);
  }
  Pte make_leaf(const PagingMode& mode, unsigned level) {
    std::uint64_t frame = any_frame(mode).value();
    if (!one_in(8)) frame &= ~low_mask(mode.index_bits * level);
    const std::uint64_t flags = random_.next() & 0xf0U;
    constexpr std::uint64_t kKinds[] = {2, 6, 8, 10, 14};  // R, RW, X, RX, RWX
    std::uint64_t raw = frame << 10U | flags | kKinds[random_.below(5)] | 1U;
    if (mode.pte_bytes == 8 && one_in(8)) raw = with_bits(raw, 61, 2, random_.below(4));
    if (mode.pte_bytes == 8 && one_in(5)) raw = napot(raw);
    return disturbed(mode, raw);
  }
  /// N and, mostly, the one pattern of the low PPN bits that means something.
  std::uint64_t napot(std::uint64_t raw) {
    if (!one_in(8)) raw = with_bits(raw, Pte::kPpnLow, 4, 8);
    return raw | std::uint64_t{1} << 63U;
  }
  Ppn any_frame(const PagingMode& mode) {
    return Ppn(random_.below(std::uint64_t{1} << mode.ppn_bits));
  }
  Pte disturbed(const PagingMode& mode, std::uint64_t raw) {
    if (one_in(16)) raw ^= std::uint64_t{1} << random_.below(std::uint64_t{8} * mode.pte_bytes);
    return Pte(raw);
  }

  Random random_;
};

int number_of(PagingModeName mode) {
  return mode == PagingModeName::bare ? 0 : static_cast<int>(paging_mode(mode).virtual_bits);
}

NaiveAnswer naive(const Case& c, SparseMemory& memory) {
  const WalkRequest& asked = c.request;
  const char access = asked.type == AccessType::fetch  ? 'x'
                      : asked.type == AccessType::load ? 'r'
                                                       : 'w';
  const NaiveRequest request{number_of(asked.space.mode),
                             asked.space.root.value(),
                             asked.address.value(),
                             access,
                             asked.context.privilege == Privilege::user,
                             asked.context.sum == Sum::permitted,
                             asked.context.mxr == Mxr::on,
                             c.rules.ad_update == AdUpdate::hardware,
                             c.rules.svnapot == Extension::present,
                             c.rules.svpbmt == Extension::present};
  return naive_translate(
      request,
      [&](std::uint64_t at) -> std::optional<std::uint64_t> {
        const auto found = memory.words.find(at);
        if (found == memory.words.end()) return std::nullopt;
        return found->second;
      },
      [&](std::uint64_t at, std::uint64_t word) { memory.words[at] = word; });
}

void expect_same(const WalkRecord& walked, const NaiveAnswer& expected, const WalkRequest& asked) {
  EXPECT_EQ(walked.reads.size(), static_cast<std::size_t>(expected.reads));
  if (expected.kind != NaiveAnswer::translated) {
    ASSERT_NE(walked.fault(), nullptr);
    EXPECT_EQ(walked.fault()->cause, expected.kind == NaiveAnswer::page_fault
                                         ? page_fault(asked.type)
                                         : access_fault(asked.type));
    return;
  }
  ASSERT_NE(walked.translation(), nullptr);
  const Translation& translation = *walked.translation();
  EXPECT_EQ(translation.apply(asked.address).value(), expected.physical);
  EXPECT_EQ(bytes_of(translation.size).value(), expected.page_bytes);
  EXPECT_EQ(translation.flags.raw(), expected.flags);
  EXPECT_EQ(translation.vpn, align_down(asked.address.page(), translation.size));
}

TEST(RandomWalk, agrees_with_a_second_reading_of_the_specification) {
  const std::uint64_t seed = testing::seed_or(1);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  CaseMaker maker(seed);
  std::array<unsigned, std::size(kVatpStepNames)> faults{};
  std::map<PageSize, unsigned> leaves;
  unsigned updates = 0;
  for (int i = 0; i < 100'000; ++i) {
    Case c = maker.next();
    SparseMemory naive_memory = c.memory;
    const NaiveAnswer expected = naive(c, naive_memory);
    const WalkRecord walked = run_walk(Walk(c.request, c.rules), c.memory);
    expect_same(walked, expected, c.request);
    EXPECT_EQ(c.memory.words, naive_memory.words);
    if (const auto* fault = walked.fault()) ++faults[static_cast<std::size_t>(fault->step)];
    if (walked.translation() != nullptr) ++leaves[walked.translation()->size];
    updates += walked.updates.empty() ? 0 : 1;
    ASSERT_FALSE(HasFailure()) << "in case " << i;
  }
  // The cases reach every branch, else the agreement means little.
  for (const VatpStep step :
       {VatpStep::canonical_address, VatpStep::pte_access, VatpStep::pte_format, VatpStep::pointer,
        VatpStep::alignment, VatpStep::user_bit, VatpStep::permission, VatpStep::accessed_dirty}) {
    EXPECT_GT(faults[static_cast<std::size_t>(step)], 500U) << name_in(kVatpStepNames, step);
  }
  for (const auto& size : kPageSizeNames) EXPECT_GT(leaves[size.value], 500U) << size.name;
  EXPECT_GT(updates, 5'000U);
}

TEST(RandomWalk, through_a_walk_cache_translates_the_same_with_fewer_reads) {
  const std::uint64_t seed = testing::seed_or(2);
  SCOPED_TRACE("TLMMU_SEED=" + std::to_string(seed));
  Random random(seed);
  for (const PagingModeName mode : kTranslatingModes) {
    testing::PageTableBuilder tables(mode);
    std::vector<VirtualAddress> pages;
    for (std::uint64_t i = 0; i < 300; ++i) {
      // near and far pages, so that hits occur at every level
      const std::uint64_t spread = 12 + random.below(paging_mode(mode).virtual_bits - 13);
      pages.emplace_back(random.below(std::uint64_t{1} << spread) & ~low_mask(12));
      tables.map(pages.back(), Ppn(1000 + i));
    }
    WalkCache cache({{8, 2}, {4, 4}, {2, 2}}, seed);
    WalkCacheStats stats;
    std::size_t saved = 0;
    for (int i = 0; i < 2'000; ++i) {
      const WalkRequest asked{
          pages[random.below(pages.size())], AccessType::load, {}, tables.space()};
      const WalkRecord plain = run_walk(Walk(asked, {}), tables);
      const WalkRecord cached = run_walk(asked, cache, stats, tables);
      ASSERT_NE(cached.translation(), nullptr);
      EXPECT_EQ(cached.translation()->apply(asked.address),
                plain.translation()->apply(asked.address));
      saved += plain.reads.size() - cached.reads.size();
    }
    EXPECT_GT(saved, 1'000U);
  }
}

}  // namespace
}  // namespace tlmmu
