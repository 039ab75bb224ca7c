// SPDX-License-Identifier: Apache-2.0
#include "models/events/vcd_writer.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <set>

#include "models/base/error.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu::events {
namespace {

constexpr const char* kLights[] = {"red", "green"};
constexpr StateNames kLight{"light", kLights, 2};

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(VcdWriter, writes_scopes_numbers_states_and_texts) {
  const TemporaryFolder folder;
  const auto writer = make_vcd_writer(folder.file("a.vcd"));
  writer->enter_scope("mmu");
  writer->declare(SignalHandle{0}, {"address", SignalType::number, 64, nullptr});
  writer->enter_scope("ptw");
  writer->declare(SignalHandle{1}, {"state", SignalType::state, 0, &kLight});
  writer->declare(SignalHandle{2}, {"walk", SignalType::text, 0, nullptr});
  writer->leave_scope();
  writer->leave_scope();
  writer->advance(Picoseconds(0));
  writer->write_number(SignalHandle{0}, 0);
  writer->write_number(SignalHandle{1}, 0);
  writer->write_text(SignalHandle{2}, "");
  writer->advance(Picoseconds(1'500));
  writer->write_number(SignalHandle{0}, 5);
  writer->write_number(SignalHandle{1}, 1);
  writer->write_text(SignalHandle{2}, "?red?load 0x5");
  writer->close();
  EXPECT_EQ(text_of(folder.file("a.vcd")),
            "$version tlmmu $end\n"
            "$timescale 1 ps $end\n"
            "$scope module mmu $end\n"
            "$var wire 64 ! address $end\n"
            "$scope module ptw $end\n"
            "$var string 1 \" state $end\n"
            "$var string 1 # walk $end\n"
            "$upscope $end\n"
            "$upscope $end\n"
            "$enddefinitions $end\n"
            "#0\n"
            "b0 !\n"
            "sred \"\n"
            "s #\n"
            "#1500\n"
            "b101 !\n"
            "sgreen \"\n"
            "s?red?load_0x5 #\n");
}

TEST(VcdWriter, names_any_number_of_signals_differently) {
  const TemporaryFolder folder;
  const auto writer = make_vcd_writer(folder.file("a.vcd"));
  for (unsigned i = 0; i < 10'000; ++i)
    writer->declare(SignalHandle{i}, {"x", SignalType::number, 1, nullptr});
  writer->advance(Picoseconds(0));
  writer->close();
  std::ifstream in(folder.file("a.vcd"));
  std::set<std::string> names;
  std::string word;
  while (in >> word) {
    if (word != "$var") continue;
    in >> word >> word >> word;
    names.insert(word);
  }
  EXPECT_EQ(names.size(), 10'000U);
}

TEST(VcdWriter, leaves_nothing_if_it_is_not_closed) {
  const TemporaryFolder folder;
  make_vcd_writer(folder.file("a.vcd"))->advance(Picoseconds(0));
  EXPECT_EQ(folder.files(), 0U);
}

}  // namespace
}  // namespace tlmmu::events
