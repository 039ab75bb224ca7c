// SPDX-License-Identifier: Apache-2.0
// TLB and walker in hardware as one MMU, against a walk from the root for each request.
#include <gtest/gtest.h>
#include <verilated.h>

#include <memory>
#include <vector>

#include "Vmmu_sv39.h"
#include "models/arch/fence.h"
#include "models/arch/pte.h"
#include "models/base/random.h"
#include "models/ptw/walk.h"
#include "testbenches/support/seed.h"

namespace tlmmu {
namespace {

/// Tables in a small memory: each address space maps the same pages to frames of its own. One
/// page-table page per level and address space; virtual pages differ in their low VPN bits.
class Tables {
 public:
  static constexpr std::uint64_t kSpaces = 3, kPages = 12, kWords = 512;

  explicit Tables(Random& random) : words_(kSpaces * 3 * kWords) {
    for (std::uint16_t space = 0; space < kSpaces; ++space) {
      at(space, 2, 0) = pointer(space, 1);
      at(space, 1, 0) = pointer(space, 0);
      at(space, 1, 1) = leaf(random, 1, false);
      for (std::uint64_t page = 0; page < kPages; ++page) {
        at(space, 0, page) = leaf(random, 0, page < 2);
      }
    }
    // Global pages are the same in every address space.
    for (std::uint16_t space = 1; space < kSpaces; ++space) {
      for (std::uint64_t page = 0; page < 2; ++page) at(space, 0, page) = at(0, 0, page);
    }
  }

  static Ppn root(std::uint16_t space) { return frame(space, 2); }
  std::uint64_t* word(std::uint64_t address) {
    const std::uint64_t index = (address - kBase) / sizeof(std::uint64_t);
    return address < kBase || index >= words_.size() ? nullptr : &words_[index];
  }
  /// Gives the page around `address` another frame, in all address spaces if it is global.
  void remap(std::uint16_t space, VirtualAddress address, Random& random) {
    const bool large = (address.value() >> 21U) != 0;
    const std::uint64_t page = large ? 1 : address.value() >> kPageShift;
    const bool global = !large && page < 2;
    const std::uint64_t fresh = leaf(random, large ? 1 : 0, global);
    for (std::uint16_t each = 0; each < kSpaces; ++each) {
      if (global || each == space) at(each, large ? 1 : 0, page) = fresh;
    }
  }
  bool is_global(VirtualAddress address) const { return address.value() >> kPageShift < 2; }

 private:
  static constexpr std::uint64_t kBase = 0x80000000;

  static Ppn frame(std::uint16_t space, unsigned level) {
    return Ppn((kBase >> kPageShift) + space * 3U + level);
  }
  static std::uint64_t pointer(std::uint16_t space, unsigned level) {
    return Pte(frame(space, level), PteFlags(PteFlags::kV)).raw();
  }
  static std::uint64_t leaf(Random& random, unsigned level, bool global) {
    constexpr std::uint64_t kRights[] = {0b001, 0b011, 0b100, 0b101, 0b111, 0b111};
    std::uint64_t flags = PteFlags::kV | kRights[random.below(std::size(kRights))] << 1U;
    flags |= random.next() & (PteFlags::kU | PteFlags::kA | PteFlags::kD);
    if (global) flags |= PteFlags::kG;
    const std::uint64_t ppn = (random.next() & low_mask(44)) & ~low_mask(9 * level);
    return ppn << Pte::kPpnLow | flags;
  }
  std::uint64_t& at(std::uint16_t space, unsigned level, std::uint64_t index) {
    return words_[(space * 3U + level) * kWords + index];
  }

