// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "models/workload/lackey_line.h"
#include "models/workload/trace_decoder.h"

namespace tlmmu {

/// The text of `valgrind --tool=lackey --trace-mem=yes`, one access a line:
///
///     I  04001000,3        fetch
///      L 1fff000518,8      load
///      S 1fff000708,8      store
///      M 04a29a48,4        modify: a load, then a store, of the same bytes
///
/// with a hexadecimal address of at most 64 bits and a decimal size of 1 to 4096 bytes. Skipped are
/// blank lines, what valgrind itself says ("==", "--" or "**" at the start of a line) and, before
/// the first access, up to kPreambleLines lines of something else. Any other line is an InputError.
class LackeyDecoder : public TraceDecoder {
 public:
  static constexpr std::uint64_t kPreambleLines = 100;

  explicit LackeyDecoder(BufferedInput input) : input_(std::move(input)) {}
  void decode(DecodedBatch& batch, std::size_t wanted) override;

 private:
  enum class Progress { more, end };

  /// Takes lines as lackey itself lays them out, as long as the next line is one: nearly all lines.
  void decode_canonical(DecodedBatch& batch, std::size_t wanted);
  /// Takes the next line, whatever it is.
  Progress decode_line(DecodedBatch& batch);
  /// The next line without its newline, at most as much of it as the window holds; nothing at the
  /// end.
  std::optional<std::string_view> next_line();
  void finish_line(std::size_t length);
  void append(DecodedBatch& batch, const lackey::Record& record);
  void note_foreign(std::string_view text);
  [[noreturn]] void fail(std::string_view found, std::string_view expected) const;
  [[noreturn]] void fail_foreign() const;

  /// A line that is not a record, kept for the message in case that no record comes.
  struct ForeignLine {
    std::uint64_t number;
    std::string text;
  };

  BufferedInput input_;
  std::uint64_t lines_ = 0;  ///< taken
  bool any_record_ = false;
  std::uint64_t foreign_lines_ = 0;
  std::optional<ForeignLine> first_foreign_;
};

}  // namespace tlmmu
