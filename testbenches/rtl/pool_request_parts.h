// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "testbenches/rtl/pool_checks.h"

namespace tlmmu {

/// A part of a request, and how two requests come to differ in one bit of it.
struct RequestPart {
  enum class Walks : std::uint8_t { one, two };

  const char* name;
  unsigned bits;
  void (*change)(WalkRequest&, unsigned bit);
  Walks walks;  ///< of two requests that differ in nothing else
};

inline constexpr RequestPart kRequestParts[] = {
    {"offset", kPageShift,
     [](WalkRequest& request, unsigned bit) {
       request.address = VirtualAddress(request.address.value() ^ std::uint64_t{1} << bit);
     },
     RequestPart::Walks::one},
    {"page", 64 - kPageShift,
     [](WalkRequest& request, unsigned bit) {
       const std::uint64_t flipped = std::uint64_t{1} << (kPageShift + bit);
       request.address = VirtualAddress(request.address.value() ^ flipped);
     },
     RequestPart::Walks::two},
    {"asid", 16,
     [](WalkRequest& request, unsigned bit) {
       request.space.asid =
           Asid(static_cast<std::uint16_t>(request.space.asid.value() ^ 1U << bit));
     },
     RequestPart::Walks::two},
    {"root", 44,
     [](WalkRequest& request, unsigned bit) {
       request.space.root = Ppn(request.space.root.value() ^ std::uint64_t{1} << bit);
     },
     RequestPart::Walks::two},
    {"access", 2,
     [](WalkRequest& request, unsigned bit) {
       request.type = static_cast<AccessType>((static_cast<unsigned>(request.type) + 1 + bit) % 3);
     },
     RequestPart::Walks::two},
    {"privilege", 1,
     [](WalkRequest& request, unsigned) {
       const bool user = request.context.privilege == Privilege::user;
       request.context.privilege = user ? Privilege::supervisor : Privilege::user;
     },
     RequestPart::Walks::two},
    {"sum", 1,
     [](WalkRequest& request, unsigned) {
       const bool permitted = request.context.sum == Sum::permitted;
       request.context.sum = permitted ? Sum::forbidden : Sum::permitted;
     },
     RequestPart::Walks::two},
    {"mxr", 1,
     [](WalkRequest& request, unsigned) {
       request.context.mxr = request.context.mxr == Mxr::on ? Mxr::off : Mxr::on;
     },
     RequestPart::Walks::two},
};
inline std::ostream& operator<<(std::ostream& out, const RequestPart& part) {
  return out << part.name;
}

/// Two requests that differ in one bit of `part` are as many walks as it says, whichever bit it is.
template <class Pool>
std::string check_part(const RequestPart& part) {
  for (unsigned bit = 0; bit < part.bits; ++bit) {
    Pool pool(1 + bit);
    const WalkRequest request = pool.requesters().requests().next();
    WalkRequest other = request;
    part.change(other, bit);
    pool.requesters().ask(0, request);
    pool.requesters().ask(1, other);
    const std::string mismatch = run_until_idle(pool, quiet(20));
    if (!mismatch.empty()) return std::string(part.name) + ": " + mismatch;
    const std::uint64_t walks = part.walks == RequestPart::Walks::one ? 1 : 2;
    if (pool.counts().walks != walks) {
      return std::string(part.name) + " makes " + std::to_string(pool.counts().walks) + " walks";
    }
  }
  return "";
}

}  // namespace tlmmu
