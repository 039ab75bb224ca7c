// SPDX-License-Identifier: Apache-2.0
// Each law of the kernel's statistics is broken by a count that slips. That the laws hold is
// checked by every test that calls `check_invariants`, and at the end of every run of the machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "models/kernel/kernel_stats.h"
#include "models/stats/snapshot.h"

namespace tlmmu {
namespace {

using kernel::FaultKind;
using kernel::Operation;

/// A count that is one too high, or a place that holds one too many.
struct Slip {
  const char* law;  ///< that it breaks, perhaps with others
  void (*make)(KernelStats&);
};

template <FaultKind kind>
void one_fault_too_many(KernelStats& s) {
  ++s.portable.faults.count[static_cast<unsigned>(kind)];
}

template <Operation operation>
void one_operation_too_many(KernelStats& s) {
  ++s.port.operations[static_cast<unsigned>(operation)].count;
}

const Slip kSlips[] = {
