// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/config/text_input.h"
#include "models/config/value_syntax.h"
#include "models/workload/scenario/block_parser.h"

namespace tlmmu::scenario {

namespace {

constexpr const char* kDeclarations =
    "a declaration (seed, set, file, program, boot, process or expect)";

/// Parses what stands outside of blocks.
class ScenarioParser {
 public:
  ScenarioParser(std::string_view text, const std::string& name) : tokens_(text, name) {
    scenario_.name = name;
    add_program({"", kPageBytes, Bytes(0), Bytes(0), kernel::FileId(0)});
  }

  Scenario parse() {
    while (tokens_.peek().kind != Token::Kind::file_end) {
      declaration();
      tokens_.expect_end_of_statement();
      if (tokens_.peek().is_symbol("}")) tokens_.fail_expected(kDeclarations);
    }
    if (scenario_.processes.empty()) tokens_.fail_expected("a process");
    for (const Expectation& expectation : scenario_.expectations) check(expectation);
    return std::move(scenario_);
  }

 private:
  void declaration() {
    if (tokens_.accept_word("seed")) {
      scenario_.seed = tokens_.count("a seed, as in 42", 0);
    } else if (tokens_.accept_word("set")) {
      setting();
    } else if (tokens_.accept_word("file")) {
      file();
    } else if (tokens_.accept_word("program")) {
      program();
    } else if (tokens_.peek().is_word("boot")) {
      boot();
    } else if (tokens_.peek().is_word("process")) {
      process();
    } else if (tokens_.peek().is_word("expect")) {
      expectation();
    } else {
      tokens_.fail_expected(kDeclarations);
    }
  }

  void setting() {
    const Place place = tokens_.peek().place;
    const std::string key = tokens_.path("a key of the configuration, as in memory.size");
    const Token value = tokens_.rest_of_line("=");
    if (value.text.empty()) tokens_.fail(value.place, "expected a value, found nothing");
    scenario_.settings.push_back({place, key, std::string(value.text)});
  }

  void file() {
    const std::string name = new_name(scenario_.files, "a name for the file", "file");
    scenario_.files.push_back({name, tokens_.whole_pages()});
  }

  /// program NAME { text SIZE, data SIZE, bss SIZE }, one to a line
  void program() {
    Program program{new_name(scenario_.programs, "a name for the program", "program"), kPageBytes,
                    Bytes(0), Bytes(0), kernel::FileId(0)};
    tokens_.expect_symbol("{");
    tokens_.skip_line_end();
    while (!tokens_.accept_symbol("}")) {
      if (tokens_.accept_word("text")) {
        program.text = tokens_.whole_pages();
      } else if (tokens_.accept_word("data")) {
        program.data = tokens_.whole_pages();
      } else if (tokens_.accept_word("bss")) {
        program.bss = tokens_.whole_pages();
      } else {
        tokens_.fail_expected("text, data, bss or \"}\"");
      }
      tokens_.expect_end_of_statement();
    }
    add_program(std::move(program));
  }

  /// With the file that its text and data come from, which has no name that a scenario could use.
  void add_program(Program program) {
    program.file = kernel::FileId(static_cast<std::uint32_t>(scenario_.files.size()));
    scenario_.files.push_back({program.name + ".program", program.text + program.data});
    scenario_.programs.push_back(std::move(program));
  }

  void process() {
    const Place place = tokens_.take().place;
    const Place name_place = tokens_.peek().place;
    const std::string name = tokens_.name("a name for the process");
    if (is_process(name)) {
      tokens_.fail(name_place, fmt::format("there is a process \"{}\" already", name));
    }
    if (tokens_.accept_word("trace")) {
      const std::string trace = tokens_.string("the trace's path in quotes");
      scenario_.processes.push_back({place, name, TracedProcess{trace}});
      return;
    }
    // Its name is taken before its block is read, so that a child cannot have it.
    scenario_.processes.push_back({place, name, ScriptedProcess{}});
    const ProgramId runs = program_of_process();
    BlockParser parser(tokens_, scenario_, shared_, runs);
    Block body = parser.parse();
    scenario_.processes.back().what = ScriptedProcess{runs, std::move(body), parser.regions()};
  }

