// SPDX-License-Identifier: Apache-2.0
// pread and pwrite: which pages are copied, and what becomes of faults in the middle.
#include <gmock/gmock.h>

#include "firmware/kernel/vm/layout.h"
#include "testbenches/kernel/invariants.h"
#include "testbenches/kernel/program.h"

namespace tlmmu::kernel::testing {
namespace {

constexpr AccessContext kKernel{Privilege::supervisor, Sum::permitted};
constexpr std::uint64_t kPage = kPageBytes.value();
constexpr std::uint64_t kFilePages = 16;

/// A process, a file, and a hart that copies words for the kernel.
class KernelFileIo : public ::testing::Test {
 protected:
  explicit KernelFileIo(const Settings& settings = settings_of(200))
      : bench(settings), file(*bench.kernel.create_file(kFilePages)), p(bench.run()) {
    buffer = bench.map_pages(p, 32);
  }
  ~KernelFileIo() override {
    EXPECT_EQ(bench.kernel.state().processes.at(p).source, nullptr);
    check_invariants(bench);
  }

  CallAnswer pread(std::uint64_t to, std::uint64_t offset, std::uint64_t length) {
    return transfer(
        {CopyDirection::to_user, file, Bytes(offset), VirtualAddress(to), Bytes(length)});
  }
  CallAnswer pwrite(std::uint64_t from, std::uint64_t offset, std::uint64_t length) {
    return transfer(
        {CopyDirection::from_user, file, Bytes(offset), VirtualAddress(from), Bytes(length)});
  }
  CallAnswer transfer(const FileTransfer& request) {
    CallAnswer answer = bench.call(p, [&] { return bench.kernel.transfer(p, request); });
    while (answer.copy) {
      const UserCopy copy = *answer.copy;
      answer = bench.call(p, [&] { return carry_out(request.direction, copy); });
    }
    return answer;
  }
  /// Word by word; `blocked` where the process has to wait. It proceeds when it runs again.
  CallAnswer carry_out(CopyDirection direction, const UserCopy& copy) {
    if (waited_) {
      waited_ = false;
      return proceed();
    }
    const bool to_user = direction == CopyDirection::to_user;
    std::uint64_t done = 0;
    while (done < copy.length.value()) {
      const Bytes at(done);
      const FaultRequest request{p, (to_user ? copy.to : copy.from) + at,
                                 to_user ? AccessType::store : AccessType::load, kKernel};
      std::uint64_t& cached = kernel_word((to_user ? copy.from : copy.to) + at);
      if (std::uint64_t* word = bench.attempt(request)) {
        (to_user ? *word : cached) = to_user ? cached : *word;
        done += 8;
        continue;
      }
      bench.kernel.copied(p, Bytes(done - told_));
      told_ = done;
      const FaultAnswer answer = bench.kernel.page_fault(request);
      if (answer == FaultAnswer::resume) continue;
      told_ = 0;
      if (answer == FaultAnswer::refused) return bench.kernel.give_up(p);
      waited_ = answer == FaultAnswer::blocked;
      return call_later(answer);
    }
    bench.kernel.copied(p, Bytes(done - told_));
    told_ = 0;
    return proceed();
  }
  CallAnswer proceed() {
    const CallAnswer answer = bench.kernel.proceed(p);
    waited_ = answer.answer == FaultAnswer::blocked;
    return answer;
  }
  /// Where the kernel's half shows it.
  std::uint64_t& kernel_word(VirtualAddress address) {
    const KernelState& state = bench.kernel.state();
    const Ppn base = state.settings.memory_base.page();
    const Bytes offset = address - *linear_address(state.mode, state.settings, base);
    const Ppn number(base.value() + offset / kPageBytes);
    return bench.machine.frame(number)[address.page_offset().value() / 8];
  }
  std::uint64_t on_disk(std::uint64_t page) { return bench.content_of(file, page); }

  ProgramBench bench;
  FileId file;
  ProcessId p;
  std::uint64_t buffer = 0;

