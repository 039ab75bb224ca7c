// SPDX-License-Identifier: Apache-2.0
#include "models/workload/file_descriptor.h"

#include <fcntl.h>
#include <unistd.h>

namespace tlmmu {

FileDescriptor FileDescriptor::owned(int descriptor) {
  constexpr int kFirstOfOurs = 3;
  if (descriptor >= 0 && descriptor < kFirstOfOurs) {
    const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kFirstOfOurs);
    ::close(descriptor);
    descriptor = moved;
  }
  return {descriptor, Ownership::owned};
}

FileDescriptor::~FileDescriptor() {
  if (ownership_ == Ownership::owned && descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace tlmmu
