// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/supervisor_run.h"

namespace tlmmu {

namespace {

std::uint64_t left_in(VirtualAddress address, std::uint64_t block) {
  return block - address.value() % block;
}

}  // namespace

SupervisorRun::SupervisorRun(const kernel::UserCopy& copy)
    : context_{Privilege::supervisor, Sum::permitted},
      copy_(copy),
      left_(copy.length.value()),
      copies_(true) {
  begin_line();
}

bool SupervisorRun::retire(const MemoryAccess& piece) {
  done_ += piece.size;
  if (done_ < access_.size) return false;
  done_ = 0;
  if (!copies_) {
    left_ = 0;
  } else if (access_.type == AccessType::load) {
    access_ = {copy_.to, access_.size, AccessType::store};
  } else {
    finish_line();
  }
  return true;
}

// No access crosses a line of where it stores to, or a page of where it loads from.
void SupervisorRun::begin_line() {
  const std::uint64_t size =
      std::min({left_, left_in(copy_.to, kLine), left_in(copy_.from, kPageBytes.value())});
  access_ = {copy_.from, static_cast<std::uint32_t>(size), AccessType::load};
}

void SupervisorRun::finish_line() {
  const Bytes size(access_.size);
  copied_ = copied_ + size;
  copy_.from = copy_.from + size;
  copy_.to = copy_.to + size;
  copy_.done = copy_.done + size;
  left_ -= size.value();
  if (left_ != 0) begin_line();
}

}  // namespace tlmmu
