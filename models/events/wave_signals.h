// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tlmmu::events {

/// What shows a set of signals of its own. A memory shows its channels and banks.
enum class UnitKind : std::uint8_t { tlb, walker, cache, memory, channel, bank, disk, kernel, cpu };
constexpr unsigned kUnitKinds = 9;

/// Every signal of every kind of unit; those of one kind stand together.
enum class Signal : std::uint8_t {
  tlb_lookup,
  tlb_address,
  tlb_filled,
  walk,
  walk_state,
  walk_address,
  walk_level,
  walk_pte_address,
  walk_pte,
  walk_result,
  cache_lookup,
  cache_address,
  channel_command,
  bank_state,
  bank_row,
  disk_waiting,
  disk_in_service,
  kernel_process,
  kernel_fault,
  kernel_free,
  kernel_mapped,
  kernel_page_tables,
  kernel_in_flight,
  cpu_mode,
};
constexpr unsigned kSignals = static_cast<unsigned>(Signal::cpu_mode) + 1;

// The values of the state signals. Index 0 is what a signal shows at the start.
enum class LookupState : std::uint8_t { idle, hit, miss };
constexpr const char* kLookupStates[] = {"idle", "hit", "miss"};

enum class WalkerState : std::uint8_t { idle, lookup, read0, read1, read2, read3, read4, update };
constexpr const char* kWalkerStates[] = {"idle", "lookup", "L0", "L1", "L2", "L3", "L4", "update"};

enum class WalkResult : std::uint8_t {
  none,
  translated,
  page_fault,
  access_fault,
  guest_page_fault,
};
constexpr const char* kWalkResults[] = {"none", "translated", "page_fault", "access_fault",
                                        "guest_page_fault"};

// By value of HartMode.
constexpr const char* kHartModes[] = {"bare", "supervisor", "user"};

enum class BankState : std::uint8_t { closed, open, refreshing };
constexpr const char* kBankStates[] = {"closed", "open", "refreshing"};

}  // namespace tlmmu::events
