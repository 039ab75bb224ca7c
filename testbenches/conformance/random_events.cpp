// SPDX-License-Identifier: Apache-2.0
#include "testbenches/conformance/random_events.h"

#include "models/arch/pte.h"

namespace tlmmu::testing {

using reference::CaseExtension;
using reference::CaseMode;
using reference::MemoryWord;
using reference::RamRange;
using reference::Request;
using reference::SetExtensions;

void RandomEvents::add(reference::Line::Content content) {
  made_.walk_case.lines.push_back({std::move(content)});
  made_.groups.push_back(group_);
}

RandomCase RandomEvents::take() {
  return std::move(made_);
}

// ---- what there is ----

void RandomEvents::set_up() {
  made_.walk_case.mode = hart_.traits.deepest;
  made_.pmp_final = dice_.one_in(2);
  add_extensions();
  std::uint64_t before = 0;
  for (const auto& [address, value] : hart_.words) {
    // The PTEs of a NAPOT range are alike: one without the others is a mistake of software.
    const bool alike = Pte(value).n() && address - before == hart_.pte_bytes();
    if (!alike) begin_group();
    add(MemoryWord{PhysicalAddress(address), value});
    before = address;
  }
  if (dice_.percent(15)) add_ram();
  if (dice_.percent(25)) add_pmp();
  switch_space();
  switch_guest();
}

void RandomEvents::add_extensions() {
  const auto extension = [this](bool present, CaseExtension name) {
    if (!present) return;
    begin_group();
    add(SetExtensions{{name}});
  };
  extension(hart_.traits.svadu, CaseExtension::svadu);
  extension(hart_.traits.svnapot, CaseExtension::svnapot);
  extension(hart_.traits.svpbmt, CaseExtension::svpbmt);
  extension(hart_.svinval, CaseExtension::svinval);
  extension(has_guests(), CaseExtension::h);
}

/// All that is used, without a hole or with one at a PTE.
void RandomEvents::add_ram() {
  const std::uint64_t top = std::uint64_t{1} << hart_.physical_bits();
  begin_group();
  const auto range = [this](std::uint64_t first, std::uint64_t end) {
    if (first < end) add(RamRange{PhysicalAddress(first), Bytes(end - first)});
  };
  if (hart_.words.empty() || dice_.one_in(2)) {
    const std::uint64_t last = hart_.words.empty() ? 0 : hart_.words.rbegin()->first;
    return range(0, std::min(top, (last | low_mask(kPageShift)) + 1));
  }
  const std::uint64_t sizes[] = {1, hart_.pte_bytes(), kPageBytes.value()};
  const std::uint64_t size = hart_.traits.svnapot ? kPageBytes.value() : dice_.pick(sizes);
  const std::uint64_t hole = hart_.some_pte().where & ~(size - 1);
  range(0, hole);
  range(hole + size, top);
}

// ---- what happens ----

void RandomEvents::happen() {
  const std::uint64_t event = dice_.below(100);
  if (event < 76) return request();
  if (event < 87) return change_pte();
  if (event < 90) return needless_fence();
  const bool other_guests = hart_.guests.size() > 1;
  if (event < (other_guests ? 92 : 94)) return switch_space();
  if (event < 97) return switch_guest();
  if (event < 99) return write_mode_that_is_not_there();
  return change_pmp();
}

/// A new one, or one as before but for one thing: what a TLB holds has to be met again.
void RandomEvents::request() {
  begin_group();
  Request request = recent_.empty() || dice_.percent(55) ? new_request() : dice_.pick(recent_);
  switch (dice_.below(6)) {
    case 0:
      request.type = some_type();
      break;
    case 1:
      request.sum = dice_.one_in(2) ? Sum::permitted : Sum::forbidden;
      break;
    case 2:
      request.mxr = dice_.one_in(3) ? Mxr::on : Mxr::off;
      break;
    default:
      break;
  }
  if (recent_.size() < kRecentRequests) {
    recent_.push_back(request);
  } else {
    dice_.pick(recent_) = request;
  }
  request.id = "r" + std::to_string(++requests_);
  add(std::move(request));
}

/// As it was, after something has changed.
void RandomEvents::repeat_request() {
  if (recent_.empty()) return;
  begin_group();
  Request request = dice_.pick(recent_);
  request.id = "r" + std::to_string(++requests_);
  add(std::move(request));
}

AccessType RandomEvents::some_type() {
  constexpr AccessType kTypes[] = {AccessType::load, AccessType::load, AccessType::store,
                                   AccessType::store, AccessType::fetch};
  return dice_.pick(kTypes);
}

Request RandomEvents::new_request() {
  Request request;
  request.type = some_type();
  const bool guest = has_guests() && dice_.percent(70);
  const bool user = hart_.user_pages != dice_.one_in(4);
  request.mode = guest ? (user ? CaseMode::vu : CaseMode::vs) : (user ? CaseMode::u : CaseMode::s);
  if (!guest && dice_.one_in(20)) request.mode = CaseMode::m;
  request.sum = dice_.one_in(2) ? Sum::permitted : Sum::forbidden;
  request.mxr = dice_.one_in(3) ? Mxr::on : Mxr::off;
  request.address = VirtualAddress(some_address(guest) & low_mask(hart_.xlen()));
  return request;
}

/// One that is mapped where there is a first stage, else a physical one; or a bit off.
std::uint64_t RandomEvents::some_address(bool guest) {
  std::uint64_t address = dice_.pick(hart_.addresses);
  const bool first_stage =
      guest ? guest_ && !guest_bare_ && !hart_.guests[*guest_].spaces.empty() : !bare_;
  if (guest && guest_ && !first_stage) {
    address = hart_.guests[*guest_].machine->some_frame() << kPageShift;
  }
  address ^= dice_.bits(dice_.one_in(8) ? 20 : kPageShift);
  if (dice_.one_in(25)) address ^= std::uint64_t{1} << dice_.below(64);
  return address;
}

}  // namespace tlmmu::testing
