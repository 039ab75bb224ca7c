// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "firmware/kernel/kernel.h"
#include "models/arch/permissions.h"
#include "testbenches/kernel/fake_machine.h"

namespace tlmmu::kernel::testing {

constexpr PhysicalAddress kMemoryBase{0x8000'0000};

/// Memory that is not initialized, as a port gives it.
template <class T>
class RawStorage {
 public:
  explicit RawStorage(std::uint64_t count)
      : bytes_(new (std::align_val_t(alignof(T))) unsigned char[count * sizeof(T)]) {
    std::fill(bytes_, bytes_ + count * sizeof(T), static_cast<unsigned char>(0xa5));
  }
  RawStorage(const RawStorage&) = delete;
  RawStorage& operator=(const RawStorage&) = delete;
  ~RawStorage() { operator delete[](bytes_, std::align_val_t(alignof(T))); }
  T* get() { return reinterpret_cast<T*>(bytes_); }

 private:
  unsigned char* bytes_;
};

/// The memory of the kernel's tables.
class KernelTables {
 public:
  struct alignas(4096) WindowPage {
    unsigned char bytes[4096];
  };
  static constexpr std::uint32_t kFiles = 16, kSegments = 16;

  KernelTables(const Settings& settings, std::uint32_t processes)
      : frames_(settings.frames()),
        blocks_(settings.disk.blocks + 1),
        clusters_(settings.disk.blocks / settings.disk.cluster_slots + 1),
        processes_(processes + 1),
        files_(kFiles),
        segments_(kSegments),
        window_(settings.frames()),
        capacity_(processes) {}
  Storage storage() {
    return {frames_.get(),   blocks_.get(),
            clusters_.get(), processes_.get(),
            capacity_,       files_.get(),
            kFiles,          segments_.get(),
            kSegments,       reinterpret_cast<unsigned char*>(window_.get())};
  }

 private:
  RawStorage<Frame> frames_;
  RawStorage<Block> blocks_;
  RawStorage<SwapCluster> clusters_;
  RawStorage<Process> processes_;
  RawStorage<File> files_;
  RawStorage<SharedSegment> segments_;
  RawStorage<WindowPage> window_;
  std::uint32_t capacity_;
};

/// Who sets A and D: the walker, or the kernel after a fault (Svade).
enum class AdUpdate : std::uint8_t { hardware, fault };

inline Settings settings_of(std::uint64_t frames, std::uint64_t watermark_min = 0) {
  Settings settings;
  settings.memory_base = kMemoryBase;
  settings.memory_size = kPageBytes * frames;
  settings.disk.blocks = 4096;
  settings.watermarks = Watermarks::from_min(watermark_min);
  return settings;
}

/// The kernel on a fake machine, with a CPU that translates through a TLB of any size.
class KernelBench {
 public:
  explicit KernelBench(const Settings& settings, std::uint32_t processes = 8)
      : tables_(settings, processes), kernel(machine, settings, tables_.storage()) {
    machine.pte_bytes = paging_mode(settings.mode).pte_bytes;
  }

  FakeMachine machine;

 private:
  KernelTables tables_;

 public:
  Kernel kernel;
  AdUpdate ad_update = AdUpdate::hardware;

  ProcessId start() {
    const auto id = kernel.create_process();
    EXPECT_TRUE(id.has_value());
    return id.value_or(ProcessId(0));
  }

  /// One attempt of an access by hardware: the word's place, or nothing where it page-faults.
  std::uint64_t* attempt(const FaultRequest& request);

  /// Ends the transfer at `position` of the queue.
  void finish_transfer(std::size_t position = 0) {
    const auto [tag, result] = machine.finish(position);
    kernel.disk_done(tag, result);
  }
  void finish_all_transfers() {
    while (!machine.queue.empty()) finish_transfer();
  }

  /// The access as a lone process sees it: faults are handled, transfers end at once. Null if the
  /// process was killed.
  std::uint64_t* access(ProcessId process, std::uint64_t address, AccessType type);
  std::uint64_t load(ProcessId p, std::uint64_t a) {
    return value_of(access(p, a, AccessType::load));
  }
  std::uint64_t fetch(ProcessId p, std::uint64_t a) {
    return value_of(access(p, a, AccessType::fetch));
  }
  void store(ProcessId process, std::uint64_t address, std::uint64_t value) {
    std::uint64_t* word = access(process, address, AccessType::store);
    if (word != nullptr) *word = value;
  }

  /// A system call as a lone process makes it: repeated while the answer is `blocked`.
  template <class Call>
  CallAnswer call(ProcessId process, Call body) {
    for (int tries = 0; tries < 1000; ++tries) {
      if (!run_until(process)) return {FaultAnswer::killed, CallError::none, 0};
      const CallAnswer answer = body();
      if (answer.answer != FaultAnswer::blocked) return answer;
    }
    ADD_FAILURE() << "the call makes no progress";
    return {};
  }

  const Counters& counters() const { return kernel.state().counters; }
  std::uint64_t faults(FaultKind kind) const {
    return counters().faults[static_cast<unsigned>(kind)];
  }
  FrameCounts frame_counts() const { return kernel.state().frames.counts(); }
  /// The leaf PTE of an address by a walk of the tables; 0 where a table is missing.
  Pte leaf(ProcessId process, std::uint64_t address);
  PhysicalAddress leaf_entry(ProcessId process, std::uint64_t address) {
    return find_leaf(process, address).entry;
  }
  struct FoundLeaf {
    PhysicalAddress entry;
    unsigned level;
  };
  FoundLeaf find_leaf(ProcessId process, std::uint64_t address);

  /// Others run and transfers end until `process` has the CPU; false if it was killed.
  bool run_until(ProcessId process);

 private:
  static std::uint64_t value_of(const std::uint64_t* word) {
    EXPECT_NE(word, nullptr) << "killed";
    return word == nullptr ? 0 : *word;
  }
};

inline KernelBench::FoundLeaf KernelBench::find_leaf(ProcessId process, std::uint64_t address) {
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

inline Pte KernelBench::leaf(ProcessId process, std::uint64_t address) {
  const PhysicalAddress entry = leaf_entry(process, address);
  return entry.value() == 0 ? Pte() : machine.read_pte(entry);
}

inline std::uint64_t* KernelBench::attempt(const FaultRequest& request) {
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

inline bool KernelBench::run_until(ProcessId process) {
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

inline std::uint64_t* KernelBench::access(ProcessId process, std::uint64_t address,
                                          AccessType type) {
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
