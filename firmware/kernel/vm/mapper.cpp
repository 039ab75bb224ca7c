// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/vm/mapper.h"

namespace tlmmu::kernel {

// Every change of a leaf PTE passes through here, so that the counts cannot drift from the tables.
void Mapper::account(const Mapping& user, Pte before, Pte after) {
  count(user, before, Change::remove);
  count(user, after, Change::add);
  if (user.process == nullptr) return;
  const PageState from = page_state_of(before);
  const PageState to = page_state_of(after);
  if (from == to) return;
  ++state_.counters.page_states[static_cast<unsigned>(from)][static_cast<unsigned>(to)];
}

void Mapper::count(const Mapping& user, Pte pte, Change change) {
  const bool more = change == Change::add;
  const auto step = [more](std::uint64_t& n) { more ? ++n : --n; };
  if (kind_of(pte) == PteKind::swapped) {
    more ? state_.blocks.refer(block_of(pte)) : state_.blocks.unrefer(block_of(pte));
    step(user.process != nullptr ? user.process->use.swapped : state_.counters.segment_swapped);
  }
  if (kind_of(pte) != PteKind::valid) return;
  if (user.process == nullptr) return step(state_.counters.segment_resident);
  ProcessUse& use = user.process->use;
  step(use.resident);
  if (use.resident > use.max_resident) use.max_resident = use.resident;
  if (has_mark(pte, PteMark::copy_on_write)) step(use.copy_on_write);
  if (!has_mark(pte, PteMark::locked)) return;
  step(use.locked);
  Frame& frame = state_.frames.at(pte.ppn());
  frame.locks = static_cast<std::uint16_t>(frame.locks + (more ? 1 : -1));
}

void Mapper::add(Frame& frame, const Mapping& user, Pte before, Pte pte) {
  account(user, before, pte);
  attach(frame, user, pte);
}

void Mapper::attach(Frame& frame, const Mapping& user, Pte pte) {
  state_.machine.write_pte(user.entry, pte);
  if (pte.flags().w() && frame.kind == PageKind::file) watch(frame);
  link(frame, user);
  if (frame.users > 1) return;
  pools_.leave(frame);
  state_.frames.set_state(frame, FrameState::mapped);
  pools_.enter(frame);
  if (is_slot_holder(frame)) state_.slot_holders.push_back(frame);
}

void Mapper::remove(Frame& frame, const Mapping& user, Pte before, Pte after, Teardown teardown) {
  account(user, before, after);
  detach(frame, user, before, {after, teardown});
}

void Mapper::exchange(Frame& old, Frame& fresh, const Mapping& user, Pte before, Pte after) {
  account(user, before, after);
  detach(old, user, before, {Pte(), Teardown::page});  // no TLB may know the old frame by then
  attach(fresh, user, after);
}

void Mapper::detach(Frame& frame, const Mapping& user, Pte before, const Leaving& leaving) {
  if (before.flags().d()) frame.dirty = true;
  if (leaving.teardown == Teardown::page) {
    state_.machine.write_pte(user.entry, leaving.after);
    fence_page(user);
  }
  const bool last = frame.users == 1;
  const bool owner_goes = frame.pool != nullptr && !last && frame.first.entry == user.entry;
  if (last || owner_goes) pools_.leave(frame);
  if (last && is_slot_holder(frame)) {
    state_.slot_holders.erase(state_.slot_holders.iterator_to(frame));
  }
  unlink(frame, user.entry);
  if (owner_goes) pools_.enter(frame);
}

void Mapper::update(const Mapping& user, Pte before, Pte after) {
  account(user, before, after);
  state_.machine.write_pte(user.entry, after);
  fence_page(user);
  if (before.flags().w() || !after.flags().w()) return;
  Frame& frame = state_.frames.at(after.ppn());
  if (frame.kind == PageKind::file) watch(frame);
}

void Mapper::replace_absent(const Mapping& user, Pte before, Pte after, Teardown teardown) {
  account(user, before, after);
  if (teardown == Teardown::page) state_.machine.write_pte(user.entry, after);
}

FrameUse Mapper::look(const Frame& frame) {
  FrameUse use{false, frame.dirty};
  each_user(frame, [&](const Mapping& user) {
    const PteFlags flags = state_.machine.read_pte(user.entry).flags();
    use.referenced = use.referenced || flags.a();
    use.dirty = use.dirty || flags.d();
  });
  // The segment's own entry has no A; its PTE is never used by hardware.
  return use;
}

void Mapper::clear_referenced(const Frame& frame) {
  each_user(frame, [&](const Mapping& user) {
    const Pte pte = state_.machine.read_pte(user.entry);
    if (pte.flags().a()) update(user, pte, pte.without_flags(PteFlags::kA));
  });
}

void Mapper::clear_dirty(Frame& frame) {
  frame.dirty = false;
  each_user(frame, [&](const Mapping& user) {
    const Pte pte = state_.machine.read_pte(user.entry);
    if (pte.flags().d()) update(user, pte, pte.without_flags(PteFlags::kD));
  });
}

void Mapper::watch(Frame& frame) {
  if (frame.watched) return;
  frame.watched = true;
  frame.dirty_rounds = 0;
  state_.watched_files.push_back(frame);
}

void Mapper::unwatch(Frame& frame) {
  if (!frame.watched) return;
  frame.watched = false;
  state_.watched_files.erase(state_.watched_files.iterator_to(frame));
}

void Mapper::adopt(Frame& frame, const Mapping& user) {
  frame.users = 1;
  frame.first = user;
  frame.first.next = nullptr;
  note_users(frame);
}

void Mapper::note_users(const Frame& frame) {
  std::uint64_t& most = state_.counters.max_frame_users;
  if (frame.users > most) most = frame.users;
}

void Mapper::link(Frame& frame, const Mapping& user) {
  if (frame.users == 0) return adopt(frame, user);
  ++frame.users;
  ++state_.counters.users_joined;
  note_users(frame);
  Mapping* more = state_.mapping_slab.take();
  *more = user;
  more->next = frame.first.next;
  frame.first.next = more;
}

void Mapper::unlink(Frame& frame, PhysicalAddress entry) {
  if (--frame.users > 0) ++state_.counters.users_left;
  Mapping* gone = frame.first.next;
  if (frame.first.entry == entry) {
    if (gone == nullptr) return;  // stays readable: where the page was mapped last
    frame.first = *gone;
  } else {
    Mapping* before = &frame.first;
    while (gone->entry != entry) {
      before = gone;
      gone = gone->next;
    }
    before->next = gone->next;
  }
  state_.mapping_slab.give(gone);
}

void Mapper::tie(Frame& frame, DiskBlock block) {
  frame.block = block;
  frame.has_block = true;
  state_.blocks.at(block).frame = &frame;
}

void Mapper::tie_mapped(Frame& frame, DiskBlock slot) {
  tie(frame, slot);
  frame.dirty = true;
  state_.slot_holders.push_back(frame);
}

void Mapper::untie(Frame& frame) {
  if (!frame.has_block) return;
  if (is_slot_holder(frame)) state_.slot_holders.erase(state_.slot_holders.iterator_to(frame));
  state_.blocks.at(frame.block).frame = nullptr;
  frame.has_block = false;
}

void Mapper::release_slot(Frame& frame) {
  if (!frame.has_block) return;
  const DiskBlock slot = frame.block;
  untie(frame);
  state_.blocks.free_slot(slot);
}

void Mapper::keep_cached(Frame& frame) {
  state_.frames.set_state(frame, FrameState::cached);
  pools_.enter(frame);
}

void Mapper::release(Frame& frame) {
  if (frame.ahead) ++state_.counters.reads_ahead_unused;
  frame.ahead = false;
  pools_.leave(frame);
  unwatch(frame);
  untie(frame);
  state_.frames.release(frame);
}

void Mapper::fence(const Fence& fence) {
  ++state_.counters.fences;
  state_.machine.charge(Operation::fence);
  state_.machine.fence(fence);
}

void Mapper::renew_asid(Process& process) {
  if (state_.asids.renew(process) == Asids::Flush::no) return;
  ++state_.counters.asid_rollovers;
  fence({});
}

void Mapper::fence_page(const Mapping& user) {
  if (user.process == nullptr || !state_.asids.is_current(*user.process)) return;
  fence({user.page, user.process->asid});
}

}  // namespace tlmmu::kernel
