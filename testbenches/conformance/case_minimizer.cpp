// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

#include "models/base/error.h"
#include "testbenches/conformance/case_comparison.h"

namespace tlmmu::testing {

using reference::Line;
using reference::MemoryWord;
using reference::Request;

namespace {

std::vector<unsigned> groups_of(const RandomCase& from) {
  std::vector<unsigned> groups = from.groups;
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

RandomCase without(const RandomCase& from, const std::vector<unsigned>& groups, std::size_t first,
                   std::size_t count) {
  RandomCase rest{{from.walk_case.mode, {}}, {}, from.pmp_final};
  const std::size_t end = std::min(groups.size(), first + count);
  for (std::size_t i = 0; i < from.groups.size(); ++i) {
    if (from.groups[i] >= groups[first] && from.groups[i] <= groups[end - 1]) continue;
    rest.walk_case.lines.push_back(from.walk_case.lines[i]);
    rest.groups.push_back(from.groups[i]);
  }
  return rest;
}

/// Leaves out `count` groups in a row wherever that can be.
bool thin_out_by(RandomCase& smallest, std::size_t count, const CasePredicate& shows) {
  bool thinner = false;
  std::vector<unsigned> groups = groups_of(smallest);
  for (std::size_t first = 0; first < groups.size();) {
    RandomCase candidate = without(smallest, groups, first, count);
    if (shows(candidate)) {
      smallest = std::move(candidate);
      groups = groups_of(smallest);
      thinner = true;
    } else {
      first += count;
    }
  }
  return thinner;
}

/// Changes a line's content, if the case still shows what it is about.
template <class Content, class Change>
bool try_change(RandomCase& smallest, std::size_t line, const CasePredicate& shows,
                const Change& change) {
  RandomCase candidate = smallest;
  change(std::get<Content>(candidate.walk_case.lines[line].content));
  if (!shows(candidate)) return false;
  smallest = std::move(candidate);
  return true;
}

/// Leaves at physical address 0, which lie right at every level: of user code with every right, of
/// supervisor code, read-only, execute-only, and so on.
constexpr std::uint64_t kSimpleLeaves[] = {0xdf, 0xcf, 0xd7, 0x53, 0x59, 0x43, 0x49, 0x5f, 0x1f};

/// Puts leaves in the place of pointers, which needs fewer tables.
bool cut_short(RandomCase& smallest, const CasePredicate& shows) {
  bool shorter = false;
  for (std::size_t i = 0; i < smallest.walk_case.lines.size(); ++i) {
    const auto* word = std::get_if<MemoryWord>(&smallest.walk_case.lines[i].content);
    if (word == nullptr || Pte(word->value).is_leaf()) continue;
    for (const std::uint64_t leaf : kSimpleLeaves) {
      if (try_change<MemoryWord>(smallest, i, shows, [leaf](auto& at) { at.value = leaf; })) {
        shorter = true;
        break;
      }
    }
  }
  return shorter;
}

/// Clears bits of words that can be 0.
void clear_words(RandomCase& smallest, const CasePredicate& shows) {
  for (std::size_t i = 0; i < smallest.walk_case.lines.size(); ++i) {
    const auto* word = std::get_if<MemoryWord>(&smallest.walk_case.lines[i].content);
    if (word == nullptr) continue;
    for (std::uint64_t rest = word->value; rest != 0; rest &= rest - 1) {
      const std::uint64_t lowest = rest & ~(rest - 1);
      try_change<MemoryWord>(smallest, i, shows, [=](auto& at) { at.value &= ~lowest; });
    }
  }
}

void clear_requests(RandomCase& smallest, const CasePredicate& shows) {
  for (std::size_t i = 0; i < smallest.walk_case.lines.size(); ++i) {
    if (!std::holds_alternative<Request>(smallest.walk_case.lines[i].content)) continue;
    try_change<Request>(smallest, i, shows, [](auto& at) { at.sum = Sum::forbidden; });
    try_change<Request>(smallest, i, shows, [](auto& at) { at.mxr = Mxr::off; });
  }
}

void thin_out(RandomCase& smallest, const CasePredicate& shows) {
  std::size_t count = std::max<std::size_t>(1, smallest.groups.size() / 2);
  while (true) {
    const bool thinner = thin_out_by(smallest, count, shows);
    if (count == 1 && !thinner) return;
    count = std::max<std::size_t>(1, count / 2);
  }
}

/// Whether `tlmmu walk` reads it: leaving out `ext h` takes the meaning from other lines.
bool is_readable(const RandomCase& random_case) {
  std::istringstream text(to_text(random_case.walk_case));
  try {
    reference::parse_walk_case(text, "case");
  } catch (const InputError&) {
    return false;
  }
  return true;
}

std::string write_to_file(const std::string& text, std::uint64_t seed) {
  const std::string suffix = ".case";
  std::string path = (std::filesystem::temp_directory_path() /
                      fmt::format("tlmmu-difference-{}-XXXXXX{}", seed, suffix))
                         .string();
  const int file = ::mkstemps(path.data(), static_cast<int>(suffix.size()));
  if (file == -1) return "(no temporary file can be made)";
  ::close(file);
  std::ofstream(path) << text;
  return path;
}

}  // namespace

RandomCase minimized(RandomCase random_case, CaseLines lines, const CasePredicate& shows) {
  const CasePredicate stays = [&shows](const RandomCase& candidate) {
    return shows(candidate) && is_readable(candidate);
  };
  thin_out(random_case, stays);
  if (lines == CaseLines::alone) {
    std::iota(random_case.groups.begin(), random_case.groups.end(), 0U);
  }
  do {
    thin_out(random_case, stays);
  } while (cut_short(random_case, stays));
  clear_requests(random_case, stays);
  if (lines == CaseLines::alone) {
    clear_words(random_case, stays);
    thin_out(random_case, stays);
  }
  return random_case;
}

RandomCase smallest_difference(const RandomCase& random_case, const CaseTranslatorMaker& other,
                               Compared compared) {
  const CasePredicate differs = [&](const RandomCase& candidate) {
    return first_difference(candidate, other, compared).has_value();
  };
  // Without caches there are no fences to forget.
  return minimized(random_case,
                   compared == Compared::answers ? CaseLines::in_groups : CaseLines::alone,
                   differs);
}

DifferenceReport difference_report(const RandomCase& random_case, const CaseTranslatorMaker& other,
                                   Compared compared, std::uint64_t seed) {
  const RandomCase smallest = smallest_difference(random_case, other, compared);
  const auto difference = first_difference(smallest, other, compared);
  const std::string text = to_text(smallest.walk_case);
  const std::string file = write_to_file(text, seed);
  const std::string words = fmt::format(
      "TLMMU_SEED={} finds this case, which is kept for\ntlmmu walk -v{}{} {}\n\n{}\n"
      "expected {}\nactual   {}\n",
      seed, compared == Compared::answers ? " --warm" : "",
      smallest.pmp_final ? " --pmp-final" : "", file, text, difference->expected,
      difference->actual);
  return {words, file};
}

}  // namespace tlmmu::testing
