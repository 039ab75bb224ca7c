// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifdef __SANITIZE_ADDRESS__
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>

#include <cstddef>
#endif

namespace tlmmu {

/// Tells AddressSanitizer, in builds that have it, which stack the caller runs on. SystemC 2.3.4
/// tells it of each switch to a coroutine, but not where the stack of main lies when that goes on;
/// an exception after a simulation is then taken for a write beyond the last coroutine's stack.
inline void tell_sanitizer_of_this_stack() {
#ifdef __SANITIZE_ADDRESS__
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  void* bottom = nullptr;
  std::size_t size = 0;
  void* fake_stack = nullptr;
  if (pthread_attr_getstack(&attributes, &bottom, &size) == 0) {
    __sanitizer_start_switch_fiber(&fake_stack, bottom, size);
    __sanitizer_finish_switch_fiber(fake_stack, nullptr, nullptr);
  }
  pthread_attr_destroy(&attributes);
#endif
}

}  // namespace tlmmu
