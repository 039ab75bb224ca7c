// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/hgatp.h"
#include "models/ptw/walk.h"
#include "testbenches/support/page_table_builder.h"

namespace tlmmu::testing {

/// The page tables of a guest's address space and of its virtual machine, as one memory: guest
/// frame n lies in frame n + kGuestBase where the G stage maps it, and every page of the guest's
/// tables is mapped.
class TwoStageTables {
 public:
  static constexpr std::uint64_t kGuestBase = 0x10'0000;

  explicit TwoStageTables(PagingModeName mode)
      : vs_(mode, Ppn(0x4000)), g_(g_stage_mode(mode), Ppn(0x30'0000)) {
    map_guest_tables();
  }

  /// Maps the guest's page at `address` to guest frame `guest_frame`, and that by the G stage.
  void map(VirtualAddress address, Ppn guest_frame, PageSize size = PageSize::k4KiB,
           PageSize g_stage_size = PageSize::k4KiB) {
    vs_.map(address, guest_frame, size);
    map_guest(guest_frame, g_stage_size);
    map_guest_tables();
  }
  /// Maps guest frames from `guest_frame` by the G stage.
  void map_guest(Ppn guest_frame, PageSize size = PageSize::k4KiB, PteFlags flags = kUserPage) {
    g_.map(address_of(Vpn(guest_frame.value())), host(guest_frame), size, flags);
  }
  static Ppn host(Ppn guest_frame) { return Ppn(guest_frame.value() + kGuestBase); }
  static PhysicalAddress host(PhysicalAddress guest) { return guest + kGuestBase * kPageBytes; }

  PageTableBuilder& vs() { return vs_; }
  const PageTableBuilder& vs() const { return vs_; }
  PageTableBuilder& g() { return g_; }
  const PageTableBuilder& g() const { return g_; }
  GuestSpace guest(Vmid vmid = Vmid(1)) const { return {g_.mode().name, g_.space().root, vmid}; }
  WalkRequest request(VirtualAddress address, AccessType type = AccessType::load,
                      AccessContext context = {}) const {
    return {address, type, context, vs_.space(), Stages::both, guest()};
  }

  std::optional<Pte> read(PhysicalAddress address) const {
    if (address.page() >= g_.space().root) return g_.read(address);
    return vs_.read(address - kGuestBase * kPageBytes);
  }
  bool write(PhysicalAddress address, Pte pte) {
    if (address.page() >= g_.space().root) return g_.write(address, pte);
    return vs_.write(address - kGuestBase * kPageBytes, pte);
  }

 private:
  void map_guest_tables() {
    for (; mapped_ < vs_.tables(); ++mapped_) {
      map_guest(Ppn(vs_.space().root.value() + mapped_));
    }
  }

  PageTableBuilder vs_;
  PageTableBuilder g_;
  std::size_t mapped_ = 0;
};

}  // namespace tlmmu::testing
