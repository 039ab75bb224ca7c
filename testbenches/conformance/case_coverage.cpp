// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/case_coverage.h"

#include <fmt/format.h>

#include "models/base/bits.h"

namespace tlmmu::testing {

namespace {

constexpr const char* kModeNames[] = {"sv32", "sv39", "sv48", "sv57"};
constexpr const char* kStageNames[] = {"single", "VS", "G"};
constexpr int kNoStep7[] = {0, 2, 3, 4, 5, 6, 8, 9, 10};  // step 7 is Zicfiss's
constexpr int kFirstStageCauses[] = {0, 1, 5, 7, 12, 13, 15};
constexpr int kGuestCauses[] = {20, 21, 23};

constexpr bool is_guest(reference::CaseMode mode) {
  return mode == reference::CaseMode::vu || mode == reference::CaseMode::vs;
}

}  // namespace

void CaseCoverage::begin_case(const RandomCase& random_case) {
  switch (random_case.walk_case.mode) {
    case PagingModeName::sv32:
      mode_ = 0;
      break;
    case PagingModeName::sv48:
      mode_ = 2;
      break;
    case PagingModeName::sv57:
      mode_ = 3;
      break;
    default:
      mode_ = 1;
      break;
  }
}

void CaseCoverage::count(const reference::Request& request, const NaiveAnswer& answer) {
  ++requests_;
  const std::size_t stage = !is_guest(request.mode) ? 0 : answer.has_guest_address ? 2 : 1;
  ++steps_[mode_][stage][static_cast<std::size_t>(answer.step)];
  ++causes_[mode_][static_cast<std::size_t>(request.mode)][static_cast<std::size_t>(answer.cause)];
  if (answer.cause != 0) return;
  ++sizes_[mode_][answer.page_bytes == kNaiveBare ? kSizes : log2_floor(answer.page_bytes)];
}

std::string CaseCoverage::steps_missing(std::size_t mode) const {
  std::string text;
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    for (const int step : kNoStep7) {
      // Sv32 has no address that is not canonical; a G stage neither reads through another, nor do
      // its translations end a request.
      if ((step == 0 && mode == 0) || ((step == 2 || step == 10) && stage == 2)) continue;
      const unsigned count = steps_[mode][stage][static_cast<std::size_t>(step)];
      if (!is_rare(count)) continue;
      text += fmt::format("{} {} step {}: {}\n", kModeNames[mode], kStageNames[stage], step, count);
    }
  }
  return text;
}

std::string CaseCoverage::causes_missing(std::size_t mode) const {
  std::string text;
  const auto look_at = [&](reference::CaseMode privilege, int cause) {
    const unsigned count =
        causes_[mode][static_cast<std::size_t>(privilege)][static_cast<std::size_t>(cause)];
    if (!is_rare(count)) return;
    text += fmt::format("{} {} cause {}: {}\n", kModeNames[mode],
                        name_in(reference::kCaseModeNames, privilege), cause, count);
  };
  for (const auto& privilege : reference::kCaseModeNames) {
    if (privilege.value == reference::CaseMode::m) continue;
    for (const int cause : kFirstStageCauses) look_at(privilege.value, cause);
    if (!is_guest(privilege.value)) continue;
    for (const int cause : kGuestCauses) look_at(privilege.value, cause);
  }
  look_at(reference::CaseMode::m, 0);
  return text;
}

std::string CaseCoverage::sizes_missing(std::size_t mode) const {
  std::string text;
  for (const auto& size : kPageSizeNames) {
    const unsigned shift = shift_of(size.value);
    const bool of_rv32 = size.value == PageSize::k4MiB || size.value == PageSize::k4KiB;
    const bool of_rv64 = size.value != PageSize::k4MiB && shift <= 21 + 9 * mode;
    if (!(mode == 0 ? of_rv32 : of_rv64) || !is_rare(sizes_[mode][shift])) continue;
    text += fmt::format("{} page of {}: {}\n", kModeNames[mode], size.name, sizes_[mode][shift]);
  }
  if (is_rare(sizes_[mode][kSizes])) text += fmt::format("{} bare\n", kModeNames[mode]);
  return text;
}

std::string CaseCoverage::gaps() const {
  std::string text;
  for (std::size_t mode = 0; mode < kModes; ++mode) {
    text += steps_missing(mode) + causes_missing(mode) + sizes_missing(mode);
  }
  return text;
}

}  // namespace tlmmu::testing
