// SPDX-License-Identifier: Apache-2.0
#include "models/cosim/walk_story.h"

#include <fmt/format.h>

namespace tlmmu::cosim {

namespace {

std::string text_of_update(std::uint64_t address, std::uint64_t expected, std::uint64_t desired) {
  return fmt::format("update {:#x} from {:#x} to {:#x}", address, expected, desired);
}

std::string text_of(const WalkStep& step) {
  if (const auto* read = std::get_if<PteRead>(&step)) {
    return fmt::format("read {:#x}", read->address.value());
  }
  if (const auto* update = std::get_if<PteUpdate>(&step)) {
    return text_of_update(update->address.value(), update->expected.raw(), update->desired.raw());
  }
  if (const auto* fault = std::get_if<WalkFault>(&step)) {
    return fmt::format("{} at {}", name_in(kExceptionCauseNames, fault->cause),
                       name_in(kVatpStepNames, fault->step));
  }
  const auto& found = std::get<Translation>(step);
  return fmt::format("translated to ppn {:#x}, {}, flags {:#04x}", found.ppn.value(),
                     name_in(kPageSizeNames, found.size), found.flags.raw());
}

std::string text_of(const WalkerResponse& response, const PagingMode& mode) {
  switch (response.outcome) {
    case RtlOutcome::translated:
      return fmt::format("translated to ppn {:#x}, {}, flags {:#04x}", response.ppn,
                         response.level < mode.levels
                             ? std::string(name_in(kPageSizeNames, mode.page_size(response.level)))
                             : fmt::format("level {}", response.level),
                         response.flags);
    case RtlOutcome::faulted:
      return fmt::format("{} at {}",
                         name_in(kExceptionCauseNames, static_cast<ExceptionCause>(response.cause)),
                         name_in(kVatpStepNames, static_cast<VatpStep>(response.step)));
    case RtlOutcome::aborted:
      return "aborted";
  }
  return fmt::format("outcome {}", static_cast<unsigned>(response.outcome));
}

/// The two sides of an event, the model's being `model` unless both see the same.
struct Teller {
  const std::string model;
  const PagingMode& mode;

  WalkLine operator()(const WalkStory::PmpCheck& check) const {
    return {model, fmt::format("asks PMP for a {} at {:#x}: {}", check.store ? "store" : "load",
                               check.address, check.permitted ? "permitted" : "denied")};
  }
  WalkLine operator()(const WalkStory::MemoryRequest& asked) const {
    if (!asked.update) return {model, fmt::format("read {:#x}", asked.address)};
    return {model, text_of_update(asked.address, asked.expected, asked.desired)};
  }
  WalkLine operator()(const WalkStory::MemoryAnswer& answer) const {
    const std::string text =
        answer.found ? fmt::format("  is {:#x}", answer.found->raw()) : "  is refused";
    return {text, text};
  }
  WalkLine operator()(const WalkStory::Fenced&) const { return {"a fence", "a fence"}; }
  WalkLine operator()(const WalkerResponse& response) const {
    return {model, text_of(response, mode)};
  }
};

}  // namespace

std::vector<WalkLine> WalkStory::lines(const PagingMode& mode) const {
  std::vector<WalkLine> lines;
  bool fenced = false;
  for (const Step& step : steps_) {
    fenced = fenced || std::holds_alternative<Fenced>(step.event);
    const bool aborted = fenced && std::holds_alternative<WalkerResponse>(step.event);
    const std::string model = !step.model ? "no walk" : aborted ? "aborted" : text_of(*step.model);
    lines.push_back(std::visit(Teller{model, mode}, step.event));
  }
  return lines;
}

}  // namespace tlmmu::cosim
