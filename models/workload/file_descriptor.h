// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

namespace tlmmu {

/// Who closes a descriptor: this process got it (standard input), or this object opened it.
enum class Ownership { borrowed, owned };

/// A file descriptor that is closed with the object, if it is owned.
class FileDescriptor {
 public:
  FileDescriptor(int descriptor, Ownership ownership)
      : descriptor_(descriptor), ownership_(ownership) {}
  ~FileDescriptor() {
    if (ownership_ == Ownership::owned && descriptor_ >= 0) ::close(descriptor_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int get() const { return descriptor_; }

 private:
  int descriptor_;
  Ownership ownership_;
};

}  // namespace tlmmu
