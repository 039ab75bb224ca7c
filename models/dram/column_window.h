// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "models/dram/burst.h"
#include "models/dram/timing_rules.h"

namespace tlmmu {

/// How densely one rank takes RD and WR: tCCD_S, tCCD_L, tCCD_L_WR, tWTR_S, tWTR_L. (RD to WR is a
/// matter of the data bus.)
class ColumnWindow {
 public:
  explicit ColumnWindow(unsigned bank_groups) : same_group_(bank_groups) {}

  Cycles earliest(BurstKind kind, unsigned bank_group) const {
    const Ready& group = same_group_[bank_group];
    return kind == BurstKind::read ? std::max(any_group_.read, group.read)
                                   : std::max(any_group_.write, group.write);
  }
  void read(unsigned bank_group, Cycles at, const TimingRules& rules) {
    extend(any_group_.read, at + rules.tCCD_S);
    extend(same_group_[bank_group].read, at + rules.tCCD_L);
  }
  void write(unsigned bank_group, Cycles at, const TimingRules& rules) {
    extend(any_group_.write, at + rules.tCCD_S);
    extend(any_group_.read, at + rules.write_to_read_S);
    extend(same_group_[bank_group].write, at + rules.tCCD_L_WR);
    extend(same_group_[bank_group].read, at + rules.write_to_read_L);
  }

 private:
  struct Ready {
    Cycles read;
    Cycles write;
  };
  static void extend(Cycles& ready, Cycles at) { ready = std::max(ready, at); }

  Ready any_group_;
  std::vector<Ready> same_group_;
};

}  // namespace tlmmu
