// SPDX-License-Identifier: Apache-2.0
#include "models/events/fst_writer.h"

#include <fmt/format.h>
#include <fstapi.h>

#include <fstream>
#include <map>
#include <vector>

#include "models/base/error.h"
#include "models/events/output_file.h"

namespace tlmmu::events {
namespace {

constexpr int kPicoseconds = -12;  // the timescale, as a power of ten of a second

/// Bits that hold the values 0 to count - 1.
unsigned bits_for(unsigned count) {
  unsigned bits = 1;
  while (bits < 32 && (1U << bits) < count) ++bits;
  return bits;
}

/// `value` as binary digits.
std::string binary(unsigned value, unsigned bits) {
  return fmt::format("{:0{}b}", value, bits);
}

/// Whether a file is a chain of whole blocks. The writer library does not look at errors of the
/// host; a block starts with its kind (1 byte) and its length (8 bytes, big-endian, itself
/// included).
bool is_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::uint64_t>(in.tellg());
  std::uint64_t at = 0;
  while (in && at < size) {
    unsigned char head[9] = {};
    in.seekg(static_cast<std::streamoff>(at));
    in.read(reinterpret_cast<char*>(head), sizeof head);
    std::uint64_t length = 0;
    for (unsigned i = 1; i < sizeof head; ++i) length = length << 8U | head[i];
    if (length == 0) return false;
    at += 1 + length;
  }
  return in && at == size && size > 0;
}

class FstWriter : public WaveWriter {
 public:
  explicit FstWriter(const std::string& path)
      : file_(path), context_(fstWriterCreate(file_.partial_path().c_str(), 1)) {
    if (context_ == nullptr) throw HostError(fmt::format("{}: cannot be created", path));
    fstWriterSetVersion(context_, "tlmmu");
    fstWriterSetDate(context_, "");  // files of equal runs can be compared
    fstWriterSetTimescale(context_, kPicoseconds);
    fstWriterSetPackType(context_, FST_WR_PT_LZ4);
  }
  ~FstWriter() override {
    if (context_ != nullptr) fstWriterClose(context_);
  }

  void enter_scope(std::string_view name) override {
    fstWriterSetScope(context_, FST_ST_VCD_MODULE, std::string(name).c_str(), nullptr);
  }
  void leave_scope() override { fstWriterSetUpscope(context_); }

  void declare(SignalHandle handle, const SignalDeclaration& declaration) override {
    const auto number = static_cast<std::size_t>(handle);
    if (signals_.size() <= number) signals_.resize(number + 1);
    Signal& signal = signals_[number];
    switch (declaration.type) {
      case SignalType::number:
        signal.bits = declaration.bits;
        signal.handle = create(FST_VT_VCD_WIRE, declaration.bits, declaration.name);
        break;
      case SignalType::state:
        signal.bits = bits_for(declaration.states->count);
        fstWriterEmitEnumTableRef(context_, table_of(*declaration.states));
        signal.handle = create(FST_VT_SV_ENUM, signal.bits, declaration.name);
        break;
      case SignalType::text:
        signal.handle = create(FST_VT_GEN_STRING, 0, declaration.name);
        break;
    }
  }

  void advance(Picoseconds now) override { fstWriterEmitTimeChange(context_, now.value()); }

  void write_number(SignalHandle handle, std::uint64_t value) override {
    const Signal& signal = signals_[static_cast<std::size_t>(handle)];
    fstWriterEmitValueChange64(context_, signal.handle, signal.bits, value);
  }

  void write_text(SignalHandle handle, std::string_view value) override {
    fstWriterEmitVariableLengthValueChange(context_,
                                           signals_[static_cast<std::size_t>(handle)].handle,
                                           value.data(), static_cast<std::uint32_t>(value.size()));
  }

  void close() override {
    fstWriterClose(context_);
    context_ = nullptr;
    if (!is_whole(file_.partial_path())) {
      throw HostError(fmt::format("{}: writing failed (disk full?)", file_.path()));
    }
    file_.commit();
  }

 private:
  struct Signal {
    fstHandle handle;
    unsigned bits;
  };

  fstHandle create(fstVarType type, unsigned bits, const char* name) {
    return fstWriterCreateVar(context_, type, FST_VD_IMPLICIT, bits, name, 0);
  }

  /// The library's table of the names, made once.
  fstEnumHandle table_of(const StateNames& states) {
    const auto known = tables_.find(states.name);
    if (known != tables_.end()) return known->second;
    const unsigned bits = bits_for(states.count);
    std::vector<std::string> digits;
    digits.reserve(states.count);
    for (unsigned value = 0; value < states.count; ++value) digits.push_back(binary(value, bits));
    std::vector<const char*> values;
    values.reserve(states.count);
    for (const std::string& text : digits) values.push_back(text.c_str());
    // The library takes pointers to mutable pointers, and changes none.
    auto** names = const_cast<const char**>(states.values);
    return tables_[states.name] = fstWriterCreateEnumTable(context_, states.name, states.count,
                                                           bits, names, values.data());
  }

  OutputFile file_;
  void* context_;
  std::vector<Signal> signals_;
  std::map<std::string, fstEnumHandle> tables_;
};

}  // namespace

std::unique_ptr<WaveWriter> make_fst_writer(const std::string& path) {
  return std::make_unique<FstWriter>(path);
}

}  // namespace tlmmu::events
