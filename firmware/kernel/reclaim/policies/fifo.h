// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/reclaim/policy.h"

namespace tlmmu::kernel {

/// The page that came first goes first.
class Fifo final : public Policy {};

}  // namespace tlmmu::kernel
