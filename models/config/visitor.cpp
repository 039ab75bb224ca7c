// SPDX-License-Identifier: Apache-2.0
#include "models/config/visitor.h"

namespace tlmmu::config {

void Visitor::number(Key key, unsigned& value, Range range) {
  std::uint64_t wide = value;
  number(key, wide, range);
  value = static_cast<unsigned>(wide);
}

void Visitor::number(Key key, Cycles& value, Range range) {
  std::uint64_t wide = value.value();
  number(key, wide, range);
  value = Cycles(wide);
}

void Visitor::when(bool active, std::string_view condition, const std::function<void()>& body) {
  begin_condition(active, condition);
  body();
  end_condition();
}

}  // namespace tlmmu::config
