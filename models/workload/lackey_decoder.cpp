// SPDX-License-Identifier: Apache-2.0
#include "models/workload/lackey_decoder.h"

#include <fmt/format.h>

#include <cstring>

#include "models/base/error.h"
#include "models/base/quote_bytes.h"
#include "models/workload/lackey_canonical.h"

namespace tlmmu {

void LackeyDecoder::decode(DecodedBatch& batch, std::size_t wanted) {
  batch.resize(0);
  do {
    decode_canonical(batch, wanted);
  } while (batch.size() < wanted && decode_line(batch) == Progress::more);
}

void LackeyDecoder::decode_canonical(DecodedBatch& batch, std::size_t wanted) {
  if (input_.size() < lackey::kLongestCanonicalLine) return;
  const char* line = input_.begin();
  const char* const last = input_.end() - lackey::kLongestCanonicalLine;
  MemoryAccess* out = batch.data() + batch.size();
  const MemoryAccess* const stop = batch.data() + wanted;
  std::uint64_t lines = 0;
  while (out < stop && line <= last) {
    const char* const next = lackey::decode_canonical_line(line, out);
    if (next == nullptr) break;
    line = next;
    ++lines;
  }
  input_.consume(static_cast<std::size_t>(line - input_.begin()));
  batch.resize(static_cast<std::size_t>(out - batch.data()));
  lines_ += lines;
  any_record_ = any_record_ || lines != 0;
}

LackeyDecoder::Progress LackeyDecoder::decode_line(DecodedBatch& batch) {
  const std::optional<std::string_view> text = next_line();
  if (!text) {
    if (!any_record_) fail_foreign();
    return Progress::end;
  }
  const lackey::Line line = lackey::parse_line(*text);
  if (const auto* malformed = std::get_if<lackey::Malformed>(&line))
    fail(*text, malformed->expected);
  if (std::holds_alternative<lackey::Foreign>(line)) note_foreign(*text);
  if (const auto* record = std::get_if<lackey::Record>(&line)) append(batch, *record);
  finish_line(text->size());
  return Progress::more;
}

std::optional<std::string_view> LackeyDecoder::next_line() {
  std::size_t searched = 0;
  while (true) {
    const char* const from = input_.begin() + searched;
    const void* const newline = std::memchr(from, '\n', input_.size() - searched);
    if (newline != nullptr) {
      return input_.view().substr(
          0, static_cast<std::size_t>(static_cast<const char*>(newline) - input_.begin()));
    }
    searched = input_.size();
    if (input_.refill()) continue;
    if (input_.size() == 0) return std::nullopt;
    return input_.view();
  }
}

/// Drops a line of which `length` bytes have been looked at, and the rest of it if it is longer
/// than the window.
void LackeyDecoder::finish_line(std::size_t length) {
  input_.consume(length);
  ++lines_;
  while (true) {
    if (input_.size() == 0 && !input_.refill()) return;
    const std::size_t newline = input_.view().find('\n');
    if (newline != std::string_view::npos) return input_.consume(newline + 1);
    input_.consume(input_.size());
  }
}

void LackeyDecoder::append(DecodedBatch& batch, const lackey::Record& record) {
  MemoryAccess* const out = batch.data() + batch.size();
  out[0] = record.access;
  out[1] = record.access;
  out[1].type = AccessType::store;
  batch.resize(batch.size() + (record.then == lackey::Then::store ? 2 : 1));
  any_record_ = true;
}

void LackeyDecoder::note_foreign(std::string_view text) {
  if (!first_foreign_ || any_record_) {
    first_foreign_ = ForeignLine{lines_ + 1, quote_bytes(text)};
  }
  const bool too_long = input_.full() && text.size() == input_.size();
  if (any_record_ || too_long || ++foreign_lines_ > kPreambleLines) fail_foreign();
}

void LackeyDecoder::fail(std::string_view found, std::string_view expected) const {
  throw InputError(fmt::format("{}: line {}: found {}, expected {}", input_.name(), lines_ + 1,
                               quote_bytes(found), expected));
}

void LackeyDecoder::fail_foreign() const {
  if (!first_foreign_) {
    throw InputError(fmt::format(
        "{}: line {}: found the end and no access, expected lines such as \"I  04001000,3\" "
        "(valgrind --tool=lackey --trace-mem=yes)",
        input_.name(), lines_ + 1));
  }
  throw InputError(fmt::format(
      "{}: line {}: found {}, expected a line such as \"I  04001000,3\"{}", input_.name(),
      first_foreign_->number, first_foreign_->text,
      any_record_ ? " (valgrind's --log-file keeps the program's own output out of the trace)"
                  : ""));
}

}  // namespace tlmmu