 private:
  std::uint64_t told_ = 0;
  bool waited_ = false;
};

TEST_F(KernelFileIo, a_read_brings_the_pages_of_the_file_and_copies_them) {
  const CallAnswer answer = pread(buffer + 0x800, kPage / 2, 3 * kPage);
  EXPECT_TRUE(answer.ok());
  EXPECT_EQ(answer.value, 3 * kPage);
  EXPECT_EQ(bench.load(p, buffer + 0x800), on_disk(0));
  EXPECT_EQ(bench.load(p, buffer + kPage), on_disk(1));
  EXPECT_EQ(bench.load(p, buffer + 3 * kPage + 0x7f8), on_disk(3));
  EXPECT_EQ(bench.load(p, buffer + 3 * kPage + 0x800), 0U) << "no more than was asked for";
  EXPECT_EQ(bench.counters().transfer_reads, 4U);
  EXPECT_EQ(bench.counters().bytes_to_user, 3 * kPage);
  EXPECT_EQ(bench.faults(FaultKind::minor), 4U) << "of the buffer, in the middle of the copy";
}

TEST_F(KernelFileIo, what_is_in_the_page_cache_is_not_read_again) {
  EXPECT_TRUE(pread(buffer, 0, kPage).ok());
  EXPECT_TRUE(pread(buffer + kPage, 0, kPage).ok());
  EXPECT_EQ(bench.counters().transfer_reads, 1U);
  const std::uint64_t window = bench.map_file(p, file, 1, Sharing::shared);
  EXPECT_EQ(bench.load(p, window), on_disk(0));
  EXPECT_EQ(bench.counters().page_cache_hits, 1U);
}

TEST_F(KernelFileIo, what_was_written_is_seen_by_who_maps_the_file_and_reaches_the_disk) {
  const std::uint64_t window = bench.map_file(p, file, 2, Sharing::shared);
  EXPECT_NE(bench.load(p, window + kPage), 77U);
  bench.store(p, buffer, 77);
  EXPECT_EQ(pwrite(buffer, kPage, 8).value, 8U);
  EXPECT_EQ(bench.load(p, window + kPage), 77U);
  EXPECT_EQ(bench.counters().bytes_from_user, 8U);
  EXPECT_TRUE(bench.call(p, [&] { return bench.kernel.msync(p, range_at(window, 2)); }).ok());
  EXPECT_EQ(on_disk(1), 77U);
  EXPECT_NE(on_disk(0), 77U);
}

TEST_F(KernelFileIo, nothing_is_moved_beyond_the_end_of_the_file) {
  EXPECT_EQ(pread(buffer, (kFilePages - 1) * kPage, 4 * kPage).value, kPage);
  EXPECT_EQ(pread(buffer, kFilePages * kPage, 8).value, 0U);
  EXPECT_EQ(pwrite(buffer, ~std::uint64_t{0}, 8).value, 0U);
  const FileTransfer nowhere{CopyDirection::to_user, FileId(9), Bytes(0), VirtualAddress(buffer),
                             Bytes(8)};
  EXPECT_EQ(transfer(nowhere).error, CallError::invalid_argument);
}

TEST_F(KernelFileIo, a_bad_buffer_fails_the_call_unless_something_was_copied_before) {
  EXPECT_EQ(pread(0, 0, 8).error, CallError::bad_address);
  EXPECT_EQ(pwrite(~std::uint64_t{0} << 38U, 0, 8).error, CallError::bad_address);
  EXPECT_EQ(pread(kTextAt, 0, 8).error, CallError::bad_address) << "text cannot be written";
  const CallAnswer partly = pread(buffer + 31 * kPage, 0, 2 * kPage);
  EXPECT_TRUE(partly.ok());
  EXPECT_EQ(partly.value, kPage);
  EXPECT_EQ(bench.faults(FaultKind::refused), 4U);
  EXPECT_TRUE(bench.machine.kills.empty());
}

TEST_F(KernelFileIo, a_read_into_a_page_shared_by_fork_copies_it_first) {
  bench.store(p, buffer, 5);
  const ProcessId child = bench.fork(p);
  EXPECT_TRUE(pread(buffer, 0, 8).ok());
  EXPECT_EQ(bench.counters().copied, 1U);
  EXPECT_EQ(bench.load(p, buffer), on_disk(0));
  EXPECT_EQ(bench.load(child, buffer), 5U);
}

TEST_F(KernelFileIo, who_ends_in_a_copy_lets_the_page_of_the_file_go) {
  const FileTransfer request{CopyDirection::to_user, file, Bytes(0), VirtualAddress(buffer),
                             Bytes(16)};
  const CallAnswer answer = bench.call(p, [&] { return bench.kernel.transfer(p, request); });
  ASSERT_TRUE(answer.copy);
  EXPECT_NE(bench.kernel.state().processes.at(p).source, nullptr);
  bench.kernel.exit(p);
  EXPECT_EQ(bench.kernel.state().pinned, 0U);
}

/// Much less memory than buffer and file need.
class KernelFileIoInLittleMemory : public KernelFileIo {
 protected:
  KernelFileIoInLittleMemory() : KernelFileIo(settings_of(20)) {}
};

TEST_F(KernelFileIoInLittleMemory, buffer_and_file_go_to_the_disk_and_come_back) {
  for (std::uint64_t i = 0; i < 32; ++i) bench.store(p, buffer + i * kPage, 1000 + i);
  EXPECT_EQ(pwrite(buffer, 0, kFilePages * kPage).value, kFilePages * kPage);
  EXPECT_EQ(pread(buffer + kFilePages * kPage, 0, kFilePages * kPage).value, kFilePages * kPage);
  for (std::uint64_t i = 0; i < kFilePages; ++i) {
    EXPECT_EQ(bench.load(p, buffer + i * kPage), 1000 + i);
    EXPECT_EQ(bench.load(p, buffer + (kFilePages + i) * kPage), 1000 + i);
  }
  EXPECT_GT(bench.faults(FaultKind::major_swap), 0U);
  EXPECT_GT(bench.counters().file_outs, 0U);
}

}  // namespace
}  // namespace tlmmu::kernel::testing
