// SPDX-License-Identifier: Apache-2.0
// docs/concepts.md does what it says.
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "testbenches/support/wave_layout.h"
#include "testbenches/system/command.h"
#include "testbenches/system/vcd_changes.h"

namespace tlmmu {
namespace {

using testing::Contains;
using testing::IsEmpty;
using Json = nlohmann::json;

std::vector<std::string> page_lines() {
  std::ifstream file(source_path("docs/concepts.md"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

struct Concept {
  std::string number;
  std::string command;
  std::string statistic;
  std::string wave;
  std::string layout;  ///< its name, without folder and ending
};

std::ostream& operator<<(std::ostream& out, const Concept& row) {
  return out << row.number << ": " << row.command;
}

std::string trimmed(const std::string& cell) {
  const auto first = cell.find_first_not_of(" `");
  const auto last = cell.find_last_not_of(" `");
  return first == std::string::npos ? std::string() : cell.substr(first, last - first + 1);
}

/// What a link of Markdown shows.
std::string shown(const std::string& link) {
  return link.substr(1, link.find(']') - 1);
}

/// The rows of the table whose first cell is a number.
std::vector<Concept> concepts() {
  std::vector<Concept> rows;
  for (const std::string& line : page_lines()) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, '|');) cells.push_back(trimmed(cell));
    const bool is_row = cells.size() == 9 && !cells[1].empty() &&
                        cells[1].find_first_not_of("0123456789") == std::string::npos;
    if (is_row) rows.push_back({cells[1], cells[4], cells[5], cells[6], shown(cells[7])});
  }
  return rows;
}

/// A folder in which the page's commands find what they name.
class Desk {
 public:
  Desk() {
    for (const char* folder : {"scenarios", "testbenches"}) {
      place_.shell("ln -s " + source_path(folder) + " " + folder);
    }
    place_.file("alone.scn", "process p {\n  map x 256KiB\n  touch x\n}\n");
    place_.file("t", " S 1000,8\n");
  }
  CommandResult run(const std::string& command, const std::vector<std::string>& more = {}) const {
    std::istringstream in(command);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    words.erase(words.begin());  // tlmmu
    words.insert(words.end(), more.begin(), more.end());
    return place_.tlmmu(words);
  }
  std::string read(const std::string& name) const { return place_.read(name); }

