// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/block_store.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "models/base/error.h"

namespace tlmmu {

namespace {

struct Header {
  char magic[8] = {'t', 'l', 'm', 'm', 'u', 's', 'w', 'p'};
  std::uint64_t version = 1;
  std::uint64_t blocks = 0;
};

constexpr Bytes kHeaderBytes = kPageBytes;

std::uint32_t checksum_of(const unsigned char* data) {
  return static_cast<std::uint32_t>(crc32(0, data, static_cast<uInt>(kDiskBlockBytes.value())));
}

}  // namespace

BlockStore::BlockStore(BackingFile file, std::uint64_t blocks)
    : file_(std::move(file)), blocks_(blocks) {}

BlockStore::BlockStore(const std::string& path, std::uint64_t blocks)
    : file_(path.empty() ? BackingFile::anonymous() : BackingFile::open(path)), blocks_(blocks) {
  if (path.empty()) return;
  data_offset_ = kHeaderBytes + ChecksumTable::file_size(blocks);
  checksums_ = ChecksumTable(file_, kHeaderBytes);
  if (file_.size() == Bytes(0)) {
    write_header();
  } else {
    check_header();
  }
}

void BlockStore::write_header() {
  Header header;
  header.blocks = blocks_;
  file_.resize(data_offset_ + kDiskBlockBytes * blocks_);
  file_.write(Bytes(0), reinterpret_cast<const unsigned char*>(&header), Bytes(sizeof header));
}

void BlockStore::check_header() const {
  Header found;
  file_.read(Bytes(0), reinterpret_cast<unsigned char*>(&found), Bytes(sizeof found));
  const Header expected;
  if (std::memcmp(found.magic, expected.magic, sizeof found.magic) != 0 ||
      found.version != expected.version) {
    throw InputError(
        fmt::format("swap_disk.backing_file: {} is neither empty nor a swap disk's file (its "
                    "header is missing)",
                    file_.name()));
  }
  if (found.blocks != blocks_) {
    throw InputError(fmt::format(
        "swap_disk.backing_file: {} holds a disk of {} bytes, but swap_disk.capacity "
        "is {} bytes",
        file_.name(), found.blocks * kDiskBlockBytes.value(), blocks_ * kDiskBlockBytes.value()));
  }
}

Bytes BlockStore::offset_of(BlockNumber block) const {
  return data_offset_ + kDiskBlockBytes * block.value();
}

BlockCheck BlockStore::read(BlockNumber block, unsigned char* data) {
  const auto expected = checksums_.find(block);
  if (!expected) {
    std::fill_n(data, kDiskBlockBytes.value(), static_cast<unsigned char>(0));
    return BlockCheck::intact;
  }
  file_.read(offset_of(block), data, kDiskBlockBytes);
  return checksum_of(data) == *expected ? BlockCheck::intact : BlockCheck::corrupt;
}

void BlockStore::write(BlockNumber block, const unsigned char* data) {
  file_.write(offset_of(block), data, kDiskBlockBytes);
  checksums_.set(block, checksum_of(data));
}

}  // namespace tlmmu
