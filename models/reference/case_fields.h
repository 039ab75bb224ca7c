// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/base/enum_names.h"

namespace tlmmu::reference {

/// The words of one line of a walk case, taken from left to right. What is not as expected is an
/// InputError "NAME:LINE: found ..., expected ...".
class CaseFields {
 public:
  /// `where` is "NAME:LINE". A comment, from '#' on, is left out. `text` outlives the fields.
  CaseFields(std::string where, std::string_view text);

  /// Whether nothing is left.
  bool at_end() const { return rest_.empty(); }
  /// The next word; `expected` says which.
  std::string_view word(std::string_view expected);
  /// The next word as a number in C notation of at most `bits` bits.
  std::uint64_t number(std::string_view expected, unsigned bits);
  /// The next word as one of `names`.
  template <class Enum, unsigned long N>
  Enum choice(const EnumName<Enum> (&names)[N]) {
    const std::string expected = listed(names);
    return one_of(names, word(expected), expected);
  }
  /// The next word, several of `names` with commas between them.
  template <class Enum, unsigned long N, class Container>
  void choices(const EnumName<Enum> (&names)[N], Container& chosen) {
    const std::string expected = listed(names);
    std::string_view list = word(expected);
    while (true) {
      const std::size_t comma = list.find(',');
      chosen.push_back(one_of(names, list.substr(0, comma), expected));
      if (comma == std::string_view::npos) return;
      list.remove_prefix(comma + 1);
    }
  }
  /// Takes the next word if it is `wanted`; says whether it was.
  bool skip(std::string_view wanted);
  /// Nothing may be left.
  void end();

  /// `found` as the user wrote it.
  [[noreturn]] void fail_at(std::string_view found, std::string_view expected) const;

 private:
  std::string_view first_word() const;
  template <class Enum, unsigned long N>
  Enum one_of(const EnumName<Enum> (&names)[N], std::string_view name,
              std::string_view expected) const {
    for (const auto& entry : names) {
      if (name == entry.name) return entry.value;
    }
    fail_at(name, expected);
  }
  template <class Enum, unsigned long N>
  static std::string listed(const EnumName<Enum> (&names)[N]) {
    std::string text;
    for (const auto& entry : names) {
      if (!text.empty()) text += &entry == &names[N - 1] ? " or " : ", ";
      text += entry.name;
    }
    return text;
  }

  std::string where_;
  std::string_view rest_;  ///< without blanks before and behind
};

}  // namespace tlmmu::reference
