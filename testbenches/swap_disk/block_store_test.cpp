// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/block_store.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <fstream>
#include <map>

#include "models/base/error.h"
#include "models/base/random.h"
#include "testbenches/support/temporary_folder.h"

namespace tlmmu {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::uint64_t kBlock = 4096;
using Block = std::array<unsigned char, 4096>;

Block pattern(std::uint64_t seed) {
  Random random(seed);
  Block block;
  for (auto& byte : block) byte = static_cast<unsigned char>(random.next());
  return block;
}

Block filled(unsigned char value) {
  Block block;
  block.fill(value);
  return block;
}

template <class Error>
std::string message_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return "no such error";
}

void flip_byte(const std::string& path, std::uint64_t offset) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  const char old = static_cast<char>(file.get());
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(static_cast<char>(old ^ 1));
}

TEST(BlockStore, a_block_never_written_reads_as_zeros) {
  BlockStore store("", 1000);
  Block block = filled(0xaa);
  EXPECT_EQ(store.read(BlockNumber(999), block.data()), BlockCheck::intact);
  EXPECT_EQ(block, filled(0));
}

TEST(BlockStore, agrees_with_a_map_over_random_reads_and_writes) {
  constexpr std::uint64_t kSeed = 17;
  SCOPED_TRACE(::testing::Message() << "seed " << kSeed);
  constexpr std::uint64_t kBlocks = std::uint64_t{1} << 32U;  // 16 TiB
  Random random(kSeed);
  BlockStore store("", kBlocks);
  std::map<std::uint64_t, Block> model;
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t number = random.below(40) * (kBlocks / 40);
    if (random.below(2) == 0) {
      model[number] = pattern(random.next());
      store.write(BlockNumber(number), model[number].data());
    } else {
      Block found;
      ASSERT_EQ(store.read(BlockNumber(number), found.data()), BlockCheck::intact);
      ASSERT_EQ(found, model.count(number) != 0 ? model[number] : filled(0));
    }
  }
}

TEST(BlockStore, contents_survive_in_a_backing_file) {
  const TemporaryFolder folder;
  const std::string path = folder.file("disk");
  {
    BlockStore store(path, 5000);
    store.write(BlockNumber(0), pattern(1).data());
    store.write(BlockNumber(4999), pattern(2).data());
    store.write(BlockNumber(7), filled(0).data());
  }
  BlockStore store(path, 5000);
  Block found;
  for (const auto& [number, expected] : std::map<std::uint64_t, Block>{
           {0, pattern(1)}, {4999, pattern(2)}, {7, filled(0)}, {8, filled(0)}}) {
    EXPECT_EQ(store.read(BlockNumber(number), found.data()), BlockCheck::intact) << number;
    EXPECT_EQ(found, expected) << number;
  }
}

TEST(BlockStore, a_backing_file_is_sparse) {
  const TemporaryFolder folder;
  BlockStore store(folder.file("disk"), 100'000'000);
  store.write(BlockNumber(99'999'999), pattern(1).data());
  struct stat status {};
  ASSERT_EQ(::stat(folder.file("disk").c_str(), &status), 0);
  EXPECT_GT(status.st_size, 4096LL * 100'000'000);
  EXPECT_LT(status.st_blocks * 512, 1 << 20);
}

TEST(BlockStore, a_flipped_bit_in_the_file_is_found) {
  const TemporaryFolder folder;
  const std::string path = folder.file("disk");
  Block found;
  BlockStore store(path, 10);
  store.write(BlockNumber(3), pattern(1).data());
  store.write(BlockNumber(4), pattern(2).data());
  flip_byte(path, store.data_offset().value() + 3 * kBlock + 1234);
  EXPECT_EQ(store.read(BlockNumber(3), found.data()), BlockCheck::corrupt);
  EXPECT_EQ(store.read(BlockNumber(4), found.data()), BlockCheck::intact);
  store.write(BlockNumber(3), pattern(3).data());
  EXPECT_EQ(store.read(BlockNumber(3), found.data()), BlockCheck::intact);
}

