// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/translation.h"
#include "models/base/bits.h"

namespace tlmmu {

/// Where hgatp's fields lie (hypervisor extension, "Hypervisor Guest Address Translation and
/// Protection Register"). PPN begins at bit 0.
///
///            RV64   63  60 59 58 57  44 43   0     RV32   31   30 29 28  22 21   0
///                  +------+-----+------+------+          +------+-----+------+------+
///                  | MODE |  0  | VMID | PPN  |          | MODE |  0  | VMID | PPN  |
///                  +------+-----+------+------+          +------+-----+------+------+
struct HgatpFormat {
  unsigned mode_low, mode_width;
  unsigned vmid_low, vmid_width;
  unsigned ppn_width;
  PagingModeName shallowest;  ///< the shallowest mode that MODE encodes, beside bare
  PagingModeName deepest;     ///< the deepest
};
constexpr HgatpFormat kHgatpRv32{31, 1, 22, 7, 22, PagingModeName::sv32x4, PagingModeName::sv32x4};
constexpr HgatpFormat kHgatpRv64{60, 4, 44, 14, 44, PagingModeName::sv39x4, PagingModeName::sv57x4};

/// The G-stage mode of the same depth as a mode of satp; bare stays bare.
constexpr PagingModeName g_stage_mode(PagingModeName mode) {
  if (mode == PagingModeName::bare) return mode;
  return static_cast<PagingModeName>(static_cast<std::uint8_t>(mode) | kX4);
}

/// hgatp of a hart that implements every mode of `format` down to `deepest`. It starts bare.
class Hgatp {
 public:
  constexpr explicit Hgatp(const HgatpFormat& format) : Hgatp(format, format.deepest) {}
  constexpr Hgatp(const HgatpFormat& format, PagingModeName deepest) : format_(format) {
    format_.deepest = deepest;
  }

  /// A CSR write. An unimplemented MODE is kept as it was, and the other fields take what is
  /// written. The root table is four pages and aligned, so that PPN's low two bits read as zero.
  constexpr void write(std::uint64_t raw) {
    const auto code = static_cast<std::uint8_t>(bits(raw, format_.mode_low, format_.mode_width));
    const PagingModeName mode = g_stage_mode(static_cast<PagingModeName>(code));
    if (implements(mode)) space_.mode = mode;
    space_.vmid = Vmid(static_cast<std::uint16_t>(bits(raw, format_.vmid_low, format_.vmid_width)));
    space_.root = Ppn(bits(raw, 0, format_.ppn_width) & ~low_mask(2));
  }
  /// A CSR read.
  constexpr std::uint64_t read() const {
    const std::uint64_t code = static_cast<std::uint64_t>(space_.mode) & low_mask(4);
    const std::uint64_t raw = with_bits(0, format_.mode_low, format_.mode_width, code);
    return with_bits(raw, format_.vmid_low, format_.vmid_width, space_.vmid.value()) |
           space_.root.value();
  }
  constexpr const GuestSpace& space() const { return space_; }

 private:
  constexpr bool implements(PagingModeName mode) const {
    return mode == PagingModeName::bare || (mode >= format_.shallowest && mode <= format_.deepest);
  }

  HgatpFormat format_;
  GuestSpace space_;
};

/// Which stages a guest's addresses go through. Both bare is `both` as well: nothing to walk.
constexpr Stages guest_stages(const AddressSpace& vsatp, const GuestSpace& hgatp) {
  if (hgatp.mode == PagingModeName::bare && vsatp.mode != PagingModeName::bare) return Stages::vs;
  if (vsatp.mode == PagingModeName::bare && hgatp.mode != PagingModeName::bare) return Stages::g;
  return Stages::both;
}

}  // namespace tlmmu
