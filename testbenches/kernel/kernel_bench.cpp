// SPDX-License-Identifier: Apache-2.0
#include "testbenches/kernel/kernel_bench.h"

#include "models/arch/permissions.h"

namespace tlmmu::kernel::testing {

KernelBench::FoundLeaf KernelBench::find_leaf(ProcessId process, std::uint64_t address) {
  const AddressSpace space = kernel.address_space(process);
  const PagingMode& mode = paging_mode(space.mode);
  Ppn table = space.root;
  for (unsigned level = mode.levels - 1;; --level) {
    const PhysicalAddress entry =
        address_of(table) + Bytes(mode.pte_bytes * mode.index(VirtualAddress(address), level));
    const Pte pointer = machine.read_pte(entry);
    if (level == 0 || pointer.is_leaf()) return {entry, level};
    if (!pointer.flags().v()) return {PhysicalAddress(0), 0};
    table = pointer.ppn();
  }
}

Pte KernelBench::leaf(ProcessId process, std::uint64_t address) {
  const PhysicalAddress entry = leaf_entry(process, address);
  return entry.value() == 0 ? Pte() : machine.read_pte(entry);
}

std::uint64_t* KernelBench::attempt(const FaultRequest& request) {
  const std::uint64_t address = request.address.value();
  if (address >= paging_mode(kernel.address_space(request.process).mode).user_half().value()) {
    return nullptr;
  }
  const FakeMachine::TlbKey key{kernel.address_space(request.process).asid.value(),
                                request.address.page().value()};
  auto cached = machine.tlb.find(key);
  const bool hit = cached != machine.tlb.end() &&
                   permits(cached->second.pte.flags(), request.type, AccessContext{}) &&
                   accessed_dirty_current(cached->second.pte.flags(), request.type);
  if (!hit) {
    const auto [entry, level] = find_leaf(request.process, address);
    Pte pte = entry.value() == 0 ? Pte() : machine.read_pte(entry);
    if (!pte.flags().v() || !permits(pte.flags(), request.type, AccessContext{})) return nullptr;
    if (!accessed_dirty_current(pte.flags(), request.type)) {
      if (ad_update == AdUpdate::fault) return nullptr;
      const unsigned d = request.type == AccessType::store ? PteFlags::kD : 0U;
      pte = pte.with_flags(static_cast<std::uint8_t>(PteFlags::kA | d));
      machine.write_pte(entry, pte);
    }
    const PagingMode& mode = paging_mode(kernel.address_space(request.process).mode);
    const unsigned shift = level * mode.index_bits;
    cached = machine.tlb.insert_or_assign(key, FakeMachine::TlbEntry{entry, pte, shift}).first;
  }
  const Ppn frame = cached->second.frame_of(key.page);
  return &machine.frame(frame)[request.address.page_offset().value() / 8];
}

bool KernelBench::run_until(ProcessId process) {
  for (int tries = 0; tries < 10000 && kernel.is_alive(process); ++tries) {
    const auto running = kernel.schedule();
    if (running == process) return true;
    if (!machine.queue.empty()) {
      finish_transfer();
    } else if (running) {
      kernel.timer(*running);
    } else {
      return false;
    }
  }
  return false;
}

std::uint64_t* KernelBench::access(ProcessId process, std::uint64_t address, AccessType type) {
  const FaultRequest request{process, VirtualAddress(address), type};
  for (int tries = 0; tries < 1000; ++tries) {
    if (!run_until(process)) return nullptr;
    if (std::uint64_t* word = attempt(request)) return word;
    kernel.page_fault(request);
  }
  ADD_FAILURE() << "the access makes no progress";
  return nullptr;
}

}  // namespace tlmmu::kernel::testing
