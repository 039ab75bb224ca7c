// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "firmware/mmu_probe/probe_case.h"
#include "models/arch/pmp.h"
#include "models/arch/pte.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu::testing {

/// What lies at a physical address of QEMU's virt machine: frames for page tables, the window, no
/// memory at all, or something that no case describes (devices, PCI, the rest of RAM).
enum class Place : std::uint8_t { tables, window, nowhere, elsewhere };
Place place_of(PhysicalAddress address);

/// The probe's memory as the page-table walks of one case see it, through the PMP.
class ProbeMemory {
 public:
  ProbeMemory(const mmu_probe::Case& asked, const WalkRules& rules);

  /// As run_walk() wants them.
  std::optional<Pte> read(PhysicalAddress address);
  bool write(PhysicalAddress address, Pte pte);

  const Pmp& pmp() const { return pmp_; }
  Pte last_read() const { return last_read_; }
  bool denied() const { return denied_; }  ///< the PMP refused a read

  /// Whether the case's answer cannot be told; see reference_of().
  bool unknown() const { return unknown_; }
  void make_unknown() { unknown_ = true; }

 private:
  Pte look(Pte pte);
  bool permits(PhysicalAddress address, AccessType type) const;

  Pmp pmp_;
  bool extended_;  ///< Svnapot or Svpbmt
  bool denied_ = false;
  bool unknown_ = false;
  Pte last_read_;
  std::map<std::uint64_t, std::uint64_t> words_;
};

}  // namespace tlmmu::testing