  std::vector<std::uint64_t> words_;
};

struct Answer {
  bool fault;
  std::uint64_t what;  ///< physical address, or cause
  friend bool operator==(const Answer& a, const Answer& b) {
    return a.fault == b.fault && a.what == b.what;
  }
};

/// By the model, from the root. Changes nothing.
Answer expected(const WalkRequest& request, Tables& tables) {
  Walk walk(request, WalkRules());
  while (!walk.ended()) {
    if (const auto* read = std::get_if<PteRead>(&walk.step())) {
      const std::uint64_t* word = tables.word(read->address.value());
      word == nullptr ? walk.supply_error() : walk.supply(Pte(*word));
    } else {
      walk.supply(std::get<PteUpdate>(walk.step()).expected);
    }
  }
  if (const auto* fault = std::get_if<WalkFault>(&walk.step())) {
    return {true, static_cast<std::uint64_t>(fault->cause)};
  }
  return {false, std::get<Translation>(walk.step()).apply(request.address).value()};
}

/// Whether a walk would have to set A or D.
bool wants_update(const WalkRequest& request, Tables& tables) {
  Walk walk(request, WalkRules());
  while (const auto* read = std::get_if<PteRead>(&walk.step())) {
    const std::uint64_t* word = tables.word(read->address.value());
    word == nullptr ? walk.supply_error() : walk.supply(Pte(*word));
  }
  return std::holds_alternative<PteUpdate>(walk.step());
}

class MmuRtl : public ::testing::Test {
 protected:
  MmuRtl() {
    mmu_ = std::make_unique<Vmmu_sv39>(&context_, "mmu");
    mmu_->rst_n = 0;
    cycle();
    cycle();
    mmu_->rst_n = 1;
  }
  ~MmuRtl() override {
    Verilated::threadContextp(&context_);
    mmu_.reset();
  }

  void cycle() {
    mmu_->clk = 0;
    const bool answers = asked_;
    mmu_->mem_rsp_valid = answers;
    if (answers) answer();
    mmu_->eval();
    ready_ = mmu_->req_ready != 0;
    asked_ = mmu_->mem_valid != 0;
    update_ = mmu_->mem_update != 0;
    address_ = mmu_->mem_addr;
    expected_ = mmu_->mem_expected;
    desired_ = mmu_->mem_desired;
    done_ = mmu_->rsp_valid != 0;
    hit_ = mmu_->rsp_hit != 0;
    response_ =
        mmu_->rsp_fault != 0 ? Answer{true, mmu_->rsp_cause} : Answer{false, mmu_->rsp_paddr};
    mmu_->clk = 1;
    mmu_->eval();
  }

  /// The hardware's answer, during which `fence` is executed some cycles later if there is one.
  Answer translate(const WalkRequest& request, std::uint64_t fence_in = ~std::uint64_t{0}) {
    mmu_->req_valid = 1;
    mmu_->req_vaddr = request.address.value();
    mmu_->req_access = static_cast<std::uint8_t>(request.type);
    mmu_->req_privilege = static_cast<std::uint8_t>(request.context.privilege);
    mmu_->req_sum = request.context.sum == Sum::permitted;
    mmu_->req_mxr = request.context.mxr == Mxr::on;
    mmu_->req_asid = request.space.asid.value();
    mmu_->req_root = request.space.root.value();
    do cycle();
    while (!ready_);
    mmu_->req_valid = 0;
    mmu_->req_vaddr = ~request.address.value();
    for (unsigned waited = 0; waited < 1000; ++waited) {
      mmu_->fence = waited == fence_in;
      mmu_->fence_by_address = mmu_->fence_by_asid = 0;
      cycle();
      mmu_->fence = 0;
      if (done_) return response_;
    }
    ADD_FAILURE() << "no answer";
    return {};
  }
  void fence(const Fence& fence) {
    mmu_->fence = 1;
    mmu_->fence_by_address = fence.vpn.has_value();
    mmu_->fence_vaddr = fence.vpn ? fence.vpn->value() << kPageShift : 0;
    mmu_->fence_by_asid = fence.asid.has_value();
    mmu_->fence_asid = fence.asid ? fence.asid->value() : 0;
    cycle();
    mmu_->fence = 0;
  }
  WalkRequest some_request() {
    WalkRequest request;
    std::uint64_t address = random_.below(Tables::kPages + 2) << kPageShift;
    if (random_.below(4) == 0) address = (1U << 21U) | random_.below(1U << 21U);
    if (random_.below(30) == 0) address |= std::uint64_t{1} << (39 + random_.below(25));
    request.address = VirtualAddress(address | random_.below(1U << kPageShift));
    request.type = static_cast<AccessType>(random_.below(3));
    request.context.privilege = random_.below(2) == 0 ? Privilege::user : Privilege::supervisor;
    request.context.sum = random_.below(2) == 0 ? Sum::forbidden : Sum::permitted;
    request.context.mxr = random_.below(2) == 0 ? Mxr::off : Mxr::on;
    const auto space = static_cast<std::uint16_t>(random_.below(Tables::kSpaces));
    request.space = {PagingModeName::sv39, Tables::root(space), Asid(space)};
    return request;
  }
  bool hit() const { return hit_; }

