// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/random_case.h"

#include "testbenches/conformance/random_events.h"

namespace tlmmu::testing {

RandomCase RandomCases::next() {
  RandomHart hart(dice_);
  RandomEvents events(dice_, hart);
  events.set_up();
  for (unsigned i = 0; i < kEventsPerCase; ++i) events.happen();
  return events.take();
}

}  // namespace tlmmu::testing
