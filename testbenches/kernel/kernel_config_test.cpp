// SPDX-License-Identifier: Apache-2.0
// Section [kernel]: how it becomes settings, and what is refused.
#include <gmock/gmock.h>

#include "models/base/error.h"
#include "models/kernel/kernel_context.h"

namespace tlmmu {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

HostKernelContext context_of(Bytes memory, std::uint32_t processes = 1) {
  HostKernelContext context;
  context.memory_size = memory;
  context.memory_base = PhysicalAddress(0x8000'0000);
  context.disk_capacity = mebibytes(64);
  context.processes = processes;
  return context;
}

TEST(KernelConfig, automatic_watermarks_follow_the_memory_size) {
  EXPECT_EQ(kernel_settings(KernelConfig(), context_of(gibibytes(1))).watermarks.min, 1024U);
  EXPECT_EQ(kernel_settings(KernelConfig(), context_of(mebibytes(4))).watermarks.min, 64U);
}

TEST(KernelConfig, given_watermarks_are_taken) {
  KernelConfig config;
  config.watermarks = WatermarkSource::given;
  config.watermark_min = 100;
  const auto marks = kernel_settings(config, context_of(mebibytes(4))).watermarks;
  EXPECT_EQ(marks.low, 125U);
  EXPECT_EQ(marks.high, 150U);
}

TEST(KernelConfig, disk_and_memory_are_counted_in_pages) {
  const auto settings = kernel_settings(KernelConfig(), context_of(mebibytes(4)));
  EXPECT_EQ(settings.disk.blocks, 16384U);
  EXPECT_EQ(settings.frames(), 1024U);
}

TEST(KernelConfig, memory_that_is_all_reserved_is_refused) {
  EXPECT_THAT([] { kernel_settings(KernelConfig(), context_of(kibibytes(256))); },
              ThrowsMessage<InputError>(HasSubstr("kernel.reserved takes 128")));
}

TEST(KernelConfig, memory_that_cannot_hold_the_tables_of_all_processes_is_refused) {
  EXPECT_THAT([] { kernel_settings(KernelConfig(), context_of(mebibytes(1), 1000)); },
              ThrowsMessage<InputError>(HasSubstr("too few for 1000 processes")));
}

TEST(KernelConfig, more_processes_than_asids_are_refused) {
  EXPECT_THAT([] { kernel_settings(KernelConfig(), context_of(gibibytes(4), 65536)); },
              ThrowsMessage<InputError>(HasSubstr("65535")));
}

TEST(KernelConfig, watermarks_that_no_memory_reaches_are_refused) {
  KernelConfig config;
  config.watermarks = WatermarkSource::given;
  config.watermark_min = 1000;
  EXPECT_THAT([&] { kernel_settings(config, context_of(mebibytes(4))); },
              ThrowsMessage<InputError>(HasSubstr("kernel.watermark_min")));
}

TEST(KernelConfig, sv32_takes_no_memory_beyond_34_bits_and_no_disk_beyond_its_ptes) {
  HostKernelContext context = context_of(gibibytes(14));
  context.paging_mode = PagingModeName::sv32;
  EXPECT_EQ(kernel_settings(KernelConfig(), context).asids, 511U);
  context.memory_size = gibibytes(15);
  EXPECT_THAT([&] { kernel_settings(KernelConfig(), context); },
              ThrowsMessage<InputError>(HasSubstr("physical addresses of sv32 have 34 bits")));
  context = context_of(mebibytes(4));
  context.paging_mode = PagingModeName::sv32;
  context.disk_capacity = gibibytes(17);
  EXPECT_THAT([&] { kernel_settings(KernelConfig(), context); },
              ThrowsMessage<InputError>(HasSubstr("swap_disk.capacity: 4456448 blocks")));
}

}  // namespace
}  // namespace tlmmu
