// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/checksum_table.h"

#include "models/base/bits.h"
#include "models/swap_disk/backing_file.h"

namespace tlmmu {

namespace {

constexpr Bytes kEntryBytes{sizeof(std::uint64_t)};

unsigned char* bytes_of(std::uint64_t* entries) {
  return reinterpret_cast<unsigned char*>(entries);
}

}  // namespace

Bytes ChecksumTable::file_size(std::uint64_t blocks) {
  return Bytes(round_up(blocks, kEntriesPerPage) * kEntryBytes.value());
}

std::uint64_t& ChecksumTable::entry(BlockNumber block) {
  const std::uint64_t number = block.value() / kEntriesPerPage;
  std::unique_ptr<Page>& page = pages_[number];
  if (page == nullptr) {
    page = std::make_unique<Page>();
    const Bytes size(sizeof(Page));
    if (file_ != nullptr) file_->read(offset_ + size * number, bytes_of(page->data()), size);
  }
  return (*page)[block.value() % kEntriesPerPage];
}

std::optional<std::uint32_t> ChecksumTable::find(BlockNumber block) {
  const std::uint64_t found = entry(block);
  if ((found & kWritten) == 0) return std::nullopt;
  return static_cast<std::uint32_t>(found);
}

void ChecksumTable::set(BlockNumber block, std::uint32_t checksum) {
  std::uint64_t& changed = entry(block);
  changed = kWritten | checksum;
  if (file_ == nullptr) return;
  file_->write(offset_ + kEntryBytes * block.value(), bytes_of(&changed), kEntryBytes);
}

}  // namespace tlmmu
