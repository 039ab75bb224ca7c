// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/events/fst_writer.h"

namespace tlmmu::events {
namespace {

TEST(FstWriterAbsent, says_what_to_install_and_what_works_instead) {
  EXPECT_THAT([] { make_fst_writer("a.fst"); },
              testing::ThrowsMessage<InputError>(testing::AllOf(
                  testing::HasSubstr("package verilator"), testing::HasSubstr(".vcd"))));
}

}  // namespace
}  // namespace tlmmu::events
