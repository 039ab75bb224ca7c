// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tlmmu {

/// A file descriptor that is closed with the object, unless it is standard input.
class FileDescriptor {
 public:
  /// Standard input of the process, which stays open.
  static FileDescriptor standard_input() { return FileDescriptor(0, Ownership::borrowed); }
  /// What open() or its like returned, which may be a failure; errno is left alone. Where standard
  /// streams are closed the system hands out their numbers: the object never keeps one of these, so
  /// that
  /// "-" does not read something that this program itself has opened.
  static FileDescriptor owned(int descriptor);

  ~FileDescriptor();
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  /// Negative if opening failed.
  int get() const { return descriptor_; }

 private:
  enum class Ownership { borrowed, owned };
  FileDescriptor(int descriptor, Ownership ownership)
      : descriptor_(descriptor), ownership_(ownership) {}

  int descriptor_;
  Ownership ownership_;
};

}  // namespace tlmmu
