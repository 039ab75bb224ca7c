// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "models/base/error.h"
#include "models/cosim/rtl_walker.h"

namespace tlmmu::cosim {

const WalkerKind& require_walker(const std::string& option, const std::string& name) {
  std::string names;
  for (const WalkerKind& kind : walker_kinds()) {
    if (kind.name == name) return kind;
    names += (names.empty() ? "" : ", ") + kind.name;
  }
  throw InputError(fmt::format("{} {}: expected one of {}", option, name, names));
}

bool implements(const WalkerKind& kind, PagingModeName mode, const WalkRules& rules) {
  return kind.mode == mode && kind.ad_update == rules.ad_update &&
         rules.svnapot == Extension::absent && rules.svpbmt == Extension::absent;
}

std::string no_walker_for(PagingModeName mode, const WalkRules& rules, const std::string& name) {
  const auto text_of = [](PagingModeName walks, AdUpdate ad_update) {
    return fmt::format("{} with A and D set by {}", name_in(kEveryPagingModeName, walks),
                       name_in(kAdUpdateNames, ad_update));
  };
  std::string text = "no walker in hardware for " + text_of(mode, rules.ad_update);
  if (rules.svnapot == Extension::present) text += ", Svnapot";
  if (rules.svpbmt == Extension::present) text += ", Svpbmt";
  for (const WalkerKind& kind : walker_kinds()) {
    if (kind.name != name) continue;
    text += fmt::format("; {} is one for {}", name, text_of(kind.mode, kind.ad_update));
  }
  return text;
}

}  // namespace tlmmu::cosim
