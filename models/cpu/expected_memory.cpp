// SPDX-License-Identifier: Apache-2.0
#include "models/cpu/expected_memory.h"

#include <iterator>

namespace tlmmu {

namespace {

const ExpectedPage& zero_page() {
  static const ExpectedPage page = [] {
    ExpectedPage zeros;
    zeros.known.set();
    return zeros;
  }();
  return page;
}

constexpr Vpn page_after(VirtualAddress address) {
  return Vpn((address.value() + kPageBytes.value() - 1) >> kPageShift);
}

Vpn end_of(const kernel::AddressRange& range) {
  return page_after(range.start + range.length);
}

}  // namespace

const ExpectedPage* ExpectedObjects::find(Id object, std::uint64_t page) const {
  const auto found = pages_.find(key_of(object, page));
  if (found != pages_.end()) return found->second.get();
  return object.kind == Kind::segment ? &zero_page() : nullptr;
}

ExpectedPage& ExpectedObjects::at(Id object, std::uint64_t page) {
  PagePointer& entry = pages_[key_of(object, page)];
  if (!entry) {
    entry = object.kind == Kind::segment ? std::make_shared<ExpectedPage>(zero_page())
                                         : std::make_shared<ExpectedPage>();
  }
  return *entry;
}

ExpectedSpace::ExpectedSpace(const std::vector<kernel::ImageSegment>& image)
    : untouched_(Untouched::zero) {
  for (const kernel::ImageSegment& segment : image) {
    if (!segment.contents) continue;
    const auto& [file, page] = *segment.contents;
    map(segment.range.start.page(), {end_of(segment.range),
                                     {ExpectedObjects::Kind::file, file.value()},
                                     page,
                                     kernel::Sharing::private_copy});
  }
}

const std::pair<const std::uint64_t, ExpectedSpace::View>* ExpectedSpace::view_of(Vpn page) const {
  auto above = views_.upper_bound(page.value());
  if (above == views_.begin()) return nullptr;
  const auto& candidate = *std::prev(above);
  return page < candidate.second.end ? &candidate : nullptr;
}

const ExpectedPage* ExpectedSpace::to_load(Vpn page, const ExpectedObjects& objects) const {
  const auto* view = views_.empty() ? nullptr : view_of(page);
  const bool shared = view != nullptr && view->second.sharing == kernel::Sharing::shared;
  if (!shared) {
    const auto own = own_.find(page.value());
    if (own != own_.end()) return own->second.get();
  }
  if (view != nullptr) {
    return objects.find(view->second.object, view->second.offset + (page.value() - view->first));
  }
  return untouched_ == Untouched::zero ? &zero_page() : nullptr;
}

ExpectedPage& ExpectedSpace::to_store(Vpn page, ExpectedObjects& objects) {
  const auto* view = views_.empty() ? nullptr : view_of(page);
  if (view != nullptr && view->second.sharing == kernel::Sharing::shared) {
    return objects.at(view->second.object, view->second.offset + (page.value() - view->first));
  }
  auto& own = own_[page.value()];
  if (own == nullptr) {
    own_.erase(page.value());
    const ExpectedPage* before = to_load(page, objects);
    auto copy = before != nullptr ? std::make_shared<ExpectedPage>(*before)
                                  : std::make_shared<ExpectedPage>();
    return *(own_[page.value()] = std::move(copy));
  }
  if (own.use_count() > 1) own = std::make_shared<ExpectedPage>(*own);
  return *own;
}

void ExpectedSpace::cut(Vpn at) {
  const auto* found = view_of(at);
  if (found == nullptr || found->first == at.value()) return;
  View upper = found->second;
  upper.offset += at.value() - found->first;
  views_.at(found->first).end = at;
  views_.emplace(at.value(), upper);
}

void ExpectedSpace::map(Vpn first, const View& view) {
  unmap(first, view.end);
  views_.emplace(first.value(), view);
}

void ExpectedSpace::forget(Vpn first, Vpn end) {
  if (end.value() - first.value() < own_.size()) {
    for (std::uint64_t page = first.value(); page < end.value(); ++page) own_.erase(page);
    return;
  }
  for (auto own = own_.begin(); own != own_.end();) {
    const bool inside = own->first >= first.value() && own->first < end.value();
    own = inside ? own_.erase(own) : std::next(own);
  }
}

void ExpectedSpace::unmap(Vpn first, Vpn end) {
  forget(first, end);
  cut(first);
  cut(end);
  views_.erase(views_.lower_bound(first.value()), views_.lower_bound(end.value()));
}

void ExpectedSpace::unmap_object(Vpn first) {
  const auto* begin = view_of(first);
  if (begin == nullptr) return;
  const ExpectedObjects::Id object = begin->second.object;
  for (auto view = views_.find(begin->first); view != views_.end();) {
    const bool of_it = view->second.object.kind == object.kind &&
                       view->second.object.number == object.number &&
                       view->first - view->second.offset == first.value();
    view = of_it ? views_.erase(view) : std::next(view);
  }
}

const ExpectedPage* ExpectedMemory::to_load(std::uint32_t process, Vpn page) const {
  const auto space = spaces_.find(process);
  return space == spaces_.end() ? nullptr : space->second.to_load(page, objects_);
}

ExpectedPage& ExpectedMemory::to_store(std::uint32_t process, Vpn page) {
  return spaces_[process].to_store(page, objects_);
}

void ExpectedMemory::start(std::uint32_t process, const std::vector<kernel::ImageSegment>& image) {
  spaces_[process] = ExpectedSpace(image);
}

/// What each call means for what its process finds in memory.
struct ExpectedMemory::Follower {
  ExpectedMemory& memory;
  std::uint32_t process;
  std::uint64_t value;  ///< of the answer

