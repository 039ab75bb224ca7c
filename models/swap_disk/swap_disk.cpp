// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/swap_disk.h"

#include <algorithm>
#include <cstring>

#include "models/base/error.h"

namespace tlmmu {

namespace {

static_assert(disk::kBlockBytes == kDiskBlockBytes);
static_assert(disk::kMaximumBlocks == kMaximumCommandBlocks);

DiskOperation decode(disk::Operation operation) {
  switch (operation) {
    case disk::Operation::read:
      return DiskOperation::read;
    case disk::Operation::write:
      return DiskOperation::write;
    case disk::Operation::flush:
      return DiskOperation::flush;
  }
  return DiskOperation::unknown;
}

disk::Outcome encode(DiskOutcome outcome) {
  switch (outcome) {
    case DiskOutcome::ok:
      return disk::Outcome::ok;
    case DiskOutcome::bad_command:
      return disk::Outcome::bad_command;
    case DiskOutcome::out_of_range:
      return disk::Outcome::out_of_range;
    case DiskOutcome::dma_error:
      return disk::Outcome::dma_error;
    case DiskOutcome::medium_error:
      return disk::Outcome::medium_error;
    case DiskOutcome::data_error:
      break;
  }
  return disk::Outcome::data_error;
}

/// What is wrong with an access to the register block, by its place alone; OK if nothing is.
tlm::tlm_response_status check(const tlm::tlm_generic_payload& payload) {
  if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  const unsigned length = payload.get_data_length();
  if (payload.get_streaming_width() < length) return tlm::TLM_BURST_ERROR_RESPONSE;
  const Bytes offset(payload.get_address());
  tlm::tlm_command direction = tlm::TLM_READ_COMMAND;
  bool whole = false;
  if (offset == disk::kSubmissionOffset) {
    direction = tlm::TLM_WRITE_COMMAND;
    whole = length == sizeof(disk::Submission);
  } else if (offset == disk::kCompletionOffset) {
    whole = length == sizeof(disk::Completion);
  } else if (offset == disk::kStatusOffset && length == sizeof(disk::Status)) {
    whole = true;
  } else if (offset >= disk::kStatusOffset &&
             offset < disk::kStatusOffset + Bytes(sizeof(disk::Status)) &&
             offset % Bytes(8) == Bytes(0)) {
    whole = length == 8;
  } else {
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  }
  if (payload.get_command() != direction) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  return whole ? tlm::TLM_OK_RESPONSE : tlm::TLM_BURST_ERROR_RESPONSE;
}

}  // namespace

SwapDisk::SwapDisk(const sc_core::sc_module_name& name, const SwapDiskConfig& config,
                   events::Emitter emit)
    : sc_module(name),
      registers_in("registers_in"),
      dma_out("dma_out"),
      interrupt_out("interrupt_out"),
      controller_(config, *this, emit),
      wake_("wake") {
  registers_in.bind(*this);
  dma_out.bind(*this);
  SC_HAS_PROCESS(SwapDisk);
  SC_METHOD(serve);
  sensitive << wake_;
  dont_initialize();
}

void SwapDisk::rethrow_failure() const {
  if (failure_) std::rethrow_exception(failure_);
}

void SwapDisk::serve() {
  if (failure_) return;
  try {
    controller_.run(to_picoseconds(sc_core::sc_time_stamp()));
  } catch (const HostError&) {
    failure_ = std::current_exception();
    sc_core::sc_stop();
    return;
  }
  interrupt_out.write(controller_.signals());
  wake_when_due();
}

void SwapDisk::wake_when_due() {
  const auto next = controller_.next_time();
  if (!next) return;
  const Picoseconds now = to_picoseconds(sc_core::sc_time_stamp());
  // Of several notifications the earliest counts.
  wake_.notify(to_sc_time(std::max(*next, now) - now));
}

void SwapDisk::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  tlm::tlm_response_status response = check(payload);
  if (response == tlm::TLM_OK_RESPONSE) response = access(payload, local_time(delay));
  payload.set_response_status(response);
}

tlm::tlm_response_status SwapDisk::access(tlm::tlm_generic_payload& payload, Picoseconds now) {
  const Bytes offset(payload.get_address());
  unsigned char* data = payload.get_data_ptr();
  if (offset == disk::kSubmissionOffset) {
    disk::Submission submission;
    std::memcpy(&submission, data, sizeof submission);
    submit(submission, now);
  } else if (offset == disk::kCompletionOffset) {
    const disk::Completion completion = complete();
    std::memcpy(data, &completion, sizeof completion);
  } else {
    const disk::Status current = status();
    const auto* bytes = reinterpret_cast<const unsigned char*>(&current);
    std::memcpy(data, bytes + (offset - disk::kStatusOffset).value(), payload.get_data_length());
  }
  return tlm::TLM_OK_RESPONSE;
}

void SwapDisk::submit(const disk::Submission& submission, Picoseconds now) {
  const DiskCommand command{decode(submission.operation), submission.tag,
                            BlockNumber(submission.block), PhysicalAddress(submission.bus_address),
                            submission.block_count};
  const DiskAcceptance answer = controller_.submit(command, now);
  last_submission_ =
      answer == DiskAcceptance::accepted ? disk::Acceptance::accepted : disk::Acceptance::busy;
  wake_when_due();
}

disk::Completion SwapDisk::complete() {
  disk::Completion completion;
  if (const auto taken = controller_.take_completion()) {
    completion.tag = taken->tag;
    completion.outcome = encode(taken->outcome);
    completion.more = static_cast<std::uint32_t>(controller_.completions());
    // Only the disk's own process drives the line.
    if (!controller_.signals()) wake_.notify(sc_core::SC_ZERO_TIME);
  }
  return completion;
}

disk::Status SwapDisk::status() const {
  disk::Status status;
  status.free_entries = static_cast<std::uint32_t>(controller_.free_entries());
  status.depth = static_cast<std::uint32_t>(controller_.depth());
  status.last_submission = last_submission_;
  status.completions = static_cast<std::uint32_t>(controller_.completions());
  status.capacity = controller_.blocks();
  return status;
}

std::optional<Picoseconds> SwapDisk::fetch(PhysicalAddress from, unsigned char* data,
                                           Picoseconds now) {
  return move(tlm::TLM_READ_COMMAND, from, data, now);
}

std::optional<Picoseconds> SwapDisk::store(PhysicalAddress to, unsigned char* data,
                                           Picoseconds now) {
  return move(tlm::TLM_WRITE_COMMAND, to, data, now);
}

std::optional<Picoseconds> SwapDisk::move(tlm::tlm_command command, PhysicalAddress address,
                                          unsigned char* data, Picoseconds now) {
  auto& payload = transaction_.with_data(command, address, data,
                                         static_cast<unsigned>(kDiskBlockBytes.value()));
  // A submission is at or after the simulation's time, so what is due now is never late.
  sc_core::sc_time delay = to_sc_time(now) - sc_core::sc_time_stamp();
  dma_out->b_transport(payload, delay);
  if (!payload.is_response_ok()) return std::nullopt;
  return local_time(delay);
}

}  // namespace tlmmu
