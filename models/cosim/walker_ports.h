// SPDX-License-Identifier: Apache-2.0
// The pins of a walker in hardware, cycle by cycle. docs/bring_your_own_walker.md is the contract.
#pragma once

#include <cstdint>

namespace tlmmu::cosim {

/// What is driven into a walker in a cycle.
struct WalkerInputs {
  bool req_valid = false;
  std::uint64_t req_vaddr = 0;
  std::uint8_t req_access = 0;     ///< AccessType
  std::uint8_t req_privilege = 0;  ///< Privilege
  bool req_sum = false;
  bool req_mxr = false;
  std::uint16_t req_asid = 0;
  std::uint64_t req_root = 0;
  bool rsp_ready = false;
  bool mem_ready = false;
  bool mem_rsp_valid = false;
  bool mem_rsp_error = false;
  std::uint64_t mem_rsp_data = 0;
  bool pmp_denied = false;
  bool fence = false;
  bool fence_by_address = false;
  std::uint64_t fence_vaddr = 0;
  bool fence_by_asid = false;
  std::uint16_t fence_asid = 0;
};

enum class RtlOutcome : std::uint8_t { translated = 0, faulted = 1, aborted = 2 };

/// A walk's answer. Of a fault only cause and step, of an abort nothing means anything.
struct WalkerResponse {
  RtlOutcome outcome = RtlOutcome::translated;
  std::uint8_t cause = 0;
  std::uint8_t step = 0;  ///< VatpStep
  std::uint8_t level = 0;
  std::uint64_t ppn = 0;
  std::uint8_t flags = 0;
};

/// What it answers in the same cycle.
struct WalkerOutputs {
  bool req_ready = false;
  bool rsp_valid = false;
  WalkerResponse rsp;
  bool mem_valid = false;
  bool mem_update = false;
  std::uint64_t mem_addr = 0;
  std::uint64_t mem_expected = 0;
  std::uint64_t mem_desired = 0;
  bool pmp_valid = false;
  std::uint64_t pmp_addr = 0;
  bool pmp_write = false;
};

}  // namespace tlmmu::cosim
