// SPDX-License-Identifier: Apache-2.0
// The structures of mmu_pkg in the vectors at the pool's ports.
#pragma once

#include "models/cosim/walker_ports.h"
#include "models/ptw/walk.h"
#include "testbenches/rtl/wide_bits.h"

namespace tlmmu {

/// Sets the request of requester `number` in a vector of walk_request_t.
template <class Wide>
void put_request(Wide& pins, unsigned number, const WalkRequest& request) {
  constexpr unsigned kBits = 130;
  const unsigned low = number * kBits;
  put_bits(pins, low + 66, 64, request.address.value());
  put_bits(pins, low + 64, 2, static_cast<std::uint64_t>(request.type));
  put_bits(pins, low + 62, 2, static_cast<std::uint64_t>(request.context.privilege));
  put_bits(pins, low + 61, 1, request.context.sum == Sum::permitted);
  put_bits(pins, low + 60, 1, request.context.mxr == Mxr::on);
  put_bits(pins, low + 44, 16, request.space.asid.value());
  put_bits(pins, low, 44, request.space.root.value());
}
/// The answer to requester `number` in a vector of walk_response_t.
template <class Wide>
cosim::WalkerResponse get_response(const Wide& pins, unsigned number) {
  constexpr unsigned kBits = 65;
  const unsigned low = number * kBits;
  cosim::WalkerResponse response;
  response.outcome = static_cast<cosim::RtlOutcome>(get_bits(pins, low + 63, 2));
  response.cause = static_cast<std::uint8_t>(get_bits(pins, low + 59, 4));
  response.step = static_cast<std::uint8_t>(get_bits(pins, low + 55, 4));
  response.level = static_cast<std::uint8_t>(get_bits(pins, low + 52, 3));
  response.ppn = get_bits(pins, low + 8, 44);
  response.flags = static_cast<std::uint8_t>(get_bits(pins, low, 8));
  return response;
}

}  // namespace tlmmu
