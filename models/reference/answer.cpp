// SPDX-License-Identifier: Apache-2.0
#include "models/reference/answer.h"

#include <fmt/format.h>

#include <iterator>

namespace tlmmu::reference {

namespace {

constexpr EnumName<PageSize> kSizeWords[] = {
    {PageSize::k4KiB, "4K"},     {PageSize::k64KiB, "64K"}, {PageSize::k2MiB, "2M"},
    {PageSize::k4MiB, "4M"},     {PageSize::k1GiB, "1G"},   {PageSize::k512GiB, "512G"},
    {PageSize::k256TiB, "256T"},
};

std::string text_of(const Translated& translated) {
  return fmt::format("ok {:#x} {}", translated.address.value(),
                     translated.size ? name_in(kSizeWords, *translated.size) : "bare");
}

std::string text_of(const Refused& refused) {
  return fmt::format("fault {}", static_cast<unsigned>(refused.cause));
}

}  // namespace

std::string to_text(const std::string& id, const Answer& answer, Detail detail) {
  std::string text = id + ' ';
  text += std::visit([](const auto& outcome) { return text_of(outcome); }, answer.outcome);
  if (detail == Detail::outcome) return text;
  auto more = std::back_inserter(text);
  fmt::format_to(more, " # tval={:#x}", answer.tval.value());
  const auto* refused = std::get_if<Refused>(&answer.outcome);
  if (refused != nullptr && refused->guest_address) {
    fmt::format_to(more, " gpa={:#x}", refused->guest_address->value());
  }
  for (const PteAccess& access : answer.accesses) {
    fmt::format_to(more, " {}:{:#x}={:#x}", access.kind == PteAccess::Kind::read ? "rd" : "wr",
                   access.address.value(), access.pte.raw());
  }
  return text;
}

}  // namespace tlmmu::reference
