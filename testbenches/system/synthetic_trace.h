// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace tlmmu {

/// What a made-up program does, as lackey text.
struct SyntheticTrace {
  std::uint64_t accesses = 20'000;  ///< loads and stores
  std::uint64_t data_pages = 64;  ///< touched at random, two accesses of three in the first eighth
  std::uint64_t text_pages = 4;   ///< fetched from in sequence
  std::uint64_t seed = 1;
};

std::string lackey_text(const SyntheticTrace& trace);

/// Touches each of `pages` pages with one store, then loads each once, `rounds` times over.
std::string page_sweep(std::uint64_t pages, std::uint64_t rounds);

/// Loads from pages that lie in 144 different regions of 1 GiB, 12 in each of 12 regions of 512
/// GiB.
std::string wide_sweep(std::uint64_t accesses);

/// One ChampSim record (64 bytes): a fetch at `ip`, a load if `load`, a store if `store`.
struct ChampsimRecord {
  std::uint64_t ip = 0x40'0000;
  std::uint64_t load = 0;
  std::uint64_t store = 0;
};
std::string champsim_bytes(const ChampsimRecord& record);

}  // namespace tlmmu
