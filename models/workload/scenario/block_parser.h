// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "models/workload/scenario/names.h"
#include "models/workload/scenario/token_stream.h"

namespace tlmmu::scenario {

/// What all processes of a scenario share while it is parsed.
struct SharedNames {
  struct Segment {
    std::string name;
    Bytes length;
  };
  std::vector<Segment> segments;         ///< a segment's key is its index here, plus 1
  std::vector<std::string> child_names;  ///< of forks
};

/// Parses the block of one process, or what is done before there is one.
class BlockParser {
 public:
  /// Without paging there are no regions and nobody to call: only accesses of addresses, and loops.
  enum class Paging : std::uint8_t { on, off };

  BlockParser(TokenStream& tokens, const Scenario& scenario, SharedNames& shared, ProgramId program,
              Paging paging = Paging::on);

  /// From `{` to `}`.
  Block parse() { return block(Empty::allowed); }
  /// How many regions the process and its children have.
  std::uint32_t regions() const { return next_region_; }

 private:
  enum class Empty : std::uint8_t { allowed, refused };
  static constexpr unsigned kDeepest = 32;

  Block block(Empty empty);
  Statement statement();
  Statement bare_statement();

  Access supervisor_access();
  Map map();
  void map_option(kernel::MapRequest& request);
  kernel::FileId file();
  Transfer transfer(kernel::CopyDirection direction);
  kernel::FilePart file_part();
  Share share();
  RegionId segment();
  Protect protect();
  Advise advise();
  Brk brk();
  Fork fork();
  Loop loop();
  Exec exec();
  Wait wait();

  RegionId add_region(Place place, const std::string& name, Bytes length);
  std::optional<kernel::Permissions> accept_permissions();
  Range pages_of_range();

  TokenStream& tokens_;
  const Scenario& scenario_;
  SharedNames& shared_;
  RegionNames names_;
  Paging paging_;
  std::uint32_t next_region_ = kOwnRegions;
  unsigned depth_ = 0;
};

}  // namespace tlmmu::scenario