  Random random_{testing::seed_or(1)};
  Tables tables_{random_};

 private:
  void answer() {
    std::uint64_t* word = tables_.word(address_);
    mmu_->mem_rsp_error = word == nullptr;
    if (word == nullptr) return;
    mmu_->mem_rsp_data = *word;
    if (update_ && *word == expected_) *word = desired_;
  }

  VerilatedContext context_;
  std::unique_ptr<Vmmu_sv39> mmu_;
  bool ready_ = false, asked_ = false, update_ = false, done_ = false, hit_ = false;
  std::uint64_t address_ = 0, expected_ = 0, desired_ = 0;
  Answer response_{};
};

TEST_F(MmuRtl, answers_as_a_walk_from_the_root_with_fences_in_every_state) {
  for (unsigned i = 0; i < 20'000; ++i) {
    const WalkRequest request = some_request();
    if (random_.below(8) == 0) {
      // A fresh PTE, whose A and D are random.
      tables_.remap(request.space.asid.value(), request.address, random_);
      fence(Fence{});
    }
    const Answer right = expected(request, tables_);
    const std::uint64_t fence_in = random_.below(4) == 0 ? random_.below(24) : ~std::uint64_t{0};
    ASSERT_TRUE(translate(request, fence_in) == right) << "request " << i;
    // A global translation serves address spaces whose own copy of its PTE is untouched.
    if (tables_.is_global(request.address)) continue;
    ASSERT_FALSE(wants_update(request, tables_)) << "request " << i;
  }
}

TEST_F(MmuRtl, a_translation_that_was_just_walked_is_answered_without_a_walk) {
  unsigned hits = 0;
  for (unsigned i = 0; i < 5'000; ++i) {
    const WalkRequest request = some_request();
    if (translate(request).fault) continue;
    EXPECT_FALSE(translate(request).fault);
    EXPECT_TRUE(hit()) << "request " << i;
    ++hits;
  }
  EXPECT_GT(hits, 500U);
}

TEST_F(MmuRtl, each_fence_removes_what_it_names_and_nothing_else) {
  unsigned removed = 0, kept = 0;
  for (unsigned i = 0; i < 20'000; ++i) {
    const WalkRequest request = some_request();
    if (translate(request).fault) continue;
    Fence some;
    // A fence by an address that is not canonical may do anything to the page of its low bits.
    constexpr std::uint64_t kVpn = low_mask(27);
    if (random_.below(2) == 0) some.vpn = Vpn(some_request().address.page().value() & kVpn);
    if (random_.below(3) == 0) some.vpn = request.address.page();
    if (random_.below(2) == 0) some.asid = some_request().space.asid;
    const bool large = (request.address.value() >> 21U) != 0;
    const PageSize size = large ? PageSize::k2MiB : PageSize::k4KiB;
    const bool same_page =
        !some.vpn || align_down(*some.vpn, size) == align_down(request.address.page(), size);
    const bool named =
        same_page && some.names(SpaceTag(request.space.asid), tables_.is_global(request.address));
    if (named) tables_.remap(request.space.asid.value(), request.address, random_);
    fence(some);
    const Answer right = expected(request, tables_);
    ASSERT_TRUE(translate(request) == right) << "request " << i;
    EXPECT_EQ(hit(), !named) << "request " << i;
    ++(named ? removed : kept);
    // Other address spaces may hold what was remapped.
    if (named) fence(Fence{});
  }
  EXPECT_GT(removed, 500U);
  EXPECT_GT(kept, 500U);
}

}  // namespace
}  // namespace tlmmu
