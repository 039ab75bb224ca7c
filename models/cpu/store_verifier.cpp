// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/store_verifier.h"

#include <fmt/format.h>

#include "models/base/random.h"

namespace tlmmu {

namespace {

std::uint64_t pattern(std::uint32_t process, VirtualAddress address, std::uint64_t store) {
  Random mix(address.value() ^ (std::uint64_t{process} << 48U) ^ (store << 20U));
  return mix.next();
}

}  // namespace

void StoreVerifier::fill(std::uint32_t process, VirtualAddress address, unsigned char* data,
                         std::size_t size) {
  ExpectedPage& page = expected_.to_store(process, address.page());
  const std::size_t offset = address.page_offset().value();
  const std::uint64_t word = pattern(process, address, ++stats_.stores_filled);
  for (std::size_t i = 0; i < size; ++i) {
    data[i] = static_cast<unsigned char>((word >> (8 * (i % 8))) + i / 8);
    page.bytes[offset + i] = data[i];
    page.known[offset + i] = true;
  }
}

void StoreVerifier::check(std::uint32_t process, VirtualAddress address, const unsigned char* data,
                          std::size_t size) {
  const ExpectedPage* page = expected_.to_load(process, address.page());
  if (page == nullptr) return;
  const std::size_t offset = address.page_offset().value();
  const auto wrong = compare(*page, offset, data, size);
  if (!wrong || first_mismatch_) return;
  first_mismatch_ =
      fmt::format("process {} loaded 0x{:02x} from 0x{:x}, where 0x{:02x} must be", process,
                  data[*wrong], address.value() + *wrong, page->bytes[offset + *wrong]);
}

void StoreVerifier::check_file(kernel::FileId file, Bytes at, const unsigned char* data,
                               std::size_t size) {
  const ExpectedPage* page = expected_.of_file(file, at / kPageBytes);
  if (page == nullptr) return;
  const std::size_t offset = (at % kPageBytes).value();
  const auto wrong = compare(*page, offset, data, size);
  if (!wrong || first_mismatch_) return;
  first_mismatch_ =
      fmt::format("the kernel found 0x{:02x} at byte {} of file {}, where 0x{:02x} must be",
                  data[*wrong], at.value() + *wrong, file.value(), page->bytes[offset + *wrong]);
}

std::optional<std::size_t> StoreVerifier::compare(const ExpectedPage& page, std::size_t offset,
                                                  const unsigned char* data, std::size_t size) {
  std::uint64_t checked = 0;
  std::optional<std::size_t> wrong;
  for (std::size_t i = 0; i < size; ++i) {
    if (!page.known[offset + i]) continue;
    ++checked;
    if (data[i] != page.bytes[offset + i] && !wrong) wrong = i;
  }
  stats_.bytes_checked += checked;
  if (checked != 0) ++stats_.loads_checked;
  if (wrong) ++stats_.mismatches;
  return wrong;
}

namespace {

void put(ExpectedPage& page, std::size_t offset, const unsigned char* data, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    page.bytes[offset + i] = data[i];
    page.known[offset + i] = true;
  }
}

}  // namespace

void StoreVerifier::copied(std::uint32_t process, VirtualAddress address, const unsigned char* data,
                           std::size_t size) {
  put(expected_.to_store(process, address.page()), address.page_offset().value(), data, size);
}

void StoreVerifier::copied_to_file(kernel::FileId file, Bytes at, const unsigned char* data,
                                   std::size_t size) {
  put(expected_.file_to_store(file, at / kPageBytes), (at % kPageBytes).value(), data, size);
}

}  // namespace tlmmu
