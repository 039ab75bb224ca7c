// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "models/base/random.h"
#include "testbenches/rtl/pool_memory.h"

namespace tlmmu {

/// What happens around a pool of walkers, each with odds of one in so many cycles; 0: never.
struct PoolTraffic {
  std::uint64_t request = 3;  ///< of each requester that has none
  std::uint64_t fence = 60;
  std::uint64_t busy = 3;      ///< memory does not grant
  std::uint64_t late = 3;      ///< a requester does not take its answer
  std::uint64_t latency = 8;   ///< memory's at most, in cycles
  bool all_different = false;  ///< no two requesters want the same page
};

/// Whether something of these odds happens.
inline bool chance(Random& random, std::uint64_t odds) {
  return odds != 0 && random.below(odds) == 0;
}

/// Random requests for few pages of few address spaces in a memory's page tables: many are equal,
/// many differ in one thing.
class PoolRequests {
 public:
  static constexpr std::uint64_t kSpaces = 3;

  PoolRequests(Random& random, PoolMemory& memory) : random_(random), memory_(memory) { renew(); }

  /// Other tables and other favorites.
  void renew() {
    using Sharing = cosim::RandomMemory::Sharing;
    memory_.renew(random_.next(), random_.below(2) == 0 ? Sharing::one_root : Sharing::root_each);
    favorites_.clear();
    for (unsigned i = 0; i < 6; ++i) {
      WalkRequest request;
      const std::uint64_t low = random_.next() & low_mask(kSv39.virtual_bits - 1);
      request.address = VirtualAddress(random_.below(12) == 0 ? random_.next() : low);
      request.type = static_cast<AccessType>(random_.below(3));
      request.context.privilege = random_.below(2) == 0 ? Privilege::user : Privilege::supervisor;
      set_space(request, random_.below(kSpaces));
      favorites_.push_back(request);
    }
  }
  WalkRequest next() {
    WalkRequest request = favorites_[random_.below(favorites_.size())];
    if (random_.below(3) == 0) change_something(request);
    const std::uint64_t offset = random_.below(kPageBytes.value());
    request.address =
        VirtualAddress((request.address.value() & ~(kPageBytes.value() - 1)) | offset);
    return request;
  }
  /// Of pages that no other requester has.
  WalkRequest own(unsigned requester) {
    WalkRequest request = next();
    request.address = VirtualAddress(requester << 30U | random_.below(64) << kPageShift);
    return request;
  }

 private:
  void set_space(WalkRequest& request, std::uint64_t number) {
    const auto space = static_cast<std::uint16_t>(number);
    request.space = {PagingModeName::sv39, memory_.root(space), Asid(space)};
  }
  void change_something(WalkRequest& request) {
    AccessContext& context = request.context;
    switch (random_.below(6)) {
      case 0:
        request.type = static_cast<AccessType>(random_.below(3));
        break;
      case 1:
        context.privilege =
            context.privilege == Privilege::user ? Privilege::supervisor : Privilege::user;
        break;
      case 2:
        context.sum = context.sum == Sum::permitted ? Sum::forbidden : Sum::permitted;
        break;
      case 3:
        context.mxr = context.mxr == Mxr::on ? Mxr::off : Mxr::on;
        break;
      case 4:
        set_space(request, random_.below(kSpaces));
        break;
      default:
        request.address = VirtualAddress(request.address.value() ^ 1U << kPageShift);
    }
  }

  Random& random_;
  PoolMemory& memory_;
  std::vector<WalkRequest> favorites_;
};

}  // namespace tlmmu
