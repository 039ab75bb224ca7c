// SPDX-License-Identifier: Apache-2.0
#include "models/reference/walk_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace tlmmu::reference {
namespace {

WalkCase parsed(const std::string& text) {
  std::istringstream input(text);
  return parse_walk_case(input, "case");
}

/// The content of the only line after `mode` and `ext`.
template <class Content>
Content only_line(const std::string& line, const char* mode = "sv39") {
  const WalkCase walk_case =
      parsed("mode " + std::string(mode) + "\next h,svinval\n" + line + "\n");
  EXPECT_EQ(walk_case.lines.size(), 2U);
  return std::get<Content>(walk_case.lines.at(1).content);
}

TEST(WalkCase, every_kind_of_line_becomes_text_and_comes_back) {
  WalkCase walk_case{PagingModeName::sv48, {}};
  const Line::Content contents[] = {
      SetExtensions{{CaseExtension::svadu, CaseExtension::h}},
      SetExtensions{{CaseExtension::svade, CaseExtension::svnapot, CaseExtension::svpbmt,
                     CaseExtension::svinval}},
      MemoryWord{PhysicalAddress(0x8000'0008), 0xffff'ffff'ffff'ffff},
      RamRange{PhysicalAddress(0), Bytes(0x100'0000'0000'0000)},
      WriteCsr{SpaceCsr::satp, 0x9000'0000'0008'0000, CsrFence::follows},
      WriteCsr{SpaceCsr::satp, 0, CsrFence::none},
      WriteCsr{SpaceCsr::vsatp, 1, CsrFence::follows},
      WriteCsr{SpaceCsr::vsatp, 1, CsrFence::none},
      WriteCsr{SpaceCsr::hgatp, 2, CsrFence::follows},
      WriteCsr{SpaceCsr::hgatp, 2, CsrFence::none},
      WritePmp{15, 0x9f, 0xffff'ffff'ffff'ffff},
      RunFence{},
      RunFence{FenceInstruction::sfence, 0x1000},
      RunFence{FenceInstruction::sfence, std::nullopt, std::uint16_t{0xffff}},
      RunFence{FenceInstruction::hfence_vvma, 0x1000, std::uint16_t{3}},
      RunFence{FenceInstruction::hfence_gvma, 0x1000, std::uint16_t{0x3fff}},
      RunFence{FenceInstruction::sinval_vma, 0},
      RunFence{FenceInstruction::hinval_vvma},
      RunFence{FenceInstruction::hinval_gvma},
      RunFence{FenceInstruction::sfence_w_inval},
      RunFence{FenceInstruction::sfence_inval_ir},
      Request{"a", VirtualAddress(0xffff'ffff'ffff'ffff), AccessType::fetch, CaseMode::m,
              Sum::permitted, Mxr::off},
      Request{"b.2", VirtualAddress(0), AccessType::store, CaseMode::vs, Sum::forbidden, Mxr::on},
      Request{"c", VirtualAddress(0), AccessType::load, CaseMode::vu},
      Request{"d", VirtualAddress(0), AccessType::load, CaseMode::u},
  };
  for (const Line::Content& content : contents) walk_case.lines.push_back({content});
  const std::string text = to_text(walk_case);
  const WalkCase again = parsed(text);
  EXPECT_EQ(again.mode, PagingModeName::sv48);
  EXPECT_EQ(again.lines.size(), std::size(contents));
  EXPECT_EQ(to_text(again), text);
}

TEST(WalkCase, text_is_one_line_for_each) {
  const WalkCase walk_case{
      PagingModeName::sv32,
      {{SetExtensions{{CaseExtension::svadu, CaseExtension::svnapot}}},
       {MemoryWord{PhysicalAddress(0x1004), 0xcf}},
       {RamRange{PhysicalAddress(0x1000), Bytes(0x2000)}},
       {WriteCsr{SpaceCsr::satp, 0x8000'0001, CsrFence::none}},
       {WritePmp{1, 0x0f, 0x400}},
       {RunFence{FenceInstruction::sfence, std::nullopt, std::uint16_t{5}}},
       {Request{"r1", VirtualAddress(0x1234), AccessType::store, CaseMode::s, Sum::permitted}}}};
  EXPECT_EQ(to_text(walk_case),
            "mode sv32\n"
            "ext svadu,svnapot\n"
            "mem 0x1004 0xcf\n"
            "ram 0x1000 0x2000\n"
            "satp_nofence 0x80000001\n"
            "pmp 1 0xf 0x400\n"
            "sfence - 0x5\n"
            "req r1 0x1234 W S 1 0\n");
}

TEST(WalkCase, lines_know_their_numbers) {
  const WalkCase walk_case = parsed("\n# a case\nmode sv39\n\nsfence\n  # more\nsatp 0");
  ASSERT_EQ(walk_case.lines.size(), 2U);
  EXPECT_EQ(walk_case.lines[0].number, 5U);
  EXPECT_EQ(walk_case.lines[1].number, 7U);
}

TEST(WalkCase, comments_and_blanks_mean_nothing) {
  const WalkCase walk_case = parsed("mode\tsv39 # Sv39\r\n\r\n  satp  0x12#34\r\n");
  ASSERT_EQ(walk_case.lines.size(), 1U);
  EXPECT_EQ(std::get<WriteCsr>(walk_case.lines[0].content).raw, 0x12U);
}

TEST(WalkCase, numbers_are_in_c_notation) {
  EXPECT_EQ(only_line<MemoryWord>("mem 0x10 0XfF").value, 0xffU);
  EXPECT_EQ(only_line<MemoryWord>("mem 16 017").value, 15U);
  EXPECT_EQ(only_line<MemoryWord>("mem 0 0").address, PhysicalAddress(0));
}

TEST(WalkCase, the_mode_says_how_wide_numbers_are) {
  EXPECT_EQ(only_line<MemoryWord>("mem 0x3fffffffc 0xffffffff", "sv32").address,
            PhysicalAddress(0x3'ffff'fffc));
  EXPECT_EQ(only_line<MemoryWord>("mem 0xfffffffffffff8 1", "bare").address,
            PhysicalAddress(0xff'ffff'ffff'fff8));
  EXPECT_EQ(only_line<RunFence>("hfence.gvma 0x3ffffffff 0x7f", "sv32").address, 0x3'ffff'ffffU);
}

TEST(WalkCase, a_minus_stands_for_no_address) {
  const auto fence = only_line<RunFence>("hfence.vvma - 7");
  EXPECT_EQ(fence.address, std::nullopt);
  EXPECT_EQ(fence.space, 7U);
  EXPECT_EQ(only_line<RunFence>("sfence -").address, std::nullopt);
}

}  // namespace
}  // namespace tlmmu::reference
