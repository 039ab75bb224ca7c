// SPDX-License-Identifier: Apache-2.0
#include "models/dram/channel.h"

namespace tlmmu {

using events::DramCommandName;

namespace {

Cycles minus_or_zero(Cycles a, Cycles b) {
  return a > b ? a - b : Cycles(0);
}

}  // namespace

Channel::Channel(unsigned number, const DramConfig& config, RowIdleLimit idle_limit,
                 CommandLog* log)
    : rules_(config), idle_limit_(idle_limit), number_(number), log_(log) {
  for (unsigned rank = 0; rank < config.geometry.ranks; ++rank) {
    ranks_.emplace_back(rank, config.geometry, rules_);
  }
}

BurstTiming Channel::serve(const BurstAddress& address, BurstKind kind, Cycles arrival) {
  Rank& rank = ranks_[address.rank];
  const unsigned index = rank.index(address);
  const Job job{rank, index, rank.banks[index], address, kind, arrival};
  if (rank.refresh.due() <= arrival) refresh(rank, arrival, nullptr);
  if (idle_limit_) close_if_idle(rank, index, arrival);
  Cycles first = earliest_first_command(job);
  while (rank.refresh.due() <= first) {
    refresh(rank, first, &job.bank);
    first = earliest_first_command(job);
  }
  if (job.bank.has_open(address.row)) {
    stats_.count(kind, RowOutcome::hit);
    BurstTiming timing = transfer(job, first);
    timing.outcome = RowOutcome::hit;
    return timing;
  }
  const RowOutcome outcome = open_row(job);
  stats_.count(kind, outcome);
  BurstTiming timing = transfer(job, earliest_column(job));
  timing.outcome = outcome;
  return timing;
}

Cycles Channel::earliest_first_command(const Job& job) const {
  if (!job.bank.is_open()) {
    return latest(job.arrival, job.bank.earliest_activate(),
                  job.rank.activates.earliest(job.address.bank_group));
  }
  if (job.bank.row() != job.address.row) {
    return std::max(job.arrival, job.bank.earliest_precharge());
  }
  return earliest_column(job);
}

Cycles Channel::earliest_column(const Job& job) const {
  const Cycles latency = job.kind == BurstKind::read ? rules_.tCL : rules_.tCWL;
  const Cycles data = bus_.earliest(job.rank.number, job.kind, rules_);
  return latest(job.arrival, job.bank.earliest_column(),
                job.rank.columns.earliest(job.kind, job.address.bank_group),
                minus_or_zero(data, latency));
}

RowOutcome Channel::open_row(const Job& job) {
  RowOutcome outcome = RowOutcome::closed;
  if (job.bank.is_open()) {
    outcome = RowOutcome::conflict;
    ++stats_.precharges_for_conflict;
    precharge(job.rank, job.index, std::max(job.arrival, job.bank.earliest_precharge()));
  }
  const Cycles at = earliest_first_command(job);
  job.bank.activate(at, job.address.row, rules_);
  job.rank.activates.activate(job.address.bank_group, at, rules_);
  ++stats_.activates;
  record(DramCommandName::activate, job.rank, job.index, job.address.row, at);
  return outcome;
}

BurstTiming Channel::transfer(const Job& job, Cycles command) {
  const bool reads = job.kind == BurstKind::read;
  const Cycles begin = command + (reads ? rules_.tCL : rules_.tCWL);
  const Cycles end = begin + rules_.burst;
  if (reads) {
    job.bank.read(command, rules_);
    job.rank.columns.read(job.address.bank_group, command, rules_);
  } else {
    job.bank.write(command, rules_);
    job.rank.columns.write(job.address.bank_group, command, rules_);
  }
  bus_.occupy(job.rank.number, job.kind, end);
  stats_.data_bus_busy += rules_.burst.value();
  record(reads ? DramCommandName::read : DramCommandName::write, job.rank, job.index,
         job.address.row, command);
  return {RowOutcome::hit, command, begin, end};
}

void Channel::catch_up(Cycles now) {
  for (Rank& rank : ranks_) {
    if (rank.refresh.due() <= now) refresh(rank, now, nullptr);
    for (unsigned index = 0; index < rank.banks.size(); ++index) close_if_idle(rank, index, now);
  }
}

std::uint64_t Channel::open_rows() const {
  std::uint64_t open = 0;
  for (const Rank& rank : ranks_) {
    for (const Bank& bank : rank.banks) open += bank.is_open() ? 1U : 0U;
  }
  return open;
}

void Channel::refresh(Rank& rank, Cycles until, const Bank* wanted) {
  const Cycles due = rank.refresh.due();
  for (unsigned index = 0; index < rank.banks.size(); ++index) {
    const Bank& bank = rank.banks[index];
    if (&bank != wanted) close_if_idle(rank, index, due);
    if (!bank.is_open()) continue;
    ++stats_.precharges_for_refresh;
    precharge(rank, index, std::max(due, bank.earliest_precharge()));
  }
  const Cycles first = std::max(due, rank.earliest_refresh());
  const RefreshTimer::Burst served = rank.refresh.serve(first, until, rules_);
  for (Bank& bank : rank.banks) bank.refresh(served.last, rules_);
  stats_.refreshes += served.count;
  if (log_ != nullptr) record_refreshes(rank, due, first, served.count);
}

void Channel::close_if_idle(Rank& rank, unsigned index, Cycles before) {
  const Bank& bank = rank.banks[index];
  if (!idle_limit_ || !bank.is_open()) return;
  const Cycles at = std::max(bank.last_use() + *idle_limit_, bank.earliest_precharge());
  if (at >= before) return;
  ++stats_.precharges_by_policy;
  precharge(rank, index, at);
}

void Channel::precharge(Rank& rank, unsigned index, Cycles at) {
  Bank& bank = rank.banks[index];
  bank.precharge(at, rules_);
  record(DramCommandName::precharge, rank, index, bank.row(), at);
}

void Channel::append(DramCommandName name, const Rank& rank, unsigned index, std::uint64_t row,
                     Cycles at) {
  const auto banks = static_cast<unsigned>(rank.banks.size());
  log_->push_back({at, {name, number_, rank.number * banks + index, row}});
}

void Channel::record_refreshes(const Rank& rank, Cycles due, Cycles first, std::uint64_t count) {
  for (std::uint64_t k = 0; k < count; ++k) {
    const Cycles at = std::max(due + rules_.tREFI * k, first + rules_.tRFC * k);
    append(DramCommandName::refresh, rank, 0, 0, at);
  }
}

}  // namespace tlmmu
