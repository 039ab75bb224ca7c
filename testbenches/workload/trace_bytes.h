// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/workload/access_source.h"
#include "models/workload/byte_source.h"

namespace tlmmu {

std::string gzip_compressed(const std::string& plain);
std::string xz_compressed(const std::string& plain);
std::string zstd_compressed(const std::string& plain);

/// One ChampSim record; everything that is not given is 0.
struct ChampSimRecord {
  std::uint64_t ip = 0x401000;
  std::uint8_t is_branch = 0;
  std::uint8_t branch_taken = 0;
  std::vector<std::uint64_t> destination_memory;
  std::vector<std::uint64_t> source_memory;

  std::string bytes() const;
};

/// `lines` loads of 8 bytes, one line each, at 0x04000000, 0x04000008 and so on.
std::string lackey_loads(std::uint64_t lines);

/// A stream of bytes in memory that comes in pieces of at most `piece` bytes.
std::unique_ptr<ByteSource> bytes_in_pieces(std::string bytes, std::size_t piece);
std::unique_ptr<ByteSource> bytes_at_once(std::string bytes);

/// What decoding `source` gives, and the message of the InputError that ended it, if one did.
struct Decoded {
  std::vector<MemoryAccess> accesses;
  std::string error;
};
Decoded decode_all(std::unique_ptr<ByteSource> source);
Decoded decode_all(const std::string& bytes);
Decoded read_all(AccessSource& source);

/// A file that exists as long as the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A pipe, whose reading end can be opened by path.
class Pipe {
 public:
  Pipe();
  ~Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  std::string read_path() const;
  void write(const std::string& bytes) const;
  void close_write();

 private:
  int ends_[2];
};

inline MemoryAccess fetch_of(std::uint64_t address, std::uint32_t size) {
  return {VirtualAddress(address), size, AccessType::fetch};
}
inline MemoryAccess load_of(std::uint64_t address, std::uint32_t size) {
  return {VirtualAddress(address), size, AccessType::load};
}
inline MemoryAccess store_of(std::uint64_t address, std::uint32_t size) {
  return {VirtualAddress(address), size, AccessType::store};
}

}  // namespace tlmmu
