// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/page_in.h"

namespace tlmmu::kernel {

/// Page faults: area and leaf PTE decide.
class FaultHandler {
 public:
  FaultHandler(KernelState& state, Mapper& mapper, Allocator& allocator, Ending& ending,
               PageIn& page_in, SpaceKeeper& spaces)
      : state_(state),
        mapper_(mapper),
        allocator_(allocator),
        ending_(ending),
        page_in_(page_in),
        spaces_(spaces) {}

  FaultAnswer handle(Process& process, const FaultRequest& request);
  /// Brings a page in before anybody uses it: what a fault of that access would do.
  FaultAnswer prefault(Process& process, const FaultRequest& request);
  /// The hardware found no memory behind the address.
  FaultAnswer no_memory_there(Process& process, const FaultRequest& request);

 private:
  // A fault whose area and leaf PTE were found.
  struct Fault {
    Process& process;
    Area& area;
    const FaultRequest& request;
    PhysicalAddress entry;
    Pte pte;
    bool grows;  // the stack has to grow for it

    Vpn page() const { return request.address.page(); }
    Mapping user() const { return {&process, page(), entry}; }
    Awaited awaited() const { return {nullptr, request.address, entry, request.type}; }
  };
  // The leaf PTE of an address, or what to answer where a table could not be had.
  struct Leaf {
    std::optional<PhysicalAddress> entry;
    FaultAnswer otherwise;
  };

  FaultAnswer answer(Process& process, const FaultRequest& request);
  FaultAnswer resolve(Process& process, const FaultRequest& request);
  Area* stack_above(Process& process, Vpn page);
  Leaf make_entry(Process& process, VirtualAddress address, unsigned level);
  std::optional<FaultAnswer> try_huge_page(Process& process, Area& area,
                                           const FaultRequest& request);

  FaultAnswer untouched(const Fault& fault);
  FaultAnswer zero_page(const Fault& fault);
  FaultAnswer first_fetch(const Fault& fault);
  FaultAnswer text_page(const Fault& fault, DiskBlock block);
  FaultAnswer file_page(const Fault& fault);
  FaultAnswer segment_page(const Fault& fault);
  FaultAnswer zero_segment_page(const Fault& fault, PhysicalAddress entry);
  FaultAnswer from_block(const Fault& fault, const Wanted& wanted);
  /// Counts in `hits` that it was found.
  FaultAnswer from_cache(const Fault& fault, Frame& frame, std::uint64_t& hits);
  FaultAnswer present(const Fault& fault);
  FaultAnswer copy_on_write(const Fault& fault, Frame& frame);
  FaultAnswer reuse(const Fault& fault, Frame& frame);
  FaultAnswer copy_file_page(const Fault& fault, Frame& source);
  bool is_last_owner(const Frame& frame) const;
  void read_ahead(const Fault& fault, const Wanted& wanted);

  void note_place(const Fault& fault, const Frame& frame);
  FaultAnswer handled(const Fault& fault, Frame& frame, FaultKind kind);
  FaultAnswer killed(Process& process, KillReason reason);
  /// The access must not be: its process ends, or the kernel's own call fails.
  FaultAnswer forbidden(Process& process, const FaultRequest& request, KillReason reason);
  void report(Process& process, const FaultRequest& request, FaultKind kind);

  KernelState& state_;
  Mapper& mapper_;
  Allocator& allocator_;
  Ending& ending_;
  PageIn& page_in_;
  SpaceKeeper& spaces_;
  bool reported_ = false;  // the fault at hand has been counted
};

}  // namespace tlmmu::kernel
