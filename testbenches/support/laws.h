// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "models/stats/snapshot.h"

namespace tlmmu::testing {

/// Expects every conservation law of `statistics`, a struct with describe(), to hold.
template <class Statistics>
void expect_laws_hold(const Statistics& statistics) {
  const stats::Snapshot snapshot(statistics);
  EXPECT_FALSE(snapshot.laws().empty());
  for (const stats::Law& law : snapshot.laws()) {
    EXPECT_TRUE(law.holds()) << law.group << ": " << law.text << ": " << law.left
                             << " != " << law.right;
  }
}

}  // namespace tlmmu::testing
