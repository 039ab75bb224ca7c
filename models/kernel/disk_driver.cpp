// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/disk_driver.h"

namespace tlmmu {

template <class Content>
void DiskDriver::access(Register which, Content& content, sc_core::sc_time& delay) {
  auto& payload =
      transaction_.with_data(which.command, registers_ + which.offset,
                             reinterpret_cast<unsigned char*>(&content), sizeof content);
  bus_->b_transport(payload, delay);
  if (!payload.is_response_ok()) {
    SC_REPORT_ERROR("/tlmmu/kernel/disk_driver", "the disk's registers do not answer");
  }
}

void DiskDriver::start(sc_core::sc_time& delay) {
  disk::Status status;
  access({tlm::TLM_READ_COMMAND, disk::kStatusOffset}, status, delay);
  depth_ = status.depth;
}

kernel::Submission DiskDriver::submit(const kernel::DiskTransfer& transfer,
                                      sc_core::sc_time& delay) {
  if (occupied_ == depth_) return kernel::Submission::queue_full;
  const bool read = transfer.direction == kernel::TransferDirection::read;
  disk::Submission command;
  command.operation = read ? disk::Operation::read : disk::Operation::write;
  command.tag = static_cast<std::uint32_t>(transfer.tag.value());
  command.block = transfer.block.value();
  command.bus_address = address_of(transfer.frame).value();
  command.block_count = 1;
  access({tlm::TLM_WRITE_COMMAND, disk::kSubmissionOffset}, command, delay);
  if (occupied_++ == 0) heard_ = local_time(delay);
  return kernel::Submission::accepted;
}

std::optional<FinishedTransfer> DiskDriver::take_completion(sc_core::sc_time& delay) {
  if (occupied_ == 0) return std::nullopt;
  disk::Completion completion;
  access({tlm::TLM_READ_COMMAND, disk::kCompletionOffset}, completion, delay);
  if (completion.outcome == disk::Outcome::none) return std::nullopt;
  --occupied_;
  heard_ = local_time(delay);
  const bool ok = completion.outcome == disk::Outcome::ok;
  return FinishedTransfer{kernel::DiskTag(completion.tag),
                          ok ? kernel::TransferResult::ok : kernel::TransferResult::error};
}

}  // namespace tlmmu
