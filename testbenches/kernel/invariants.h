// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/kernel/kernel_bench.h"

namespace tlmmu::kernel::testing {

/// Walks all page tables and holds them against the frame table, the slot map, the TLB and the
/// laws; fails the test where they differ.
void check_invariants(KernelBench& bench);

}  // namespace tlmmu::kernel::testing
