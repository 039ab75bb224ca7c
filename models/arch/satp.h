// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "models/arch/translation.h"
#include "models/base/bits.h"

namespace tlmmu {

/// Where satp's fields lie (privileged architecture, "Supervisor Address Translation and
/// Protection Register"). PPN begins at bit 0.
///
///            RV64   63  60 59  44 43   0        RV32   31   30  22 21   0
///                  +------+------+------+             +------+------+------+
///                  | MODE | ASID | PPN  |             | MODE | ASID | PPN  |
///                  +------+------+------+             +------+------+------+
struct SatpFormat {
  unsigned mode_low, mode_width;
  unsigned asid_low, asid_width;
  unsigned ppn_width;
  PagingModeName shallowest;  ///< the shallowest mode that MODE encodes, beside bare
  PagingModeName deepest;     ///< the deepest
};
constexpr SatpFormat kSatpRv32{31, 1, 22, 9, 22, PagingModeName::sv32, PagingModeName::sv32};
constexpr SatpFormat kSatpRv64{60, 4, 44, 16, 44, PagingModeName::sv39, PagingModeName::sv57};

/// What `raw` says; empty where MODE is reserved. Software leaves ASID and PPN zero with bare;
/// where it does not they are kept and mean nothing.
constexpr std::optional<AddressSpace> decode_satp(const SatpFormat& format, std::uint64_t raw) {
  const auto mode = static_cast<PagingModeName>(bits(raw, format.mode_low, format.mode_width));
  if (mode != PagingModeName::bare && (mode < format.shallowest || mode > format.deepest)) {
    return std::nullopt;
  }
  const auto asid = static_cast<std::uint16_t>(bits(raw, format.asid_low, format.asid_width));
  return AddressSpace{mode, Ppn(bits(raw, 0, format.ppn_width)), Asid(asid)};
}

/// The satp that holds `space`, whose mode `format` must know; what does not fit a field is cut.
constexpr std::uint64_t encode_satp(const SatpFormat& format, const AddressSpace& space) {
  std::uint64_t raw =
      with_bits(0, format.mode_low, format.mode_width, static_cast<std::uint64_t>(space.mode));
  raw = with_bits(raw, format.asid_low, format.asid_width, space.asid.value());
  return with_bits(raw, 0, format.ppn_width, space.root.value());
}

/// satp, or vsatp, of a hart that implements every mode of `format` down to `deepest`: a mode
/// requires the shallower ones. It starts bare.
class Satp {
 public:
  constexpr explicit Satp(const SatpFormat& format) : Satp(format, format.deepest) {}
  constexpr Satp(const SatpFormat& format, PagingModeName deepest)
      : format_(format), space_{PagingModeName::bare, Ppn(0), Asid(0)} {
    format_.deepest = deepest;
  }

  /// A CSR write. If MODE is not implemented the whole write has no effect, on no field.
  constexpr void write(std::uint64_t raw) {
    if (const auto written = decode_satp(format_, raw)) space_ = *written;
  }
  /// A CSR write of vsatp while V = 0: an unimplemented MODE is kept as it was, and the other
  /// fields take what is written ("Virtual Supervisor Address Translation and Protection
  /// Register").
  constexpr void write_fields(std::uint64_t raw) {
    const auto mode = static_cast<std::uint64_t>(space_.mode);
    const bool known = decode_satp(format_, raw).has_value();
    write(known ? raw : with_bits(raw, format_.mode_low, format_.mode_width, mode));
  }
  /// A CSR read.
  constexpr std::uint64_t read() const { return encode_satp(format_, space_); }
  constexpr const AddressSpace& space() const { return space_; }

 private:
  SatpFormat format_;
  AddressSpace space_;
};

}  // namespace tlmmu
