// SPDX-License-Identifier: Apache-2.0
#include "models/kernel/frame_census.h"

#include <algorithm>

namespace tlmmu {

FrameCensus::FrameCensus(const kernel::FrameTable& frames) {
  for (std::uint64_t i = 0; i < frames.constructed(); ++i) {
    if (!frames.known(i)) continue;
    const kernel::Frame& frame = frames.at_index(i);
    const bool by_swap =
        frame.kind == kernel::PageKind::anonymous || frame.kind == kernel::PageKind::shared;
    most_users = std::max<std::uint64_t>(most_users, frame.users);
    ages += frame.age;
    ahead += frame.ahead ? 1 : 0;
    slot_holders += by_swap && frame.has_block && frame.users > 0 ? 1 : 0;
    locks += frame.locks;
    const bool unmapped_file =
        frame.state == kernel::FrameState::cached && frame.kind == kernel::PageKind::file;
    dirty_unmapped += unmapped_file && frame.dirty ? 1 : 0;
  }
}

}  // namespace tlmmu
