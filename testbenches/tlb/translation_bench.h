// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "models/tlb/tlb.h"
#include "models/tlm/payload.h"

namespace tlmmu::tlb_test {

/// Ends a chain in place of the walker: answers what `walk` says after a fixed time.
class StubWalker : public sc_core::sc_module, public LooselyTimedTarget {
 public:
  static constexpr Picoseconds kWalkTime{100'000};

  TranslationTargetSocket translation_in{"translation_in"};
  std::function<TranslationReply(VirtualAddress, const TranslationExtension&)> walk;
  tlm::tlm_response_status response = tlm::TLM_OK_RESPONSE;
  unsigned walks = 0;
  std::vector<Fence> fences;

  explicit StubWalker(const sc_core::sc_module_name& name) : sc_module(name) {
    translation_in.bind(*this);
  }

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override {
    auto& request = *payload.get_extension<TranslationExtension>();
    if (request.command == TranslationCommand::fence) fences.push_back(request.fence);
    if (request.command == TranslationCommand::translate) {
      ++walks;
      delay += to_sc_time(kWalkTime);
      request.reply = walk(VirtualAddress(payload.get_address()), request);
    }
    payload.set_response_status(response);
  }
};

/// A walk that maps the page of `size` at the address to the frame of the same number.
inline auto maps(PageSize size = PageSize::k4KiB, std::uint8_t flags = kUserData) {
  return [size, flags](VirtualAddress address, const TranslationExtension&) {
    const Vpn vpn = align_down(address.page(), size);
    const Translation translation{vpn, Ppn(vpn.value()), size, PteFlags(flags)};
    return TranslationReply{std::nullopt, translation.apply(address), translation};
  };
}

/// Asks in place of the CPU.
class Requester : public sc_core::sc_module, public TranslationInitiator {
 public:
  struct Answer {
    TranslationReply reply;
    Picoseconds time;
    tlm::tlm_response_status status;
  };

  TranslationInitiatorSocket translation_out{"translation_out"};
  TranslationExtension request;

  explicit Requester(const sc_core::sc_module_name& name) : sc_module(name) {
    translation_out.bind(*this);
    payload_.set_extension(&request);
  }
  ~Requester() override { payload_.clear_extension(&request); }
  void back_invalidate(const Translation&, SpaceTag) override {}

  Answer translate(std::uint64_t address, AccessType type = AccessType::load,
                   std::uint16_t asid = 1) {
    request.command = TranslationCommand::translate;
    request.type = type;
    request.space.asid = Asid(asid);
    return send(address);
  }
  Answer fence(const Fence& what) {
    request.command = TranslationCommand::fence;
    request.fence = what;
    return send(0);
  }

 private:
  Answer send(std::uint64_t address) {
    payload_.set_address(address);
    payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sc_core::sc_time delay;
    translation_out->b_transport(payload_, delay);
    return {request.reply, to_picoseconds(delay), payload_.get_response_status()};
  }

  tlm::tlm_generic_payload payload_;
};

constexpr ClockPeriod kClock = ClockPeriod::from_hertz(1'000'000'000);

}  // namespace tlmmu::tlb_test