  ExpectedSpace& space() const { return memory.spaces_[process]; }
  Vpn page() const { return VirtualAddress(value).page(); }

  void operator()(const MapCall& call) const {
    const Vpn end = page_after(VirtualAddress(value) + call.request.length);
    const auto& contents = call.request.contents;
    const kernel::Sharing sharing = call.request.sharing;
    if (!contents && sharing == kernel::Sharing::private_copy) return space().unmap(page(), end);
    if (!contents) {
      const ExpectedObjects::Id segment{ExpectedObjects::Kind::segment, memory.instances_++};
      return space().map(page(), {end, segment, 0, sharing});
    }
    space().map(
        page(),
        {end, {ExpectedObjects::Kind::file, contents->file.value()}, contents->page, sharing});
  }
  void operator()(const UnmapCall& call) const {
    space().unmap(call.range.start.page(), end_of(call.range));
  }
  void operator()(const AdviseCall& call) const {
    if (call.advice != kernel::Advice::dont_need) return;
    space().forget(call.range.start.page(), end_of(call.range));
  }
  void operator()(const BreakCall& call) const {
    const std::uint64_t after = value + static_cast<std::uint64_t>(call.increment);
    if (after < value)
      space().forget(page_after(VirtualAddress(after)), page_after(VirtualAddress(value)));
  }
  void operator()(const GetSegmentCall& call) const {
    const auto [found, fresh] = memory.segments_.try_emplace(value);
    Segment& segment = found->second;
    if (fresh || segment.removed) segment = {memory.instances_++, call.length};
    if (segment.length < call.length) segment.length = call.length;
  }
  void operator()(const AttachSegmentCall& call) const {
    const Segment& segment = memory.segments_[call.segment.value()];
    space().map(page(), {page_after(VirtualAddress(value) + segment.length),
                         {ExpectedObjects::Kind::segment, segment.instance},
                         0,
                         kernel::Sharing::shared});
  }
  void operator()(const DetachSegmentCall& call) const {
    space().unmap_object(call.address.page());
  }
  /// Who has it attached keeps it; whoever is given its number later has another one.
  void operator()(const RemoveSegmentCall& call) const {
    memory.segments_[call.segment.value()].removed = true;
  }
  void operator()(const ForkCall& /*call*/) const {
    memory.spaces_[static_cast<std::uint32_t>(value)] = ExpectedSpace(space());
  }
  // Permissions, locks and waiting change no contents; exec is start().
  template <class Other>
  void operator()(const Other& /*call*/) const {}
};

void ExpectedMemory::called(std::uint32_t process, const SystemCall& call, std::uint64_t value) {
  std::visit(Follower{*this, process, value}, call);
}

}  // namespace tlmmu
