// SPDX-License-Identifier: Apache-2.0
#include "models/workload/scenario/access_parser.h"

#include <fmt/format.h>

#include <limits>

#include "models/workload/scenario/zipf_table.h"

namespace tlmmu::scenario {

namespace {

constexpr Bytes kWord{8};
constexpr Bytes kInstruction{4};

Range named_range(TokenStream& tokens, const RegionNames& names) {
  const Token name = tokens.peek();
  const auto* region = names.find(tokens.name("the name of a region, or \"address\""));
  if (region == nullptr) {
    tokens.fail(name.place, fmt::format("there is no region \"{}\" here", name.text));
  }
  Range range{region->id, Bytes(0), region->length};
  if (tokens.accept_symbol("[")) {
    const Place place = tokens.peek().place;
    range.begin = tokens.size();
    tokens.expect_symbol("..");
    range.end = tokens.size();
    tokens.expect_symbol("]");
    if (range.begin >= *range.end) tokens.fail(place, "expected a part that is not empty");
    if (region->length && *range.end > *region->length) {
      tokens.fail(place, fmt::format("the part ends beyond \"{}\", which has {} bytes",
                                     region->name, region->length->value()));
    }
  } else if (region->id == kStack) {
    tokens.fail(name.place, "expected a part of the stack, as in stack[0..64KiB]");
  } else if (range.end == Bytes(0)) {
    tokens.fail(name.place, fmt::format("the program has no \"{}\"", region->name));
  }
  return range;
}

/// Options of an access, each at most once and in any order.
class AccessParser {
 public:
  AccessParser(TokenStream& tokens, std::string_view verb) : tokens_(tokens), verb_(verb) {}

  Access parse(const Range& range) {
    Access access{range, type(), verb_ == "touch" ? 100U : 0U, 0, Uniform{}, std::nullopt};
    const Bytes natural = access.type == AccessType::fetch ? kInstruction : kWord;
    access.size = static_cast<std::uint32_t>(natural.value());
    parse_pattern(range);
    while (parse_option(access)) {
    }
    finish(access);
    return access;
  }

 private:
  AccessType type() const {
    if (verb_ == "write") return AccessType::store;
    return verb_ == "execute" ? AccessType::fetch : AccessType::load;
  }

  void parse_pattern(const Range& range) {
    const Place place = tokens_.peek().place;
    if (tokens_.accept_word("random")) {
      pattern_ = Uniform{};
    } else if (tokens_.accept_word("zipf")) {
      pattern_ = Zipf{tokens_.thousandths("an exponent above 0 up to 4, as in 0.8", 4000)};
      if (range.end && *range.end - range.begin > kPageBytes * ZipfTable::kMostRanks) {
        tokens_.fail(place, fmt::format("zipf takes at most {} pages", ZipfTable::kMostRanks));
      }
    } else if (tokens_.accept_word("working_set")) {
      const Bytes size = tokens_.whole_pages();
      tokens_.expect_word("every");
      pattern_ = WorkingSet{size, tokens_.count("a count of accesses, at least 1")};
    } else {
      tokens_.accept_word("sequential");
    }
  }

  bool parse_option(Access& access) {
    const Token option = tokens_.peek();
    if (option.is_word("count")) {
      once(option, access.count.has_value());
      access.count = tokens_.count("a count of at least 1, as in 1000 or 10k");
    } else if (option.is_word("size")) {
      once(option, sized_);
      sized_ = true;
      access.size = access_size();
    } else if (option.is_word("stride") && !pattern_) {
      once(option, stride_.has_value());
      stride_ = tokens_.size();
      if (*stride_ == Bytes(0)) tokens_.fail(option.place, "expected a stride of at least 1");
    } else if (option.is_word("writes") && verb_ == "touch") {
      once(option, mixed_);
      mixed_ = true;
      access.store_percent = percent();
    } else {
      return false;
    }
    return true;
  }

  void once(const Token& option, bool given) {
    if (given) tokens_.fail(option.place, fmt::format("{} is given twice", option.text));
    tokens_.take();
  }

  std::uint32_t access_size() {
    constexpr std::uint64_t kMost = 4096;
    const Place place = tokens_.peek().place;
    const Bytes size = tokens_.size();
    if (size == Bytes(0) || size.value() > kMost) {
      tokens_.fail(place, "expected a size of 1 to 4096 bytes");
    }
    return static_cast<std::uint32_t>(size.value());
  }

  std::uint32_t percent() {
    const Place place = tokens_.peek().place;
    const std::uint64_t value = tokens_.count("a share of 0 to 100 %", 0);
    if (value > 100) tokens_.fail(place, "expected a share of 0 to 100 %");
    tokens_.accept_symbol("%");
    return static_cast<std::uint32_t>(value);
  }

  void finish(Access& access) {
    if (pattern_) {
      access.pattern = *pattern_;
      if (!access.count) tokens_.fail_expected("\"count\": this pattern has no end of its own");
      return;
    }
    const Bytes step = verb_ == "touch" ? kPageBytes : Bytes(access.size);
    access.pattern = Sequential{stride_.value_or(step)};
  }

  TokenStream& tokens_;
  std::string_view verb_;
  std::optional<Pattern> pattern_;  ///< absent: sequential
  std::optional<Bytes> stride_;
  bool sized_ = false;
  bool mixed_ = false;
};

}  // namespace

Range parse_range(TokenStream& tokens, const RegionNames& names) {
  if (!tokens.accept_word("address")) return named_range(tokens, names);
  const Place place = tokens.peek().place;
  Range range{tokens.address(), Bytes(0), kWord};
  if (tokens.peek().kind == Token::Kind::number) range.end = tokens.size();
  const std::uint64_t first = std::get<VirtualAddress>(range.base).value();
  if (*range.end == Bytes(0) ||
      first > std::numeric_limits<std::uint64_t>::max() - (range.end->value() - 1)) {
    tokens.fail(place, "expected a range of at least one byte below 2^64");
  }
  return range;
}

Access parse_access(TokenStream& tokens, const RegionNames& names, std::string_view verb) {
  const Range range = parse_range(tokens, names);
  return AccessParser(tokens, verb).parse(range);
}

Access parse_compute(TokenStream& tokens) {
  const std::uint64_t count = tokens.count("a count of instructions, at least 1");
  return {{kText, Bytes(0), kPageBytes},
          AccessType::fetch,
          0,
          static_cast<std::uint32_t>(kInstruction.value()),
          Sequential{kInstruction},
          count};
}

}  // namespace tlmmu::scenario
