// SPDX-License-Identifier: Apache-2.0
#include "models/stats/snapshot.h"

#include <fmt/format.h>

#include <stdexcept>

namespace tlmmu::stats {

std::string Snapshot::path() const {
  return fmt::format("{}", fmt::join(path_, "."));
}

Entry& Snapshot::add(Name name, Kind kind) {
  Entry entry;
  entry.path = path_.empty() ? std::string(name.name) : path() + "." + std::string(name.name);
  entry.kind = kind;
  entry.unit = name.unit;
  entry.help = name.help;
  if (!index_.emplace(entry.path, entries_.size()).second) {
    throw std::logic_error("statistic declared twice: " + entry.path);
  }
  return entries_.emplace_back(std::move(entry));
}

const Entry& Snapshot::at(const std::string& path) const {
  const auto found = index_.find(path);
  if (found == index_.end()) throw std::out_of_range("no such statistic: " + path);
  return entries_[found->second];
}

void Snapshot::counter(Name name, std::uint64_t value) {
  add(name, Kind::counter).value = value;
}

void Snapshot::time(Name name, Picoseconds value) {
  add(name, Kind::time).value = value.value();
}

void Snapshot::ratio(Name name, std::uint64_t numerator, std::uint64_t denominator) {
  Entry& entry = add(name, Kind::ratio);
  entry.value = numerator;
  entry.denominator = denominator;
}

void Snapshot::distribution(Name name, const Distribution& value) {
  add(name, Kind::distribution).distribution = value;
}

void Snapshot::law(std::string_view law, std::uint64_t left, std::uint64_t right) {
  laws_.push_back({path(), std::string(law), left, right});
}

void Snapshot::enter(std::string_view name, std::string_view help) {
  path_.emplace_back(name);
  groups_.push_back({path(), std::string(help)});
}

void Snapshot::leave() {
  path_.pop_back();
}

}  // namespace tlmmu::stats
