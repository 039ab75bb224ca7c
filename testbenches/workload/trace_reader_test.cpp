// SPDX-License-Identifier: Apache-2.0
#include "models/workload/trace_reader.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "models/base/error.h"
#include "models/base/quote_bytes.h"
#include "testbenches/workload/trace_bytes.h"

namespace tlmmu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::string error_of_opening(const std::string& path) {
  try {
    const TraceReader reader(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

Decoded read_file(const std::string& content, const TraceReaderOptions& options = {}) {
  const TemporaryFile file(content);
  TraceReader reader(file.path(), options);
  return read_all(reader);
}

TEST(TraceReader, reads_both_formats_in_every_compression) {
  const std::string champsim = ChampSimRecord{0x401000, 0, 0, {}, {0x2000}}.bytes();
  for (auto* compress : {gzip_compressed, xz_compressed, zstd_compressed}) {
    EXPECT_THAT(read_file(compress(lackey_loads(2))).accesses,
                ElementsAre(load_of(0x4000000, 8), load_of(0x4000008, 8)));
    EXPECT_THAT(read_file(compress(champsim)).accesses,
                ElementsAre(fetch_of(0x401000, 4), load_of(0x2000, 8)));
  }
  EXPECT_THAT(read_file(lackey_loads(1)).accesses, ElementsAre(load_of(0x4000000, 8)));
  EXPECT_THAT(read_file(champsim).accesses, ElementsAre(fetch_of(0x401000, 4), load_of(0x2000, 8)));
}

TEST(TraceReader, delivers_a_long_trace_in_order) {
  const Decoded trace = read_file(lackey_loads(50'000));
  EXPECT_EQ(trace.error, "");
  ASSERT_THAT(trace.accesses, SizeIs(50'000));
  for (std::uint64_t i = 0; i < 50'000; ++i) {
    ASSERT_EQ(trace.accesses[i], load_of(0x4000000 + 8 * i, 8));
  }
}

TEST(TraceReader, stops_at_its_limit) {
  const TemporaryFile file(lackey_loads(20'000));
  for (const std::uint64_t limit : {0U, 1U, 8191U, 8192U, 8193U, 20'000U}) {
    TraceReader reader(file.path(), {limit});
    EXPECT_THAT(read_all(reader).accesses, SizeIs(limit));
  }
  EXPECT_THAT(read_file(lackey_loads(10), {std::uint64_t{11}}).accesses, SizeIs(10));
}

TEST(TraceReader, cuts_a_record_in_two_for_its_limit) {
  EXPECT_THAT(read_file(" M 04000000,4\n M 04000008,4\n", {std::uint64_t{3}}).accesses,
              ElementsAre(load_of(0x4000000, 4), store_of(0x4000000, 4), load_of(0x4000008, 4)));
}

TEST(TraceReader, does_not_look_behind_its_limit) {
  EXPECT_EQ(read_file(lackey_loads(10) + "bad\n", {std::uint64_t{10}}).error, "");
  EXPECT_NE(read_file(lackey_loads(10) + "bad\n", {std::uint64_t{11}}).error, "");
}

TEST(TraceReader, throws_an_error_after_all_accesses_before_it) {
  const TemporaryFile file(lackey_loads(10'000) + "bad\n");
  TraceReader reader(file.path());
  const Decoded trace = read_all(reader);
  EXPECT_THAT(trace.accesses, SizeIs(10'000));
  EXPECT_THAT(trace.error, StartsWith(file.path() + ": line 10001: found \"bad\""));
}

TEST(TraceReader, is_at_its_end_after_an_error) {
  const TemporaryFile file("I  04000000,1\nbad\n");
  TraceReader reader(file.path());
  EXPECT_NE(read_all(reader).error, "");
  EXPECT_FALSE(reader.next_batch());
  EXPECT_EQ(reader.begin(), reader.end());
}

TEST(TraceReader, delivers_what_came_before_a_compressed_stream_was_cut_off) {
  const std::string compressed = zstd_compressed(lackey_loads(40'000));
  const Decoded trace = read_file(compressed.substr(0, compressed.size() - 3));
  EXPECT_THAT(trace.error, HasSubstr("of the compressed data: found its end"));
  EXPECT_GT(trace.accesses.size(), 10'000U);
}

TEST(TraceReader, refuses_what_cannot_be_opened) {
  EXPECT_EQ(error_of_opening("/no/such/trace"),
            "/no/such/trace: cannot be opened (No such file or directory); expected a trace file");
  EXPECT_EQ(error_of_opening("/"), "/: is a directory; expected a trace file");
  EXPECT_THAT(error_of_opening(""), HasSubstr("cannot be opened"));
}

TEST(TraceReader, refuses_a_file_that_may_not_be_read) {
  const TemporaryFile file(lackey_loads(1));
  ::chmod(file.path().c_str(), 0);
  // The superuser may read everything, so be somebody else meanwhile.
  constexpr uid_t kNobody = 65534;
  const uid_t user = ::geteuid();
  if (user == 0) {
    ASSERT_EQ(::seteuid(kNobody), 0);
  }
  const std::string error = error_of_opening(file.path());
  ASSERT_EQ(::seteuid(user), 0);
  EXPECT_THAT(error, HasSubstr("cannot be opened (Permission denied)"));
}

TEST(TraceReader, refuses_a_terminal) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) {
    GTEST_SKIP() << "no pseudo-terminals here";
  }
  EXPECT_THAT(error_of_opening(::ptsname(terminal)), HasSubstr("is a terminal"));
  ::close(terminal);
}

TEST(TraceReader, refuses_nothing_at_all) {
  EXPECT_THAT(read_file("").error, HasSubstr(": is empty, expected a trace"));
  EXPECT_THAT(read_file(xz_compressed("")).error, HasSubstr(": is empty, expected a trace"));
  Pipe pipe;
  pipe.close_write();
  TraceReader reader(pipe.read_path());
  EXPECT_THAT(read_all(reader).error, HasSubstr("is empty"));
}

TEST(TraceReader, reads_a_pipe) {
  Pipe pipe;
  pipe.write(lackey_loads(3));
  pipe.close_write();
  TraceReader reader(pipe.read_path());
  EXPECT_EQ(reader.bytes_total(), std::nullopt);
  EXPECT_THAT(read_all(reader).accesses, SizeIs(3));
  EXPECT_EQ(reader.bytes_consumed(), lackey_loads(3).size());
}

TEST(TraceReader, reads_standard_input) {
  Pipe pipe;
  pipe.write("I  04000000,1\nbad\n");
  pipe.close_write();
  const int saved = ::dup(STDIN_FILENO);
  const int from_pipe = ::open(pipe.read_path().c_str(), O_RDONLY | O_CLOEXEC);
  ::dup2(from_pipe, STDIN_FILENO);
  {
    TraceReader reader("-");
    const Decoded trace = read_all(reader);
    EXPECT_THAT(trace.accesses, ElementsAre(fetch_of(0x4000000, 1)));
    EXPECT_THAT(trace.error, StartsWith("standard input: line 2: found \"bad\""));
  }
  EXPECT_NE(::fcntl(STDIN_FILENO, F_GETFD), -1) << "standard input was closed";
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(from_pipe);
}

TEST(TraceReader, refuses_standard_input_that_is_closed) {
  const int saved = ::dup(STDIN_FILENO);
  ::close(STDIN_FILENO);
  const TemporaryFile file(lackey_loads(3));
  {
    TraceReader from_file(file.path());
    EXPECT_EQ(error_of_opening("-"),
              "standard input: cannot be read (Bad file descriptor); expected a trace");
    EXPECT_THAT(read_all(from_file).accesses, SizeIs(3));
  }
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
}

TEST(TraceReader, reaches_its_limit_on_a_pipe_that_stays_open) {
  Pipe pipe;
  pipe.write(lackey_loads(5));
  TraceReader reader(pipe.read_path(), {std::uint64_t{5}});
  EXPECT_THAT(read_all(reader).accesses, SizeIs(5));
}

TEST(TraceReader, is_destroyed_while_nothing_comes_through_a_pipe) {
  const Pipe pipe;
  const TraceReader silent(pipe.read_path());
  const Pipe other;
  other.write(lackey_loads(5));
  const TraceReader waits_for_more(other.read_path());
}

TEST(TraceReader, is_destroyed_while_its_fifo_has_no_writer) {
  const std::string path = testing::TempDir() + "tlmmu_fifo_" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  { const TraceReader reader(path); }
  ::unlink(path.c_str());
}

TEST(TraceReader, reads_a_fifo_whose_writer_comes_later) {
  const std::string path = testing::TempDir() + "tlmmu_late_fifo_" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  TraceReader reader(path);
  const int writer = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const std::string text = lackey_loads(4);
  EXPECT_EQ(::write(writer, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  ::close(writer);
  EXPECT_THAT(read_all(reader).accesses, SizeIs(4));
  ::unlink(path.c_str());
}

TEST(TraceReader, is_destroyed_with_most_of_the_trace_unread) {
  const TemporaryFile file(gzip_compressed(lackey_loads(60'000)));
  { const TraceReader untouched(file.path()); }
  TraceReader reader(file.path());
  ASSERT_TRUE(reader.next_batch());
  EXPECT_EQ(*reader.begin(), load_of(0x4000000, 8));
}

TEST(TraceReader, tells_how_far_it_is) {
  const TemporaryFile file(lackey_loads(50'000));
  TraceReader reader(file.path());
  const std::uint64_t total = lackey_loads(50'000).size();
  EXPECT_EQ(reader.bytes_total(), total);
  EXPECT_EQ(reader.bytes_consumed(), 0U);
  std::uint64_t before = 0;
  while (reader.next_batch()) {
    EXPECT_GE(reader.bytes_consumed(), before);
    before = reader.bytes_consumed();
    EXPECT_LE(before, total);
  }
  EXPECT_EQ(reader.bytes_consumed(), total);
}

TEST(TraceReader, reads_the_same_file_twice_at_once) {
  const TemporaryFile file(lackey_loads(20'000));
  TraceReader first(file.path());
  TraceReader second(file.path());
  EXPECT_EQ(read_all(first).accesses, read_all(second).accesses);
}

TEST(QuoteBytes, shows_the_first_bytes_on_one_line) {
  EXPECT_EQ(quote_bytes("plain"), "\"plain\"");
  EXPECT_EQ(quote_bytes(""), "\"\"");
  EXPECT_EQ(quote_bytes("a\n\"\x80"), "\"a\\x0a\\\"\\x80\"");
  EXPECT_EQ(quote_bytes(std::string(41, 'x')), "\"" + std::string(40, 'x') + "\"...");
}

}  // namespace
}  // namespace tlmmu
