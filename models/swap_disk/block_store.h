// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "models/swap_disk/backing_file.h"
#include "models/swap_disk/checksum_table.h"
#include "models/swap_disk/disk_command.h"

namespace tlmmu {

enum class BlockCheck : std::uint8_t {
  intact,   ///< what was written, or zeros where nothing was
  corrupt,  ///< the contents do not match the checksum
};

/// The contents of the disk: blocks of 4 KiB in a file of the host, sparse, each guarded by a
/// CRC-32 from its writing to its reading. A block that was never written reads as zeros.
///
/// A named file holds a header page, the checksums, then the blocks, so the contents survive.
/// An anonymous one holds the blocks only.
class BlockStore {
 public:
  /// `path` empty: an anonymous temporary file. Throws InputError if the file cannot be a disk of
  /// `blocks` blocks, HostError if the host fails.
  BlockStore(const std::string& path, std::uint64_t blocks);
  BlockStore(BackingFile file, std::uint64_t blocks);  ///< an anonymous one
  BlockStore(const BlockStore&) = delete;
  BlockStore& operator=(const BlockStore&) = delete;

  std::uint64_t blocks() const { return blocks_; }
  /// Where block 0 starts in the file.
  Bytes data_offset() const { return data_offset_; }

  /// Fills `data` (4 KiB), which means nothing if the answer is `corrupt`. `block` is below
  /// blocks().
  BlockCheck read(BlockNumber block, unsigned char* data);
  void write(BlockNumber block, const unsigned char* data);

 private:
  Bytes offset_of(BlockNumber block) const;
  void write_header();
  void check_header() const;

  BackingFile file_;
  std::uint64_t blocks_;
  Bytes data_offset_;
  ChecksumTable checksums_;
};

}  // namespace tlmmu
