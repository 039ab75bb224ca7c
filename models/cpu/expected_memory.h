// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/base/address.h"
#include "models/workload/system_call.h"

namespace tlmmu {

/// The bytes of a page, as far as it is known what they must be.
struct ExpectedPage {
  std::array<unsigned char, kPageBytes.value()> bytes{};
  std::bitset<kPageBytes.value()> known;
};

/// Pages of files and of shared segments: what several processes see. A shared mapping without a
/// file is a segment too.
class ExpectedObjects {
 public:
  enum class Kind : std::uint8_t { file, segment };
  struct Id {
    Kind kind;
    std::uint32_t number;
  };
  using PagePointer = std::shared_ptr<ExpectedPage>;

  /// Null where nobody has stored anything into a file.
  const ExpectedPage* find(Id object, std::uint64_t page) const;
  /// A new page of a file holds nobody knows what, one of a segment zeros.
  ExpectedPage& at(Id object, std::uint64_t page);

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  static Key key_of(Id object, std::uint64_t page) {
    return {std::uint64_t{object.number} * 2 + (object.kind == Kind::segment ? 1 : 0), page};
  }
  std::map<Key, PagePointer> pages_;
};

/// What one process must find at each of its addresses.
class ExpectedSpace {
 public:
  /// What a page holds that nothing has been stored to, and no object is mapped to.
  enum class Untouched : std::uint8_t { unknown, zero };

  ExpectedSpace() = default;
  /// A process that starts a program of these segments.
  explicit ExpectedSpace(const std::vector<kernel::ImageSegment>& image);

  /// Null if nothing is known.
  const ExpectedPage* to_load(Vpn page, const ExpectedObjects& objects) const;
  ExpectedPage& to_store(Vpn page, ExpectedObjects& objects);

  /// Pages [first, end) of the address space show those of an object from `offset` on.
  struct View {
    Vpn end;
    ExpectedObjects::Id object;
    std::uint64_t offset;
    kernel::Sharing sharing;
  };
  void map(Vpn first, const View& view);
  /// Private pages of [first, end) begin anew; views stay.
  void forget(Vpn first, Vpn end);
  void unmap(Vpn first, Vpn end);
  /// Takes the parts of an object out that one mapping put there: its page 0 at `first`.
  void unmap_object(Vpn first);

 private:
  using Views = std::map<std::uint64_t, View>;  // by first page
  const std::pair<const std::uint64_t, View>* view_of(Vpn page) const;
  void cut(Vpn at);

  Untouched untouched_ = Untouched::unknown;
  Views views_;
  /// Shared with relatives until one of them stores.
  std::unordered_map<std::uint64_t, std::shared_ptr<ExpectedPage>> own_;
};

/// What every byte of every process must be, by what the processes stored and by the meaning of
/// their system calls. It follows the calls, not the kernel: of the answers it takes addresses and
/// numbers only.
class ExpectedMemory {
 public:
  const ExpectedPage* to_load(std::uint32_t process, Vpn page) const;
  ExpectedPage& to_store(std::uint32_t process, Vpn page);

  /// The same of a page of a file itself.
  const ExpectedPage* of_file(kernel::FileId file, std::uint64_t page) const {
    return objects_.find({ExpectedObjects::Kind::file, file.value()}, page);
  }
  ExpectedPage& file_to_store(kernel::FileId file, std::uint64_t page) {
    return objects_.at({ExpectedObjects::Kind::file, file.value()}, page);
  }

  /// The process has started, or become by exec, a program.
  void start(std::uint32_t process, const std::vector<kernel::ImageSegment>& image);
  /// A call of the process has succeeded.
  void called(std::uint32_t process, const SystemCall& call, std::uint64_t value);

 private:
  struct Follower;

  std::unordered_map<std::uint32_t, ExpectedSpace> spaces_;  // never iterated
  /// A segment that exists, or that a process may still have attached.
  struct Segment {
    std::uint32_t instance = 0;  ///< of all segments ever: numbers are used again
    Bytes length;
    bool removed = false;
  };
  std::map<std::uint64_t, Segment> segments_;  // by number
  std::uint32_t instances_ = 0;
  ExpectedObjects objects_;
};

}  // namespace tlmmu