TEST(BlockStore, corruption_between_two_runs_is_found) {
  const TemporaryFolder folder;
  const std::string path = folder.file("disk");
  std::uint64_t data = 0;
  {
    BlockStore store(path, 10);
    store.write(BlockNumber(3), pattern(1).data());
    data = store.data_offset().value();
  }
  flip_byte(path, data + 3 * kBlock);
  BlockStore store(path, 10);
  Block found;
  EXPECT_EQ(store.read(BlockNumber(3), found.data()), BlockCheck::corrupt);
}

TEST(BlockStore, a_truncated_file_is_corruption_and_no_crash) {
  const TemporaryFolder folder;
  const std::string path = folder.file("disk");
  BlockStore store(path, 10);
  store.write(BlockNumber(9), pattern(1).data());
  std::filesystem::resize_file(path, store.data_offset().value() + 9 * kBlock + 100);
  Block found;
  EXPECT_EQ(store.read(BlockNumber(9), found.data()), BlockCheck::corrupt);
}

TEST(BlockStore, a_backing_path_that_cannot_be_a_disk_is_bad_input) {
  const TemporaryFolder folder;
  const auto message = [](const std::string& path) {
    return message_of<InputError>([&] { BlockStore(path, 10); });
  };
  EXPECT_THAT(message(folder.path()), HasSubstr("Is a directory"));
  EXPECT_THAT(message(folder.file("no/such/folder")), HasSubstr("No such file"));
  EXPECT_THAT(message("/dev/null"), HasSubstr("not a regular file"));
  ASSERT_EQ(::mkfifo(folder.file("pipe").c_str(), 0600), 0);
  EXPECT_THAT(message(folder.file("pipe")), HasSubstr("not a regular file"));
}

TEST(BlockStore, a_file_of_something_else_is_refused_and_left_alone) {
  const TemporaryFolder folder;
  const std::string path = folder.file("letter");
  std::ofstream(path) << "Dear Sir or Madam";
  EXPECT_THAT(message_of<InputError>([&] { BlockStore(path, 10); }),
              AllOf(HasSubstr(path), HasSubstr("neither empty nor a swap disk's file")));
  EXPECT_EQ(std::filesystem::file_size(path), 17U);
}

TEST(BlockStore, a_file_of_another_capacity_is_refused) {
  const TemporaryFolder folder;
  const std::string path = folder.file("disk");
  { BlockStore store(path, 10); }
  EXPECT_THAT(message_of<InputError>([&] { BlockStore(path, 11); }),
              AllOf(HasSubstr("40960 bytes"), HasSubstr("45056 bytes")));
}

TEST(BlockStore, a_file_that_another_machine_uses_is_refused) {
  const TemporaryFolder folder;
  const BlockStore first(folder.file("disk"), 10);
  EXPECT_THAT(message_of<InputError>([&] { BlockStore(folder.file("disk"), 10); }),
              HasSubstr("in use"));
}

TEST(BlockStore, a_full_file_system_is_a_host_failure) {
  // /dev/full answers every write with ENOSPC.
  BlockStore store(BackingFile(::open("/dev/full", O_RDWR), "the swap file"), 10);
  EXPECT_THAT(
      message_of<HostError>([&] { store.write(BlockNumber(0), pattern(1).data()); }),
      AllOf(HasSubstr("swap disk: cannot write the swap file"), HasSubstr("No space left")));
}

TEST(BlockStore, an_unusable_temporary_folder_is_a_host_failure) {
  const char* before = std::getenv("TMPDIR");
  const std::string saved = before != nullptr ? before : "";
  ::setenv("TMPDIR", "/no/such/folder", 1);
  EXPECT_THAT(message_of<HostError>([] { BlockStore("", 10); }), HasSubstr("/no/such/folder"));
  before != nullptr ? ::setenv("TMPDIR", saved.c_str(), 1) : ::unsetenv("TMPDIR");
}

}  // namespace
}  // namespace tlmmu
