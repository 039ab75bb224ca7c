// SPDX-License-Identifier: Apache-2.0
#include "models/events/vcd_writer.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "models/base/error.h"
#include "models/events/output_file.h"

namespace tlmmu::events {
namespace {

/// The short name of a signal inside the file: digits of base 94, all printable characters.
std::string identifier(std::size_t number) {
  constexpr unsigned kDigits = '~' - '!' + 1;
  std::string name;
  do {
    name += static_cast<char>('!' + number % kDigits);
    number /= kDigits;
  } while (number > 0);
  return name;
}

class VcdWriter : public WaveWriter {
 public:
  explicit VcdWriter(const std::string& path) : file_(path), out_(file_.partial_path()) {
    print("$version tlmmu $end\n$timescale 1 ps $end\n");
  }

  void enter_scope(std::string_view name) override { print("$scope module {} $end\n", name); }
  void leave_scope() override { print("$upscope $end\n"); }

  void declare(SignalHandle handle, const SignalDeclaration& declaration) override {
    const auto number = static_cast<std::size_t>(handle);
    if (signals_.size() <= number) signals_.resize(number + 1);
    Signal& signal = signals_[number];
    signal = {identifier(number), declaration};
    if (declaration.type == SignalType::number) {
      print("$var wire {} {} {} $end\n", declaration.bits, signal.identifier, declaration.name);
    } else {
      print("$var string 1 {} {} $end\n", signal.identifier, declaration.name);
    }
  }

  void advance(Picoseconds now) override {
    if (!definitions_ended_) print("$enddefinitions $end\n");
    definitions_ended_ = true;
    print("#{}\n", now.value());
  }

  void write_number(SignalHandle handle, std::uint64_t value) override {
    const Signal& signal = signals_[static_cast<std::size_t>(handle)];
    if (signal.declaration.type == SignalType::state) {
      print("s{} {}\n", signal.declaration.states->values[value], signal.identifier);
    } else {
      print("b{:b} {}\n", value, signal.identifier);
    }
  }

  void write_text(SignalHandle handle, std::string_view value) override {
    std::string text(value);
    for (char& c : text) {
      if (c == ' ') c = '_';  // a blank ends a value
    }
    print("s{} {}\n", text, signals_[static_cast<std::size_t>(handle)].identifier);
  }

  void close() override {
    out_.close();
    if (!out_) throw HostError(fmt::format("{}: writing failed (disk full?)", file_.path()));
    file_.commit();
  }

 private:
  struct Signal {
    std::string identifier;
    SignalDeclaration declaration;
  };

  template <class... Arguments>
  void print(const char* format, const Arguments&... arguments) {
    fmt::vformat_to(std::ostreambuf_iterator<char>(out_), format,
                    fmt::make_format_args(arguments...));
  }

  OutputFile file_;
  std::ofstream out_;
  std::vector<Signal> signals_;
  bool definitions_ended_ = false;
};

}  // namespace

std::unique_ptr<WaveWriter> make_vcd_writer(const std::string& path) {
  return std::make_unique<VcdWriter>(path);
}

}  // namespace tlmmu::events
