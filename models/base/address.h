// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/quantity.h"

namespace tlmmu {

/// The base page of every RISC-V paging mode: 4 KiB.
constexpr unsigned kPageShift = 12;
constexpr Bytes kPageBytes{std::uint64_t{1} << kPageShift};

/// A byte address in one space; `Number` is the page number type of the same space.
template <class Tag, class Number>
class Address : public Strong<Tag, std::uint64_t> {
 public:
  using Strong<Tag, std::uint64_t>::Strong;
  constexpr Number page() const { return Number(this->value() >> kPageShift); }
  constexpr Bytes page_offset() const { return Bytes(this->value() & (kPageBytes.value() - 1)); }
  friend constexpr Address operator+(Address a, Bytes n) { return Address(a.value() + n.value()); }
  friend constexpr Address operator-(Address a, Bytes n) { return Address(a.value() - n.value()); }
  friend constexpr Bytes operator-(Address a, Address b) { return Bytes(a.value() - b.value()); }
};

using Vpn = Strong<struct VpnTag, std::uint64_t>;    ///< virtual page number: address bits 63..12
using Ppn = Strong<struct PpnTag, std::uint64_t>;    ///< physical page number: a frame
using Asid = Strong<struct AsidTag, std::uint16_t>;  ///< address-space identifier of satp
using Gpn = Strong<struct GpnTag, std::uint64_t>;    ///< guest-physical page number
using Vmid = Strong<struct VmidTag, std::uint16_t>;  ///< virtual-machine identifier of hgatp
using VirtualAddress = Address<struct VirtualAddressTag, Vpn>;
using PhysicalAddress = Address<struct PhysicalAddressTag, Ppn>;
/// What a virtual machine takes for a physical address.
using GuestPhysicalAddress = Address<struct GuestPhysicalAddressTag, Gpn>;

constexpr VirtualAddress address_of(Vpn page) {
  return VirtualAddress(page.value() << kPageShift);
}
constexpr PhysicalAddress address_of(Ppn page) {
  return PhysicalAddress(page.value() << kPageShift);
}

}  // namespace tlmmu
