// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"
#include "models/base/bits.h"

namespace tlmmu {

/// Which stages of address translation an address goes through, or a cached translation stands for.
/// A guest whose vsatp is bare needs only the G stage, one whose hgatp is bare only the VS stage.
enum class Stages : std::uint8_t {
  single,  ///< V = 0: satp
  vs,      ///< guest-virtual to guest-physical: vsatp
  g,       ///< guest-physical to supervisor-physical: hgatp
  both,    ///< guest-virtual to supervisor-physical
};

/// To whom a cached translation or pointer belongs: stages, VMID and ASID in one word that compares
/// at once. VMID is 0 without virtualization; the G stage knows no ASID, and its is 0.
class SpaceTag {
 public:
  constexpr SpaceTag() = default;
  /// An address space of a hart without virtualization: not explicit, because its ASID says all.
  constexpr SpaceTag(Asid asid) : raw_(asid.value()) {}  // NOLINT(google-explicit-constructor)
  constexpr SpaceTag(Stages stages, Vmid vmid, Asid asid)
      : raw_(static_cast<std::uint32_t>(stages) << kStagesLow |
             static_cast<std::uint32_t>(stages == Stages::single ? 0 : vmid.value()) << kVmidLow |
             static_cast<std::uint32_t>(stages == Stages::g ? 0 : asid.value())) {}

  constexpr Stages stages() const { return static_cast<Stages>(raw_ >> kStagesLow); }
  constexpr Vmid vmid() const {
    return Vmid(static_cast<std::uint16_t>(bits(raw_, kVmidLow, kStagesLow - kVmidLow)));
  }
  constexpr Asid asid() const { return Asid(static_cast<std::uint16_t>(raw_)); }
  /// The same address space, as `stages` see it.
  constexpr SpaceTag of(Stages stages) const { return {stages, vmid(), asid()}; }

  /// Whether both differ in the ASID at most: what is global in one is valid in the other.
  constexpr bool same_but_asid(SpaceTag other) const {
    return (raw_ ^ other.raw_) >> kVmidLow == 0;
  }
  friend constexpr bool operator==(SpaceTag a, SpaceTag b) { return a.raw_ == b.raw_; }
  friend constexpr bool operator!=(SpaceTag a, SpaceTag b) { return a.raw_ != b.raw_; }

 private:
  static constexpr unsigned kVmidLow = 16, kStagesLow = 30;  // VMIDs have 14 bits

  std::uint32_t raw_ = 0;
};

}  // namespace tlmmu
