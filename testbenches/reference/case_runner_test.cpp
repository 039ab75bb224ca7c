// SPDX-License-Identifier: Apache-2.0
#include "models/reference/case_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "models/reference/cold_mmu.h"

namespace tlmmu::reference {
namespace {

/// Notes what it is asked, and translates as it is told.
class NotingTranslator : public Translator {
 public:
  TranslationResult translate(const WalkRequest& request) override {
    requests.push_back(request);
    return result;
  }
  void fence(const Fence& fence) override { fences.push_back(fence); }
  void hart_changed() override { ++changes; }

  TranslationResult result = Refused{ExceptionCause::load_page_fault};
  std::vector<WalkRequest> requests;
  std::vector<Fence> fences;
  int changes = 0;
};

class CaseRunnerTest : public ::testing::Test {
 protected:
  /// Runs the lines of `text` after "mode sv48" and "ext h,svinval"; the answers, a line for each.
  std::string run(const std::string& text, FinalPmp final_pmp = FinalPmp::ignored) {
    std::istringstream input("mode sv48\next h,svinval\n" + text);
    CaseRunner runner(machine_, translator_, final_pmp);
    std::string answers;
    for (const Line& line : parse_walk_case(input, "case").lines) {
      const auto answer = runner.run(line);
      if (!answer) continue;
      answers += to_text(std::get<Request>(line.content).id, *answer, Detail::outcome) + "\n";
    }
    return answers;
  }

