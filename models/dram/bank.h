// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "models/dram/burst.h"
#include "models/dram/timing_rules.h"

namespace tlmmu {

/// One bank: which row is open, and from when on each command is legal as far as this bank's own
/// history decides (tRCD, tRAS, tRP, tRC, tRTP, tWR, tRFC). The caller sends a command no earlier
/// than allowed here and by its rank.
class Bank {
 public:
  bool is_open() const { return open_; }
  /// Meaningful while a row is open.
  std::uint64_t row() const { return row_; }
  bool has_open(std::uint64_t row) const { return open_ && row_ == row; }

  Cycles earliest_activate() const { return earliest_activate_; }    ///< also for REF
  Cycles earliest_precharge() const { return earliest_precharge_; }  ///< while a row is open
  Cycles earliest_column() const { return earliest_column_; }        ///< while a row is open
  /// The last command that used the open row.
  Cycles last_use() const { return last_use_; }

  void activate(Cycles at, std::uint64_t row, const TimingRules& rules) {
    open_ = true;
    row_ = row;
    last_use_ = at;
    earliest_column_ = at + rules.tRCD;
    earliest_precharge_ = at + rules.tRAS;
    earliest_activate_ = at + rules.tRC;
  }
  void read(Cycles at, const TimingRules& rules) { use(at, at + rules.tRTP); }
  void write(Cycles at, const TimingRules& rules) { use(at, at + rules.write_to_precharge); }
  void precharge(Cycles at, const TimingRules& rules) {
    open_ = false;
    earliest_activate_ = std::max(earliest_activate_, at + rules.tRP);
  }
  void refresh(Cycles at, const TimingRules& rules) { earliest_activate_ = at + rules.tRFC; }

 private:
  void use(Cycles at, Cycles precharge) {
    last_use_ = at;
    earliest_precharge_ = std::max(earliest_precharge_, precharge);
  }

  bool open_ = false;
  std::uint64_t row_ = 0;
  Cycles last_use_;
  Cycles earliest_activate_;
  Cycles earliest_precharge_;
  Cycles earliest_column_;
};

}  // namespace tlmmu
