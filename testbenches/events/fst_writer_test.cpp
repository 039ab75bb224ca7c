// SPDX-License-Identifier: Apache-2.0
#include "models/events/fst_writer.h"

#include <fstapi.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <map>

#include "models/base/error.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu::events {
namespace {

using testing::ElementsAre;

constexpr const char* kLights[] = {"red", "amber", "green"};
constexpr StateNames kLight{"light", kLights, 3};

/// What GTKWave's own reader finds in a file.
class FstFile {
 public:
  explicit FstFile(const std::string& path) : reader_(fstReaderOpen(path.c_str())) {
    if (reader_ == nullptr) return;
    read_hierarchy();
    fstReaderSetFacProcessMaskAll(reader_);
    fstReaderIterBlocks2(reader_, number_changed, text_changed, this, nullptr);
  }
  FstFile(const FstFile&) = delete;
  FstFile& operator=(const FstFile&) = delete;
  ~FstFile() {
    if (reader_ != nullptr) fstReaderClose(reader_);
  }

  bool valid() const { return reader_ != nullptr; }
  int timescale() const { return fstReaderGetTimescale(reader_); }
  std::uint64_t end() const { return fstReaderGetEndTime(reader_); }
  /// "time=value" of each change.
  const std::vector<std::string>& of(const std::string& name) { return changes_[handles_[name]]; }
  const std::vector<std::string>& tables() const { return tables_; }

 private:
  void read_hierarchy() {
    while (const fstHier* entry = fstReaderIterateHier(reader_)) {
      if (entry->htyp == FST_HT_SCOPE) scopes_ += std::string(entry->u.scope.name) + ".";
      if (entry->htyp == FST_HT_UPSCOPE) {
        scopes_.erase(scopes_.find_last_of('.', scopes_.size() - 2) + 1);
      }
      if (entry->htyp == FST_HT_VAR) handles_[scopes_ + entry->u.var.name] = entry->u.var.handle;
      if (entry->htyp == FST_HT_ATTRBEGIN && entry->u.attr.subtype == FST_MT_ENUMTABLE &&
          entry->u.attr.name_length > 0) {
        tables_.emplace_back(entry->u.attr.name);
      }
    }
  }
  static void number_changed(void* self, std::uint64_t time, fstHandle handle,
                             const unsigned char* value) {
    static_cast<FstFile*>(self)->changes_[handle].push_back(std::to_string(time) + "=" +
                                                            reinterpret_cast<const char*>(value));
  }
  static void text_changed(void* self, std::uint64_t time, fstHandle handle,
                           const unsigned char* value, std::uint32_t length) {
    static_cast<FstFile*>(self)->changes_[handle].push_back(
        std::to_string(time) + "=" + std::string(reinterpret_cast<const char*>(value), length));
  }

  void* reader_;
  std::string scopes_;
  std::map<std::string, fstHandle> handles_;
  std::map<fstHandle, std::vector<std::string>> changes_;
  std::vector<std::string> tables_;
};

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