  CaseMachine machine_{PagingModeName::sv48};
  NotingTranslator translator_;
};

TEST_F(CaseRunnerTest, out_of_reset_nothing_is_translated) {
  EXPECT_EQ(run("req a 0x1234 R S 0 0\nreq b 0xff R VS 0 0\n"),
            "a ok 0x1234 bare\nb ok 0xff bare\n");
  EXPECT_TRUE(translator_.requests.empty());
}

TEST_F(CaseRunnerTest, machine_mode_is_not_translated) {
  EXPECT_EQ(run("satp 0x9000000000000001\nreq a 0x1234 R M 0 0\n"), "a ok 0x1234 bare\n");
}

TEST_F(CaseRunnerTest, a_request_carries_satp_and_the_hart_state) {
  run("satp 0x9000300000000005\nreq a 0x1234 W U 1 0\n");
  ASSERT_EQ(translator_.requests.size(), 1U);
  const WalkRequest& request = translator_.requests[0];
  EXPECT_EQ(request.address, VirtualAddress(0x1234));
  EXPECT_EQ(request.type, AccessType::store);
  EXPECT_EQ(request.context, (AccessContext{Privilege::user, Sum::permitted, Mxr::off, Mxr::off}));
  EXPECT_EQ(request.space.mode, PagingModeName::sv48);
  EXPECT_EQ(request.space.root, Ppn(5));
  EXPECT_EQ(request.space.asid, Asid(3));
  EXPECT_EQ(request.stages, Stages::single);
}

TEST_F(CaseRunnerTest, a_guest_s_request_carries_vsatp_and_hgatp) {
  run("satp 0x9000300000000005\nvsatp 0x8000200000000006\nhgatp 0x9000700000000010\n"
      "req a 0x1234 R VS 0 1\n");
  ASSERT_EQ(translator_.requests.size(), 1U);
  const WalkRequest& request = translator_.requests[0];
  EXPECT_EQ(request.context, (AccessContext{Privilege::supervisor, Sum::forbidden, Mxr::on}));
  EXPECT_EQ(request.space.mode, PagingModeName::sv39);
  EXPECT_EQ(request.space.root, Ppn(6));
  EXPECT_EQ(request.space.asid, Asid(2));
  EXPECT_EQ(request.stages, Stages::both);
  EXPECT_EQ(request.guest.mode, PagingModeName::sv48x4);
  EXPECT_EQ(request.guest.root, Ppn(0x10));
  EXPECT_EQ(request.guest.vmid, Vmid(7));
}

TEST_F(CaseRunnerTest, a_guest_goes_through_the_stages_that_are_not_bare) {
  run("vsatp 0x8000200000000006\nreq a 0 R VS 0 0\n"
      "vsatp 0\nhgatp 0x9000700000000010\nreq b 0 R VU 0 0\n");
  ASSERT_EQ(translator_.requests.size(), 2U);
  EXPECT_EQ(translator_.requests[0].stages, Stages::vs);
  EXPECT_EQ(translator_.requests[1].stages, Stages::g);
}

TEST_F(CaseRunnerTest, a_mode_that_the_hart_has_not_leaves_satp_as_it_was) {
  run("satp 0x8000000000000005\nsatp 0xa000000000000006\nreq a 0 R S 0 0\n");
  EXPECT_EQ(translator_.requests.at(0).space.root, Ppn(5));
}

TEST_F(CaseRunnerTest, a_mode_that_the_hart_has_not_leaves_vsatp_and_hgatp_their_mode_only) {
  run("vsatp 0x8000000000000005\nvsatp 0xa000000000000006\n"
      "hgatp 0x8000000000000010\nhgatp 0xa000000000000020\nreq a 0 R VS 0 0\n");
  const WalkRequest& request = translator_.requests.at(0);
  EXPECT_EQ(request.space.mode, PagingModeName::sv39);
  EXPECT_EQ(request.space.root, Ppn(6));
  EXPECT_EQ(request.guest.mode, PagingModeName::sv39x4);
  EXPECT_EQ(request.guest.root, Ppn(0x20));
}

TEST_F(CaseRunnerTest, extensions_hold_from_their_line_on) {
  EXPECT_EQ(machine_.hart.rules.ad_update, AdUpdate::fault);
  run("ext svnapot\next svadu,svpbmt\n");
  EXPECT_EQ(machine_.hart.rules.ad_update, AdUpdate::hardware);
  EXPECT_EQ(machine_.hart.rules.svnapot, Extension::present);
  EXPECT_EQ(machine_.hart.rules.svpbmt, Extension::present);
  run("ext svade\n");
  EXPECT_EQ(machine_.hart.rules.ad_update, AdUpdate::fault);
  EXPECT_EQ(machine_.hart.rules.svnapot, Extension::present);
}

TEST_F(CaseRunnerTest, the_translator_hears_of_extensions_and_pmp) {
  run("");
  const int before = translator_.changes;  // of "ext h,svinval"
  run("ext svadu\npmp 0 0 0\n");
  EXPECT_EQ(translator_.changes, before + 3);
}

TEST_F(CaseRunnerTest, pmp_addresses_are_written_before_the_lock) {
  run("pmp 3 0x98 0x200005ff\npmp 3 0 0\n");
  EXPECT_EQ(machine_.hart.pmp.addr(3), 0x2000'05ffU);
  EXPECT_EQ(machine_.hart.pmp.cfg(3).raw(), 0x98);
}

TEST_F(CaseRunnerTest, csr_writes_are_followed_by_the_fence_that_they_need) {
  run("hgatp 0x8000700000000010\nsatp 0\nvsatp 0\n");
  const auto& fences = translator_.fences;
  ASSERT_EQ(fences.size(), 4U);
  EXPECT_EQ(fences[0].kind, FenceKind::hfence_gvma);
  EXPECT_EQ(fences[0].vmid, std::nullopt);
  EXPECT_EQ(fences[1].kind, FenceKind::hfence_vvma);
  EXPECT_EQ(fences[1].vmid, Vmid(7));
  EXPECT_EQ(fences[2].kind, FenceKind::sfence_vma);
  EXPECT_EQ(fences[3].kind, FenceKind::hfence_vvma);
  for (const Fence& fence : fences) {
    EXPECT_EQ(fence.vpn, std::nullopt);
    EXPECT_EQ(fence.asid, std::nullopt);
  }
}

TEST_F(CaseRunnerTest, csr_writes_without_a_fence_have_none) {
  run("satp_nofence 0\nvsatp_nofence 0\nhgatp_nofence 0\n");
  EXPECT_TRUE(translator_.fences.empty());
}

TEST_F(CaseRunnerTest, fences_name_page_and_space) {
  run("hgatp_nofence 0x0000700000000010\n"
      "sfence\nsfence 0x1fff 5\nhfence.vvma - 5\nhfence.gvma 0x2000 6\nhfence.gvma\n");
  const auto& fences = translator_.fences;
  ASSERT_EQ(fences.size(), 5U);
  EXPECT_EQ(fences[0].vpn, std::nullopt);
  EXPECT_EQ(fences[1].vpn, Vpn(1));
  EXPECT_EQ(fences[1].asid, Asid(5));
  EXPECT_EQ(fences[2].kind, FenceKind::hfence_vvma);
  EXPECT_EQ(fences[2].vpn, std::nullopt);
  EXPECT_EQ(fences[2].asid, Asid(5));
  EXPECT_EQ(fences[2].vmid, Vmid(7));
  EXPECT_EQ(fences[3].kind, FenceKind::hfence_gvma);
  EXPECT_EQ(fences[3].vpn, Vpn(2));
  EXPECT_EQ(fences[3].asid, std::nullopt);
  EXPECT_EQ(fences[3].vmid, Vmid(6));
  EXPECT_EQ(fences[4].vmid, std::nullopt);
}

TEST_F(CaseRunnerTest, svinval_names_the_same_and_its_ordering_instructions_nothing) {
  run("sinval.vma 0x1000 5\nhinval.vvma\nhinval.gvma\nsfence.w.inval\nsfence.inval.ir\n");
  const auto& fences = translator_.fences;
  ASSERT_EQ(fences.size(), 3U);
  EXPECT_EQ(fences[0].kind, FenceKind::sfence_vma);
  EXPECT_EQ(fences[0].vpn, Vpn(1));
  EXPECT_EQ(fences[0].asid, Asid(5));
  EXPECT_EQ(fences[1].kind, FenceKind::hfence_vvma);
  EXPECT_EQ(fences[1].vmid, Vmid(0));
  EXPECT_EQ(fences[2].kind, FenceKind::hfence_gvma);
}

TEST(Refused, has_a_guest_physical_address_if_it_is_a_guest_page_fault) {
  const auto guest_address_of = [](ExceptionCause cause) {
    return refused(cause, AccessType::load, GuestPhysicalAddress(0x77)).guest_address;
  };
  EXPECT_EQ(guest_address_of(ExceptionCause::load_guest_page_fault), GuestPhysicalAddress(0x77));
  EXPECT_EQ(guest_address_of(ExceptionCause::load_page_fault), std::nullopt);
  EXPECT_EQ(guest_address_of(ExceptionCause::load_access_fault), std::nullopt);
}

TEST_F(CaseRunnerTest, pmp_judges_the_final_address_on_demand) {
  const std::string text = "pmp 0 0x9 0x400\nreq a 0xfff R S 0 0\nreq b 0x1000 R U 0 0\n";
  EXPECT_EQ(run(text), "a ok 0xfff bare\nb ok 0x1000 bare\n");
  EXPECT_EQ(run(text, FinalPmp::checked), "a ok 0xfff bare\nb fault 5\n");
}

TEST_F(CaseRunnerTest, an_address_beyond_the_physical_ones_is_an_access_fault) {
  EXPECT_EQ(run("req a 0xffffffffffffff R M 0 0\nreq b 0x100000000000000 R S 0 0\n"
                "req c 0x8000000000000000 X VU 0 0\n"),
            "a ok 0xffffffffffffff bare\nb fault 5\nc fault 1\n");
}

TEST(CaseMemory, a_word_lies_in_memory_if_each_byte_of_it_does) {
  CaseMemory memory(8);
  memory.add({PhysicalAddress(0x1000), Bytes(0x14)});
  memory.add({PhysicalAddress(0x1014), Bytes(4)});
  memory.add({PhysicalAddress(0x2000), Bytes(4)});
  EXPECT_TRUE(memory.read(PhysicalAddress(0x1000)));
  EXPECT_TRUE(memory.read(PhysicalAddress(0x1010)));
  EXPECT_FALSE(memory.read(PhysicalAddress(0x1018)));
  EXPECT_FALSE(memory.read(PhysicalAddress(0x2000)));
  EXPECT_FALSE(memory.read(PhysicalAddress(0xff8)));
}

TEST(CaseMemory, a_later_word_wins) {
  CaseMemory memory(8);
  memory.set({PhysicalAddress(8), 1});
  memory.set({PhysicalAddress(8), 2});
  EXPECT_EQ(memory.read(PhysicalAddress(8)), Pte(2));
}

TEST(CaseMemory, swaps_only_what_is_expected_and_keeps_the_sequence) {
  CaseMemory memory(8);
  memory.set({PhysicalAddress(8), 1});
  EXPECT_EQ(memory.compare_and_swap(PhysicalAddress(8), Pte(3), Pte(5)), Pte(1));
  EXPECT_EQ(memory.compare_and_swap(PhysicalAddress(8), Pte(1), Pte(5)), Pte(1));
  EXPECT_EQ(memory.read(PhysicalAddress(8)), Pte(5));
  using Kind = PteAccess::Kind;
  EXPECT_THAT(memory.take_accesses(),
              ::testing::ElementsAre(PteAccess{Kind::read, PhysicalAddress(8), Pte(1)},
                                     PteAccess{Kind::write, PhysicalAddress(8), Pte(5)},
                                     PteAccess{Kind::read, PhysicalAddress(8), Pte(5)}));
  EXPECT_THAT(memory.take_accesses(), ::testing::IsEmpty());
}

}  // namespace
}  // namespace tlmmu::reference
