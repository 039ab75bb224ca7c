// SPDX-License-Identifier: Apache-2.0
#include "models/workload/cancel_token.h"

#include <fmt/format.h>
#include <sys/eventfd.h>

#include <cerrno>
#include <cstring>

#include "models/base/error.h"

namespace tlmmu {

CancelToken::CancelToken()
    : event_(FileDescriptor::owned(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
  if (event_.get() < 0) {
    throw HostError(fmt::format("cannot make an eventfd: {}", std::strerror(errno)));
  }
}

void CancelToken::cancel() {
  // Fails only when the counter is full, and then the descriptor is readable anyway.
  (void)::eventfd_write(event_.get(), 1);
}

}  // namespace tlmmu
