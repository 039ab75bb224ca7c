// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "models/arch/translation.h"

namespace tlmmu {

/// Memory sockets: generic payloads with a MemoryExtension. A target takes any number of
/// initiators.
using MemoryInitiatorSocket = tlm::tlm_initiator_socket<64>;
using MemoryTargetSocket =
    tlm::tlm_target_socket<64, tlm::tlm_base_protocol_types, 0, sc_core::SC_ONE_OR_MORE_BOUND>;

/// The way back of a translation socket: an inclusive lower level withdraws what it has evicted.
class TranslationBackwardInterface : public virtual tlm::tlm_bw_transport_if<> {
 public:
  /// `evicted` must not be held any more, in the address space `tag` (or globally, by its G flag).
  virtual void back_invalidate(const Translation& evicted, SpaceTag tag) = 0;
  /// An exclusive lower level asks, once before simulation starts, for every entry that is evicted
  /// from now on (command `evict`). Whoever holds no entries ignores it.
  virtual void request_victims() {}
};

/// Translation sockets: generic payloads with a TranslationExtension. They do not bind to memory
/// sockets, so a translation can never be wired to a memory by mistake.
using TranslationInitiatorSocket =
    tlm::tlm_base_initiator_socket<64, tlm::tlm_fw_transport_if<>, TranslationBackwardInterface, 1,
                                   sc_core::SC_ONE_OR_MORE_BOUND>;
/// One initiator of the same requests to several translation chains, as a fence to each TLB.
using TranslationBroadcastSocket =
    tlm::tlm_base_initiator_socket<64, tlm::tlm_fw_transport_if<>, TranslationBackwardInterface, 0,
                                   sc_core::SC_ONE_OR_MORE_BOUND>;
using TranslationTargetSocket =
    tlm::tlm_base_target_socket<64, tlm::tlm_fw_transport_if<>, TranslationBackwardInterface, 0,
                                sc_core::SC_ONE_OR_MORE_BOUND>;

/// The initiator's half of a loosely timed module: answers every backward call with a clear error.
class MemoryInitiator : public virtual tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase&,
                                     sc_core::sc_time&) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
};

/// The same for a module with translation sockets; it may have memory sockets too. The module says
/// what back_invalidate does.
class TranslationInitiator : public MemoryInitiator, public virtual TranslationBackwardInterface {};

/// For an initiator that keeps no translations, so that there is nothing to withdraw. A module with
/// several sockets that may be wired to one target needs such an object (or a MemoryInitiator) per
/// socket, because a port refuses to bind one object twice.
class ForgetfulTranslationInitiator : public TranslationInitiator {
 public:
  void back_invalidate(const Translation&, SpaceTag) override {}
};

/// The target's half of a loosely timed module: the module implements b_transport.
class LooselyTimedTarget : public virtual tlm::tlm_fw_transport_if<> {
 public:
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload&, tlm::tlm_phase&,
                                     sc_core::sc_time&) override;
  bool get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi&) override { return false; }
  unsigned transport_dbg(tlm::tlm_generic_payload&) override { return 0; }
};

}  // namespace tlmmu
