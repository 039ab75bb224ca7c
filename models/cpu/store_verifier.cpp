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
  std::uint64_t checked = 0;
  std::optional<std::size_t> wrong;
  for (std::size_t i = 0; i < size; ++i) {
    if (!page->known[offset + i]) continue;
    ++checked;
    if (data[i] != page->bytes[offset + i] && !wrong) wrong = i;
  }
  stats_.bytes_checked += checked;
  if (checked != 0) ++stats_.loads_checked;
  if (!wrong) return;
  ++stats_.mismatches;
  if (first_mismatch_) return;
  first_mismatch_ =
      fmt::format("process {} loaded 0x{:02x} from 0x{:x}, where 0x{:02x} must be", process,
                  data[*wrong], address.value() + *wrong, page->bytes[offset + *wrong]);
}

}  // namespace tlmmu
