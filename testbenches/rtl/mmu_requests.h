// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/arch/fence.h"
#include "testbenches/rtl/mmu_expected.h"

namespace tlmmu {

/// Random requests to the pages of some tables, and fences.
class MmuRequests {
 public:
  MmuRequests(Random& random, Tables& tables) : random_(random), tables_(tables) {}

  /// Of any kind, some for what is no page.
  WalkRequest some() {
    WalkRequest request;
    std::uint64_t address = some_address().value();
    if (random_.below(12) == 0) address ^= std::uint64_t{1} << (kPageShift + random_.below(52));
    request.address = VirtualAddress(address);
    request.space = some_space();
    set_access(request);
    return request;
  }
  /// For a page, by its number, of an address space that lets it through.
  WalkRequest allowed(std::size_t space, std::size_t page) {
    WalkRequest request;
    request.address = within(tables_.pages().all()[page]);
    request.space = tables_.space(space);
    do set_access(request);
    while (expected(request, tables_).fault);
    return request;
  }
  void set_access(WalkRequest& request) {
    request.type = static_cast<AccessType>(random_.below(3));
    request.context.privilege = random_.below(2) == 0 ? Privilege::user : Privilege::supervisor;
    request.context.sum = random_.below(2) == 0 ? Sum::forbidden : Sum::permitted;
    request.context.mxr = random_.below(2) == 0 ? Mxr::off : Mxr::on;
  }

  /// Often of what `request` is for, often of something else.
  Fence some_fence(const WalkRequest& request) {
    Fence fence;
    // A fence by an address that is not canonical may do anything to the page of its low bits.
    const bool near = kSv39.is_canonical(request.address) && random_.below(2) == 0;
    if (random_.below(2) == 0) fence.vpn = (near ? request.address : some_address()).page();
    if (random_.below(2) == 0) fence.asid = some_space().asid;
    if (fence.asid && random_.below(4) == 0) fence.asid = request.space.asid;
    return fence;
  }
  /// Of what `request` is for.
  Fence naming_fence(const WalkRequest& request) {
    Fence fence;
    if (kSv39.is_canonical(request.address) && random_.below(2) == 0) {
      fence.vpn = request.address.page();
    }
    const bool global = tables_.is_global(request.address);
    if (!global && random_.below(2) == 0) fence.asid = request.space.asid;
    return fence;
  }

 private:
  const AddressSpace& some_space() { return tables_.space(random_.below(Tables::kSpaces)); }
  VirtualAddress some_address() {
    return within(tables_.pages().all()[random_.below(TestPages::kCount)]);
  }
  VirtualAddress within(const TestPage& page) {
    const unsigned bits = kPageShift + page.level * kSv39.index_bits;
    return VirtualAddress(page.address | random_.below(std::uint64_t{1} << bits));
  }

  Random& random_;
  Tables& tables_;
};

}  // namespace tlmmu
