// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/base/address.h"

namespace tlmmu {

/// A block's number on the disk. The disk stores blocks of one base page.
using BlockNumber = Strong<struct BlockNumberTag, std::uint64_t>;
constexpr Bytes kDiskBlockBytes = kPageBytes;
/// The longest command, in blocks: 1 MiB.
constexpr std::uint64_t kMaximumCommandBlocks = 256;

/// `unknown` stands for any operation code the disk does not have.
enum class DiskOperation : std::uint8_t { read, write, flush, unknown };

/// How a command ended; see models/tlm/disk_protocol.h for what each means to a driver.
enum class DiskOutcome : std::uint8_t {
  ok,
  bad_command,
  out_of_range,
  dma_error,
  data_error,
  medium_error
};

/// Whether the queue took a command.
enum class DiskAcceptance : std::uint8_t { accepted, busy };

/// Moves `block_count` blocks from `block` on to or from memory at `address`.
struct DiskCommand {
  DiskOperation operation = DiskOperation::read;
  std::uint32_t tag = 0;
  BlockNumber block;
  PhysicalAddress address;
  std::uint64_t block_count = 0;
};

struct DiskCompletion {
  std::uint32_t tag;
  DiskOutcome outcome;
};

}  // namespace tlmmu
