// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/random_cosim.h"

#include <algorithm>

#include "models/arch/satp.h"

namespace tlmmu::cosim {

namespace {

constexpr std::uint64_t kWalksOfEpisode = 64;
constexpr std::size_t kSpaces = 3;
constexpr std::size_t kAddresses = 12;
/// Odds: one in so many walks.
constexpr std::uint64_t kFenceBetween = 12, kFenceWithin = 8, kDamage = 24, kNotCanonical = 24,
                        kApart = 3;

Disturbance disturbance_of(CycleRange memory_latency) {
  if (memory_latency.least == memory_latency.most) return {memory_latency, {0, 0}, {0, 0}};
  return {memory_latency, {0, 3}, {0, 3}};
}

}  // namespace

RandomCosim::RandomCosim(const WalkerKind& kind, std::uint64_t seed, CycleRange memory_latency,
                         MemoryRange range)
    : kind_(kind),
      mode_(paging_mode(kind.mode)),
      random_(seed),
      memory_(mode_, range),
      walker_(kind.make()),
      scoreboard_(kind),
      bench_(*walker_, scoreboard_, memory_, disturbance_of(memory_latency), random_.next()) {}

void RandomCosim::begin_episode() {
  bench_.fence(Fence{});
  const bool shared = random_.below(2) == 0;
  memory_.renew(random_.next(),
                shared ? RandomMemory::Sharing::one_root : RandomMemory::Sharing::root_each);
  choose_asids();
  choose_addresses();
}

void RandomCosim::choose_asids() {
  const unsigned width = (mode_.xlen == 32 ? kSatpRv32 : kSatpRv64).asid_width;
  asids_.assign(1, static_cast<std::uint16_t>(random_.next() & low_mask(width)));
  while (asids_.size() < kSpaces) {
    // Neighbours, in one bit of all.
    const auto asid = static_cast<std::uint16_t>(asids_[0] ^ 1U << random_.below(width));
    if (std::find(asids_.begin(), asids_.end(), asid) == asids_.end()) asids_.push_back(asid);
  }
}

void RandomCosim::choose_addresses() {
  addresses_.assign(1, random_.next() & low_mask(mode_.virtual_bits));
  while (addresses_.size() < kAddresses) addresses_.push_back(address_near_another());
}

std::uint64_t RandomCosim::address_near_another() {
  const std::uint64_t any = random_.next() & low_mask(mode_.virtual_bits);
  const std::uint64_t other = addresses_[random_.below(addresses_.size())];
  // Of four: one is anywhere, one differs in one bit of the VPN, and two in their last VPN fields.
  switch (random_.below(4)) {
    case 0:
      return any;
    case 1:
      return other ^ std::uint64_t{1}
                         << (kPageShift + random_.below(mode_.virtual_bits - kPageShift));
    default: {
      const unsigned same =
          kPageShift + static_cast<unsigned>(random_.below(mode_.levels)) * mode_.index_bits;
      return (any & low_mask(same)) | (other & ~low_mask(same));
    }
  }
}

std::uint64_t RandomCosim::some_address() {
  std::uint64_t address = addresses_[random_.below(addresses_.size())];
  if (mode_.xlen == mode_.virtual_bits) return address;
  const std::uint64_t high = ~low_mask(mode_.virtual_bits);
  if ((address >> (mode_.virtual_bits - 1)) != 0) address |= high;
  if (random_.below(kNotCanonical) != 0) return address;
  const unsigned bit =
      mode_.virtual_bits - 1 + static_cast<unsigned>(random_.below(65 - mode_.virtual_bits));
  return address ^ std::uint64_t{1} << bit;
}

WalkRequest RandomCosim::some_request() {
  WalkRequest request;
  request.address = VirtualAddress(some_address());
  request.type = static_cast<AccessType>(random_.below(3));
  request.context.privilege = random_.below(2) == 0 ? Privilege::user : Privilege::supervisor;
  request.context.sum = random_.below(2) == 0 ? Sum::forbidden : Sum::permitted;
  request.context.mxr = random_.below(2) == 0 ? Mxr::off : Mxr::on;
  const auto space = static_cast<std::uint16_t>(random_.below(kSpaces));
  request.space = {kind_.mode, memory_.root(space), Asid(asids_[space])};
  return request;
}

Fence RandomCosim::some_fence() {
  Fence fence;
  if (random_.below(2) == 0) fence.vpn = VirtualAddress(some_address()).page();
  if (random_.below(2) == 0) fence.asid = Asid(asids_[random_.below(kSpaces)]);
  return fence;
}

void RandomCosim::happen_between_walks() {
  if (walks_ % kWalksOfEpisode == 0) return begin_episode();
  if (random_.below(kFenceBetween) == 0) bench_.fence(some_fence());
  if (random_.below(kDamage) != 0) return;
  // A pointer may have changed, and software has to say so.
  memory_.damage();
  bench_.fence(Fence{});
}

bool RandomCosim::step() {
  if (next_stands_ && walks_ % kWalksOfEpisode != 0) {
    request_ = next_;
    if (random_.below(kFenceBetween) == 0) bench_.fence(some_fence());
  } else {
    happen_between_walks();
    request_ = some_request();
  }
  fences_.clear();
  if (random_.below(kFenceWithin) == 0) fences_.push_back({1 + random_.below(24), some_fence()});
  next_stands_ = (walks_ + 1) % kWalksOfEpisode != 0 && random_.below(kApart) != 0;
  if (next_stands_) next_ = some_request();
  ++walks_;
  const bool good = bench_.walk(request_, fences_, next_stands_ ? &next_ : nullptr);
  if (bench_.response().outcome == RtlOutcome::aborted) ++aborted_;
  return good;
}

}  // namespace tlmmu::cosim
