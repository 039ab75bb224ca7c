// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstapi.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tlmmu {

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
  bool has(const std::string& name) const { return handles_.count(name) != 0; }
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

}  // namespace tlmmu
