// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/kernel/kernel_bench.h"

namespace tlmmu::kernel::testing {

constexpr std::uint64_t kTextAt = 0x1'0000, kDataAt = 0x10'0000, kBssAt = 0x20'0000;

constexpr AddressRange range_at(std::uint64_t start, std::uint64_t pages) {
  return {VirtualAddress(start), kPageBytes * pages};
}

/// A program of four pages of text, four of data, both from one file, and 64 of zeros.
class Program {
 public:
  explicit Program(FileId file)
      : segments_{{range_at(kTextAt, 4), kReadExecute, FilePart{file, 0}},
                  {range_at(kDataAt, 4), kReadWrite, FilePart{file, 4}},
                  {range_at(kBssAt, 64), kReadWrite, std::nullopt}} {}
  ProgramImage image() const { return {segments_, 3}; }

 private:
  ImageSegment segments_[3];
};

/// A kernel with one program file, whose first page of text holds the number of its block.
class ProgramBench : public KernelBench {
 public:
  explicit ProgramBench(const Settings& settings, std::uint32_t processes = 16)
      : KernelBench(settings, processes),
        file(kernel.create_file(8).value_or(FileId(0))),
        program(file) {}

  FileId file;
  Program program;

  ProcessId run() {
    const auto id = kernel.create_task(program.image());
    EXPECT_TRUE(id.has_value());
    return id.value_or(ProcessId(0));
  }
  std::uint64_t content_of(FileId of, std::uint64_t page) {
    return machine.block(kernel.state().files.at(of).block_of(page))[0];
  }

  ProcessId fork(ProcessId parent) {
    const CallAnswer answer = call(parent, [&] { return kernel.fork(parent); });
    EXPECT_TRUE(answer.ok());
    return ProcessId(static_cast<std::uint32_t>(answer.value));
  }
  /// The address, or 0 where the call was refused.
  std::uint64_t map(ProcessId p, const MapRequest& request) {
    const CallAnswer answer = call(p, [&] { return kernel.mmap(p, request); });
    return answer.ok() ? answer.value : 0;
  }
  std::uint64_t map_pages(ProcessId p, std::uint64_t pages) {
    MapRequest request;
    request.length = kPageBytes * pages;
    return map(p, request);
  }
  std::uint64_t map_file(ProcessId p, FileId of, std::uint64_t pages, Sharing sharing,
                         Permissions permissions = kReadWrite) {
    MapRequest request;
    request.length = kPageBytes * pages;
    request.contents = FilePart{of, 0};
    request.sharing = sharing;
    request.permissions = permissions;
    return map(p, request);
  }
  CallError unmap(ProcessId p, std::uint64_t start, std::uint64_t pages) {
    return call(p, [&] { return kernel.munmap(p, range_at(start, pages)); }).error;
  }
  std::uint64_t resident(ProcessId p) const { return kernel.state().processes.at(p).use.resident; }
};

}  // namespace tlmmu::kernel::testing