  void boot() {
    const Place place = tokens_.take().place;
    if (scenario_.boot) tokens_.fail(place, "there is a boot block already");
    BlockParser parser(tokens_, scenario_, shared_, ProgramId(0), BlockParser::Paging::off);
    Block body = parser.parse();
    scenario_.boot = ScriptedProcess{ProgramId(0), std::move(body), parser.regions()};
  }

  ProgramId program_of_process() {
    if (tokens_.accept_word("runs")) {
      const Token name = tokens_.peek();
      const auto index = index_of(scenario_.programs, tokens_.name("the name of a program"));
      if (!index) {
        tokens_.fail(name.place, fmt::format("there is no program \"{}\" above", name.text));
      }
      return ProgramId(*index);
    }
    if (!tokens_.peek().is_symbol("{")) tokens_.fail_expected("runs, trace or \"{\"");
    return ProgramId(0);
  }

  void expectation() {
    const Place place = tokens_.take().place;
    if (tokens_.accept_word("killed")) {
      const std::string process = tokens_.name("the name of a process");
      const std::string reason = tokens_.name("why it is killed, as in out_of_memory");
      scenario_.expectations.push_back({place, KilledExpectation{process, reason}});
      return;
    }
    const std::string statistic =
        tokens_.path("killed or the full name of a statistic, as in kernel.faults.minor");
    const Comparison how = comparison();
    scenario_.expectations.push_back({place, StatisticExpectation{statistic, how, value()}});
  }

  Comparison comparison() {
    for (const auto& candidate : kComparisonNames) {
      if (tokens_.accept_symbol(candidate.name)) return candidate.value;
    }
    tokens_.fail_expected("==, !=, <, <=, > or >=");
  }

  std::variant<std::uint64_t, std::string> value() {
    constexpr const char* kValue = "a number, as in 256, 4MiB or 3ms, or a statistic";
    const Token token = tokens_.peek();
    if (token.kind != Token::Kind::number) return tokens_.path(kValue);
    std::optional<std::uint64_t> value = config::parse_count(token.text);
    if (const auto bytes = config::parse_bytes(token.text); !value && bytes) value = bytes->value();
    if (const auto time = config::parse_time(token.text); !value && time) value = time->value();
    if (!value) tokens_.fail_expected(kValue);
    tokens_.take();
    return *value;
  }

  void check(const Expectation& expectation) {
    const auto* killed = std::get_if<KilledExpectation>(&expectation.what);
    if (killed == nullptr || is_process(killed->process)) return;
    tokens_.fail(expectation.place, fmt::format("there is no process \"{}\"", killed->process));
  }

  bool is_process(std::string_view name) const {
    const auto& children = shared_.child_names;
    return index_of(scenario_.processes, name).has_value() ||
           std::find(children.begin(), children.end(), name) != children.end();
  }

  template <class Element>
  std::string new_name(const std::vector<Element>& taken, const char* what, const char* kind) {
    const Place place = tokens_.peek().place;
    std::string name = tokens_.name(what);
    if (index_of(taken, name)) {
      tokens_.fail(place, fmt::format("there is a {} \"{}\" already", kind, name));
    }
    return name;
  }

  TokenStream tokens_;
  Scenario scenario_;
  SharedNames shared_;
};

}  // namespace

Scenario parse_scenario(std::string_view text, const std::string& name) {
  return ScenarioParser(text, name).parse();
}

Scenario read_scenario(const std::string& path) {
  return parse_scenario(config::read_text_file(path, "a scenario"), path);
}

}  // namespace tlmmu::scenario