 private:
  Workplace place_;
};

std::uint64_t statistic(const Json& all, const std::string& path) {
  const Json* node = &all;
  std::istringstream in(path);
  for (std::string part; std::getline(in, part, '.');) node = &node->at(part);
  return node->get<std::uint64_t>();
}

std::vector<std::string> signals_of(const std::string& layout) {
  return names_of(layout_signals(source_path("waves/" + layout + ".gtkw")));
}

class ConceptTest : public testing::TestWithParam<Concept> {};

TEST_P(ConceptTest, runs_moves_its_statistic_and_its_wave) {
  const Concept& row = GetParam();
  const Desk desk;
  const CommandResult result =
      desk.run(row.command, {"--quiet", "--stats", "out.json", "--waves", "out.vcd"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_GT(statistic(Json::parse(desk.read("out.json")).at("statistics"), row.statistic), 0U);
  const auto changes = changes_in(desk.read("out.vcd"));
  ASSERT_EQ(changes.count(row.wave), 1U) << row.wave;
  EXPECT_GT(changes.at(row.wave).size(), 1U) << row.wave;
  EXPECT_THAT(signals_of("machine"), Contains(row.wave));
  EXPECT_THAT(signals_of(row.layout), Contains(row.wave)) << row.layout;
  for (const std::string& signal : signals_of(row.layout)) {
    EXPECT_EQ(changes.count(signal), 1U) << row.layout << " shows " << signal;
  }
}

/// How a run does without a concept, and what is left of its statistic.
struct Absence {
  std::string instead;  ///< follows the command, or takes its place
  std::uint64_t rest = 0;
};

const std::map<std::string, Absence>& absences() {
  static const std::string enough = "--set memory.size=32MiB";
  static const std::string alone = "tlmmu run --scenario alone.scn";
  static const std::map<std::string, Absence> list = {
      {"2", {"--set kernel.huge_pages=never"}},
      {"3", {enough}},
      {"4", {enough}},
      {"7", {"tlmmu run --trace t --trace t"}},  // recorded processes have no layout
      {"10", {alone}},
      {"13", {"--set mmu.mode=sv32"}},
      {"14", {alone}},
      {"15", {alone}},
      {"16", {alone}},
      {"19", {enough}},
      {"21", {alone, 1}},
      {"23", {alone}},
      {"25", {enough}},
      {"26", {enough}},
      {"27", {enough}},
      {"28", {enough}},
      {"29", {"--set kernel.resident_limit=0"}},
      {"30", {"--set kernel.policy=clock"}},
  };
  return list;
}

/// The rows whose concept a machine can do without.
std::vector<Concept> dispensable_concepts() {
  std::vector<Concept> rows;
  for (const Concept& row : concepts()) {
    if (absences().count(row.number) != 0) rows.push_back(row);
  }
  return rows;
}

class DispensableConceptTest : public ConceptTest {};

TEST_P(DispensableConceptTest, stands_still_without_the_concept) {
  const Concept& row = GetParam();
  const Absence& absence = absences().at(row.number);
  const Desk desk;
  const std::string& instead = absence.instead;
  const bool replaces = instead.rfind("tlmmu ", 0) == 0;
  const std::string command = replaces ? instead : row.command + " " + instead;
  const CommandResult result = desk.run(command, {"--quiet", "--stats", "out.json"});
  EXPECT_LE(result.exit_code, 1) << result.err;  // the scenario's expectations may fail now
  const Json all = Json::parse(desk.read("out.json")).at("statistics");
  EXPECT_EQ(statistic(all, row.statistic), absence.rest) << row.statistic;
}

std::string name_of(const testing::TestParamInfo<Concept>& test) {
  return "row_" + test.param.number;
}
INSTANTIATE_TEST_SUITE_P(All, ConceptTest, testing::ValuesIn(concepts()), name_of);
INSTANTIATE_TEST_SUITE_P(All, DispensableConceptTest, testing::ValuesIn(dispensable_concepts()),
                         name_of);

TEST(Concepts, are_thirty) {
  const std::vector<Concept> rows = concepts();
  ASSERT_EQ(rows.size(), 30U);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].number, std::to_string(i + 1));
}

TEST(Concepts, page_has_commands_that_run) {
  const Desk desk;
  unsigned count = 0;
  for (const std::string& line : page_lines()) {
    if (line.rfind("    tlmmu ", 0) != 0) continue;
    ++count;
    const CommandResult result = desk.run(line);
    EXPECT_EQ(result.exit_code, 0) << line << "\n" << result.err;
  }
  EXPECT_GE(count, 5U);
}

/// Each PTE that a walk reads, as the wave shows it: V = 0, kind swapped, and the slot.
TEST(Concepts, show_the_invalid_pte_of_a_swapped_page) {
  const Desk desk;
  const CommandResult result = desk.run(
      "tlmmu run --quiet --scenario scenarios/pte_of_a_swapped_page.scn", {"--waves", "out.vcd"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  unsigned swapped = 0;
  const auto changes = changes_in(desk.read("out.vcd"));
  for (const std::string& bits : changes.at("mmu.ptw.pte")) {
    if (bits.find_first_not_of("01") != std::string::npos) continue;
    const std::uint64_t pte = std::stoull(bits, nullptr, 2);
    const bool valid = (pte & 1U) != 0;
    const std::uint64_t kind = (pte >> 8U) & 3U;
    if (!valid && kind == 1) ++swapped;
  }
  EXPECT_GT(swapped, 100U);
}

}  // namespace
}  // namespace tlmmu
