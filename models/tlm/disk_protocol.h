// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/address.h"
#include "models/base/enum_names.h"

/// How a driver talks to the swap disk: commands and registers, as plain data without SystemC.
///
///     offset  access  bytes  register
///     0x00    write   32     Submission: puts one command into the queue
///     0x20    read    16     Completion: takes the oldest finished command out of the queue
///     0x40    read    24     Status, as a whole or any of its three aligned 8-byte words
///
/// Each register is accessed in one transaction; any other offset, length or direction is a bus
/// error. Fields are little-endian. A command occupies one of `depth` queue entries from its
/// submission until its completion was read, so completions cannot be lost. A submission to a full
/// queue is dropped and counted: `last_submission` says `busy`. A driver that keeps count of
/// what it has in the queue never sees that. Commands in the queue complete in any order; a flush
/// completes after every command that was submitted before it. The interrupt line is high while
/// completions wait to be read.
namespace tlmmu::disk {

/// The disk stores blocks of one base page.
constexpr Bytes kBlockBytes = kPageBytes;
/// The longest command, in blocks: 1 MiB.
constexpr std::uint64_t kMaximumBlocks = 256;

constexpr Bytes kSubmissionOffset{0x00};
constexpr Bytes kCompletionOffset{0x20};
constexpr Bytes kStatusOffset{0x40};
/// Size of the register block in the physical memory map.
constexpr Bytes kRegisterBytes{0x1000};

enum class Operation : std::uint32_t { read = 0, write = 1, flush = 2 };
constexpr EnumName<Operation> kOperationNames[] = {
    {Operation::read, "read"}, {Operation::write, "write"}, {Operation::flush, "flush"}};

/// One command: moves `block_count` blocks from `block` on to or from memory at `bus_address`,
/// which may have any alignment. A flush uses `operation` and `tag` only.
struct Submission {
  Operation operation = Operation::read;
  std::uint32_t tag = 0;  ///< the driver's own; comes back in the completion
  std::uint64_t block = 0;
  std::uint64_t bus_address = 0;  ///< full physical address of the first byte
  std::uint64_t block_count = 0;  ///< 1 to kMaximumBlocks
};
static_assert(sizeof(Submission) == 32, "the submission register has 32 bytes");

/// How a command ended. After an error the contents of the memory (read) or blocks (write) that the
/// command names are undefined: a part of them may have been moved.
enum class Outcome : std::uint32_t {
  ok = 0,
  none = 1,          ///< no completion waits; `tag` means nothing
  bad_command = 2,   ///< unknown operation, block count 0 or too large, address wraps around
  out_of_range = 3,  ///< a block beyond the capacity
  dma_error = 4,     ///< the memory system answered with an error: an address outside memory
  data_error = 5,  ///< a block's checksum does not match its contents; nothing wrong was delivered
  medium_error = 6,  ///< the medium could not be read, or did not keep what was written
};
constexpr EnumName<Outcome> kOutcomeNames[] = {
    {Outcome::ok, "ok"},
    {Outcome::none, "none"},
    {Outcome::bad_command, "bad_command"},
    {Outcome::out_of_range, "out_of_range"},
    {Outcome::dma_error, "dma_error"},
    {Outcome::data_error, "data_error"},
    {Outcome::medium_error, "medium_error"},
};

struct Completion {
  std::uint32_t tag = 0;
  Outcome outcome = Outcome::none;
  std::uint32_t more = 0;  ///< completions that still wait after this one
  std::uint32_t reserved = 0;
};
static_assert(sizeof(Completion) == 16, "the completion register has 16 bytes");

enum class Acceptance : std::uint32_t { accepted = 0, busy = 1 };

struct Status {
  std::uint32_t free_entries = 0;  ///< submissions that would be accepted now
  std::uint32_t depth = 0;         ///< queue entries in all
  Acceptance last_submission = Acceptance::accepted;
  std::uint32_t completions = 0;  ///< that wait to be read
  std::uint64_t capacity = 0;     ///< in blocks
};
static_assert(sizeof(Status) == 24, "the status registers have 24 bytes");

}  // namespace tlmmu::disk
