// SPDX-License-Identifier: Apache-2.0
#include "models/events/output_file.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "models/base/error.h"
#include "models/events/wave_writer.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu::events {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(OutputFile, appears_when_it_is_committed) {
  const TemporaryFolder folder;
  {
    OutputFile file(folder.file("a.json"));
    std::ofstream(file.partial_path()) << "text";
    EXPECT_FALSE(fs::exists(file.path()));
    file.commit();
  }
  EXPECT_EQ(fs::file_size(folder.file("a.json")), 4U);
  EXPECT_EQ(folder.files(), 1U);
}

TEST(OutputFile, leaves_nothing_and_keeps_the_older_file_if_it_is_given_up) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("a.json")) << "older";
  { const OutputFile file(folder.file("a.json")); }
  EXPECT_EQ(fs::file_size(folder.file("a.json")), 5U);
  EXPECT_EQ(folder.files(), 1U);
}

TEST(OutputFile, refuses_a_folder_that_does_not_exist) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { OutputFile(folder.file("none/a.json")); },
              ThrowsMessage<InputError>(HasSubstr("none/a.json: cannot be written: No such file")));
}

TEST(OutputFile, refuses_a_directory_and_a_device) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { OutputFile(folder.path()); },
              ThrowsMessage<InputError>(HasSubstr("not a regular file")));
  EXPECT_THAT([] { OutputFile("/dev/null"); },
              ThrowsMessage<InputError>(HasSubstr("not a regular file")));
}

TEST(WaveFile, is_written_in_the_format_that_its_ending_names) {
  const TemporaryFolder folder;
  open_wave_file(folder.file("a.vcd"))->close();
  EXPECT_TRUE(fs::exists(folder.file("a.vcd")));
  EXPECT_THAT([&] { open_wave_file(folder.file("a.waves")); },
              ThrowsMessage<InputError>(HasSubstr("files that end in .fst or .vcd")));
}

}  // namespace
}  // namespace tlmmu::events
