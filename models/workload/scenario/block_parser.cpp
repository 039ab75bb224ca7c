// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/block_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/workload/scenario/access_parser.h"

namespace tlmmu::scenario {

namespace {

constexpr const char* kStatements =
    "a statement (map, unmap, share, unshare, remove, brk, protect, lock, unlock, sync, advise, "
    "pread, pwrite, touch, read, write, execute, supervisor, compute, fork, exec, wait, exit or "
    "loop)";
constexpr const char* kBareStatements = "touch, read, write, execute or loop";
constexpr const char* kPermissions = "permissions (none, r, rw, rx, rwx or x)";

struct NamedPermissions {
  std::string_view name;
  std::uint8_t flags;
};
constexpr NamedPermissions kPermissionNames[] = {
    {"none", 0},
    {"r", PteFlags::kR},
    {"rw", PteFlags::kR | PteFlags::kW},
    {"rx", PteFlags::kR | PteFlags::kX},
    {"rwx", PteFlags::kR | PteFlags::kW | PteFlags::kX},
    {"x", PteFlags::kX},
};

bool is_access(const Token& verb) {
  return verb.is_word("touch") || verb.is_word("read") || verb.is_word("write") ||
         verb.is_word("execute");
}

}  // namespace

BlockParser::BlockParser(TokenStream& tokens, const Scenario& scenario, SharedNames& shared,
                         ProgramId program, Paging paging)
    : tokens_(tokens),
      scenario_(scenario),
      shared_(shared),
      names_(scenario.programs[program.value()]),
      paging_(paging) {}

Block BlockParser::block(Empty empty) {
  const Place place = tokens_.peek().place;
  if (++depth_ > kDeepest) {
    tokens_.fail(place, fmt::format("blocks are nested more than {} deep", kDeepest));
  }
  tokens_.expect_symbol("{");
  tokens_.skip_line_end();
  Block statements;
  while (!tokens_.peek().is_symbol("}")) {
    if (tokens_.peek().kind == Token::Kind::file_end) tokens_.fail_expected("\"}\"");
    statements.push_back(paging_ == Paging::on ? statement() : bare_statement());
    tokens_.expect_end_of_statement();
  }
  if (statements.empty() && empty == Empty::refused) {
    tokens_.fail_expected(paging_ == Paging::on ? kStatements : kBareStatements);
  }
  tokens_.take();
  --depth_;
  return statements;
}

Statement BlockParser::statement() {
  const Token verb = tokens_.peek();
  if (verb.kind != Token::Kind::word) tokens_.fail_expected(kStatements);
  if (is_access(verb)) {
    tokens_.take();
    return {verb.place, parse_access(tokens_, names_, verb.text)};
  }
  if (tokens_.accept_word("supervisor")) return {verb.place, supervisor_access()};
  if (tokens_.accept_word("compute")) return {verb.place, parse_compute(tokens_)};
  if (tokens_.accept_word("map")) return {verb.place, map()};
  if (tokens_.accept_word("unmap")) return {verb.place, Unmap{pages_of_range()}};
  if (tokens_.accept_word("share")) return {verb.place, share()};
  if (tokens_.accept_word("unshare")) return {verb.place, Unshare{segment()}};
  if (tokens_.accept_word("remove")) return {verb.place, Remove{segment()}};
  if (tokens_.accept_word("brk")) return {verb.place, brk()};
  if (tokens_.accept_word("protect")) return {verb.place, protect()};
  if (tokens_.accept_word("lock")) return {verb.place, Lock{pages_of_range()}};
  if (tokens_.accept_word("unlock")) return {verb.place, Unlock{pages_of_range()}};
  if (tokens_.accept_word("sync")) {
    if (tokens_.peek().kind != Token::Kind::word) return {verb.place, SyncAll{}};
    return {verb.place, Sync{pages_of_range()}};
  }
  if (tokens_.accept_word("pread")) return {verb.place, transfer(kernel::CopyDirection::to_user)};
  if (tokens_.accept_word("pwrite")) {
    return {verb.place, transfer(kernel::CopyDirection::from_user)};
  }
  if (tokens_.accept_word("advise")) return {verb.place, advise()};
  if (tokens_.accept_word("fork")) return {verb.place, fork()};
  if (tokens_.accept_word("exec")) return {verb.place, exec()};
  if (tokens_.accept_word("wait")) return {verb.place, wait()};
  if (tokens_.accept_word("exit")) return {verb.place, Exit{}};
  if (tokens_.accept_word("loop")) return {verb.place, loop()};
  tokens_.fail_expected(kStatements);
}

Statement BlockParser::bare_statement() {
  const Token verb = tokens_.peek();
  if (tokens_.accept_word("loop")) return {verb.place, loop()};
  if (!is_access(verb)) tokens_.fail_expected(kBareStatements);
  tokens_.take();
  if (!tokens_.peek().is_word("address")) tokens_.fail_expected("\"address\"");
  return {verb.place, parse_access(tokens_, names_, verb.text)};
}

/// supervisor [sum] [mxr] VERB ...
Access BlockParser::supervisor_access() {
  AccessContext context;
  context.privilege = Privilege::supervisor;
  if (tokens_.accept_word("sum")) context.sum = Sum::permitted;
  if (tokens_.accept_word("mxr")) context.mxr = Mxr::on;
  if (!is_access(tokens_.peek())) {
    tokens_.fail_expected("sum, mxr or an access (touch, read, write or execute)");
  }
  const Token verb = tokens_.take();
  Access access = parse_access(tokens_, names_, verb.text);
  access.context = context;
  return access;
}

Share BlockParser::share() {
  const Place place = tokens_.peek().place;
  const std::string name = tokens_.name("the name of a shared segment");
  const Bytes length = tokens_.whole_pages();
  const kernel::Permissions permissions = accept_permissions().value_or(kernel::kReadWrite);
  auto index = index_of(shared_.segments, name);
  if (!index) {
    index = static_cast<std::uint32_t>(shared_.segments.size());
    shared_.segments.push_back({name, length});
  } else if (shared_.segments[*index].length != length) {
    tokens_.fail(place, fmt::format("segment \"{}\" has {} bytes where it is shared first", name,
                                    shared_.segments[*index].length.value()));
  }
  const RegionId region = add_region(place, name, length);
  return {region, kernel::SegmentKey(*index + std::uint64_t{1}), length, permissions};
}

RegionId BlockParser::segment() {
  const Token name = tokens_.peek();
  const auto* region = names_.find(tokens_.name("the name of a shared segment"));
  if (region == nullptr || !index_of(shared_.segments, name.text)) {
    tokens_.fail(name.place, fmt::format("there is no shared segment \"{}\" here", name.text));
  }
  return region->id;
}

Protect BlockParser::protect() {
  const Range range = pages_of_range();
  const auto permissions = accept_permissions();
  if (!permissions) tokens_.fail_expected(kPermissions);
  return {range, *permissions};
}

Advise BlockParser::advise() {
  const Range range = pages_of_range();
  if (tokens_.accept_word("dont_need")) return {range, kernel::Advice::dont_need};
  if (tokens_.accept_word("huge_page")) return {range, kernel::Advice::huge_page};
  tokens_.fail_expected("advice (dont_need or huge_page)");
}

Brk BlockParser::brk() {
  const Place place = tokens_.peek().place;
  const Bytes length = tokens_.size();
  if (length % kPageBytes != Bytes(0)) tokens_.fail(place, "expected whole pages of 4 KiB");
  return {length};
}

Fork BlockParser::fork() {
  Fork fork;
  if (tokens_.peek().kind == Token::Kind::word) {
    const Token name = tokens_.peek();
    fork.child = tokens_.name("a name for the child or \"{\"");
    const auto& taken = shared_.child_names;
    if (index_of(scenario_.processes, fork.child) ||
        std::find(taken.begin(), taken.end(), fork.child) != taken.end()) {
      tokens_.fail(name.place, fmt::format("there is a process \"{}\" already", fork.child));
    }
    shared_.child_names.push_back(fork.child);
  }
  const RegionNames parents = names_;
  fork.body = block(Empty::allowed);
  names_ = parents;
  return fork;
}

Loop BlockParser::loop() {
  const std::uint64_t times = tokens_.count("how many times, at least 1");
  return {times, block(Empty::refused)};
}

Exec BlockParser::exec() {
  const Token name = tokens_.peek();
  const auto program = index_of(scenario_.programs, tokens_.name("the name of a program"));
  if (!program) {
    tokens_.fail(name.place, fmt::format("there is no program \"{}\" above", name.text));
  }
  names_ = RegionNames(scenario_.programs[*program]);
  return {ProgramId(*program)};
}

Wait BlockParser::wait() {
  return {tokens_.accept_word("all") ? Wait::For::all_children : Wait::For::one_child};
}

RegionId BlockParser::add_region(Place place, const std::string& name, Bytes length) {
  if (name == "address") tokens_.fail(place, "\"address\" cannot be a region's name");
  if (names_.find(name) != nullptr) {
    tokens_.fail(place, fmt::format("there is a region \"{}\" already", name));
  }
  const RegionId id(next_region_++);
  names_.add({name, id, length});
  return id;
}

std::optional<kernel::Permissions> BlockParser::accept_permissions() {
  for (const NamedPermissions& candidate : kPermissionNames) {
    if (tokens_.accept_word(candidate.name)) return kernel::Permissions{candidate.flags};
  }
  return std::nullopt;
}

Range BlockParser::pages_of_range() {
  const Place place = tokens_.peek().place;
  Range range = parse_range(tokens_, names_);
  std::uint64_t bits = range.begin.value() | range.end.value_or(Bytes(0)).value();
  if (const auto* start = std::get_if<VirtualAddress>(&range.base)) bits |= start->value();
  if (bits % kPageBytes.value() != 0) tokens_.fail(place, "expected whole pages of 4 KiB");
  return range;
}

}  // namespace tlmmu::scenario
