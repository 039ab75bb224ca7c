// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tlm>

#include "models/base/address.h"
#include "models/tlm/memory_extension.h"

namespace tlmmu {

/// A trace has addresses but no data. A payload whose byte enables are all 0 takes the way and the
/// time of its command and changes no byte (IEEE 1666, 14.8 "Byte enable pointer attribute").
/// Never written, but a payload takes a pointer to mutable bytes only.
// NOLINTNEXTLINE(readability-identifier-naming)
extern unsigned char kNoByteEnables[1];

inline bool moves_data(const tlm::tlm_generic_payload& payload) {
  return payload.get_byte_enable_ptr() == nullptr;
}

/// Makes `payload` a timed access without data: byte enables all 0.
inline void move_no_data(tlm::tlm_generic_payload& payload) {
  payload.set_data_ptr(kNoByteEnables);
  payload.set_byte_enable_ptr(kNoByteEnables);
  payload.set_byte_enable_length(1);
}

inline Picoseconds to_picoseconds(const sc_core::sc_time& time) {
  return Picoseconds(time.value());
}
/// SystemC's resolution is its default of 1 ps; the platform checks that nobody changed it.
inline sc_core::sc_time to_sc_time(Picoseconds time) {
  return sc_core::sc_time::from_value(time.value());
}
/// Local time of an initiator that runs `delay` ahead of the kernel.
inline Picoseconds local_time(const sc_core::sc_time& delay) {
  return to_picoseconds(sc_core::sc_time_stamp() + delay);
}

/// A payload with its extension, made once per initiator and used for every transaction.
class MemoryTransaction {
 public:
  explicit MemoryTransaction(Origin origin);
  MemoryTransaction(const MemoryTransaction&) = delete;
  MemoryTransaction& operator=(const MemoryTransaction&) = delete;
  ~MemoryTransaction();

  tlm::tlm_generic_payload& payload() { return payload_; }
  MemoryExtension& extension() { return extension_; }
  /// Sets up a read or write of `length` bytes at `data`.
  tlm::tlm_generic_payload& with_data(tlm::tlm_command command, PhysicalAddress address,
                                      unsigned char* data, unsigned length);
  /// Sets up a timed access that moves no data.
  tlm::tlm_generic_payload& without_data(tlm::tlm_command command, PhysicalAddress address,
                                         unsigned length);

 private:
  tlm::tlm_generic_payload payload_;
  MemoryExtension extension_;
};

}  // namespace tlmmu
