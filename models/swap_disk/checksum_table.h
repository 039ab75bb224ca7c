// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

#include "models/swap_disk/disk_command.h"

namespace tlmmu {

class BackingFile;

/// The CRC-32 of each written block, kept in memory by pages of 512 blocks, so that a huge disk
/// costs what is touched. With a file behind it the table is read from there on demand and written
/// through. One entry is 8 bytes: the checksum in bits 31..0, and bit 32 set once the block was
/// written.
class ChecksumTable {
 public:
  /// Keeps the table in memory only.
  ChecksumTable() = default;
  /// Keeps it at `offset` of `file`, which must outlive this object.
  ChecksumTable(BackingFile& file, Bytes offset) : file_(&file), offset_(offset) {}

  /// The file space for a disk of `blocks`, a multiple of the base page.
  static Bytes file_size(std::uint64_t blocks);

  /// The checksum of `block`; nothing if it was never written.
  std::optional<std::uint32_t> find(BlockNumber block);
  void set(BlockNumber block, std::uint32_t checksum);

 private:
  static constexpr std::size_t kEntriesPerPage = 512;
  static constexpr std::uint64_t kWritten = std::uint64_t{1} << 32U;
  using Page = std::array<std::uint64_t, kEntriesPerPage>;

  std::uint64_t& entry(BlockNumber block);

  BackingFile* file_ = nullptr;
  Bytes offset_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
};

}  // namespace tlmmu
