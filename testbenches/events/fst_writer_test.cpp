// SPDX-License-Identifier: Apache-2.0
#include "models/events/fst_writer.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "models/base/error.h"
#include "testbenches/support/fst_file.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu::events {
namespace {

using testing::ElementsAre;

constexpr const char* kLights[] = {"red", "amber", "green"};
constexpr StateNames kLight{"light", kLights, 3};

TEST(FstWriter, is_read_back_as_it_was_written) {
  const TemporaryFolder folder;
  const auto writer = make_fst_writer(folder.file("a.fst"));
  writer->enter_scope("mmu");
  writer->declare(SignalHandle{0}, {"level", SignalType::number, 3, nullptr});
  writer->enter_scope("ptw");
  writer->declare(SignalHandle{1}, {"state", SignalType::state, 0, &kLight});
  writer->declare(SignalHandle{2}, {"other", SignalType::state, 0, &kLight});
  writer->declare(SignalHandle{3}, {"walk", SignalType::text, 0, nullptr});
  writer->leave_scope();
  writer->leave_scope();
  writer->advance(Picoseconds(0));
  writer->write_number(SignalHandle{0}, 0);
  writer->write_number(SignalHandle{1}, 0);
  writer->write_number(SignalHandle{2}, 1);
  writer->write_text(SignalHandle{3}, "");
  writer->advance(Picoseconds(1'500));
  writer->write_number(SignalHandle{0}, 5);
  writer->write_number(SignalHandle{1}, 2);
  writer->write_text(SignalHandle{3}, "?red?load 0x5");
  writer->advance(Picoseconds(3'000));
  writer->write_text(SignalHandle{3}, "");
  writer->close();

  FstFile file(folder.file("a.fst"));
  ASSERT_TRUE(file.valid());
  EXPECT_EQ(file.timescale(), -12);
  EXPECT_EQ(file.end(), 3'000U);
  EXPECT_THAT(file.of("mmu.level"), ElementsAre("0=000", "1500=101"));
  EXPECT_THAT(file.of("mmu.ptw.state"), ElementsAre("0=00", "1500=10"));
  EXPECT_THAT(file.of("mmu.ptw.other"), ElementsAre("0=01"));
  EXPECT_THAT(file.of("mmu.ptw.walk"), ElementsAre("0=", "1500=?red?load 0x5", "3000="));
  EXPECT_THAT(file.tables(), ElementsAre("light 3 red amber green 00 01 10"));
}

TEST(FstWriter, leaves_no_other_file) {
  const TemporaryFolder folder;
  const auto writer = make_fst_writer(folder.file("a.fst"));
  writer->declare(SignalHandle{0}, {"x", SignalType::number, 1, nullptr});
  writer->advance(Picoseconds(0));
  writer->write_number(SignalHandle{0}, 1);
  writer->close();
  EXPECT_EQ(folder.files(), 1U);
}

TEST(FstWriter, leaves_nothing_if_it_is_not_closed) {
  const TemporaryFolder folder;
  make_fst_writer(folder.file("a.fst"))->advance(Picoseconds(0));
  EXPECT_EQ(folder.files(), 0U);
}

TEST(FstWriter, writes_many_changes_whole) {
  const TemporaryFolder folder;
  const auto writer = make_fst_writer(folder.file("a.fst"));
  writer->declare(SignalHandle{0}, {"x", SignalType::number, 64, nullptr});
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    writer->advance(Picoseconds(i * 10));
    writer->write_number(SignalHandle{0}, i * 0x9e37'79b9'7f4a'7c15U);
  }
  writer->close();
  FstFile file(folder.file("a.fst"));
  ASSERT_TRUE(file.valid());
  EXPECT_EQ(file.of("x").size(), 20'000U);
  EXPECT_EQ(file.end(), 199'990U);
}

}  // namespace
}  // namespace tlmmu::events
