// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <new>

#include "firmware/kernel/frames/frame_table.h"

namespace tlmmu::kernel {

/// Where the kernel sees the memory of its own frames: one window over all of them, as large as the
/// memory. On real hardware it is the kernel's direct map. Only frames in state `slab` are touched.
struct KernelWindow {
  unsigned char* base = nullptr;
  Ppn first;

  unsigned char* at(Ppn frame) const {
    return base + ((frame.value() - first.value()) << kPageShift);
  }
};

/// Objects of one type on frames of their own (Bonwick 1994): a frame begins with a header, then
/// come objects. Nothing here looks for memory: who needs objects calls `has` first, and gives a
/// frame if the answer is no. What was promised stays until `shrink`.
template <class T>
class Slab {
 public:
  explicit Slab(KernelWindow window) : window_(window) {}

  static constexpr std::uint64_t per_frame() {
    return (kPageBytes.value() - sizeof(Header)) / sizeof(T);
  }

  bool has(std::uint64_t objects) const { return free_ >= objects; }
  /// Adds the objects of a frame, which is in state `slab`.
  void add(Ppn frame);
  /// A new object; `has(1)` must hold.
  T* take();
  /// Ends an object.
  void give(T* object);
  /// A frame that holds no object any more, taken out; nothing if there is none.
  std::optional<Ppn> shrink();

  std::uint64_t in_use() const { return in_use_; }

 private:
  struct Free {
    Free* next;
  };
  struct Header : intrusive::list_base_hook<intrusive::link_mode<intrusive::normal_link>> {
    Free* free = nullptr;
    std::uint64_t in_use = 0;
    Ppn frame;
  };
  static_assert(sizeof(T) >= sizeof(Free) && alignof(T) <= alignof(Header));
  using Headers = intrusive::list<Header, intrusive::constant_time_size<false>>;

  static Header& header_of(T* object) {
    const std::uint64_t offset = reinterpret_cast<std::uintptr_t>(object) % kPageBytes.value();
    return *reinterpret_cast<Header*>(reinterpret_cast<unsigned char*>(object) - offset);
  }

  KernelWindow window_;
  Headers with_room_;  // frames with at least one free object
  std::uint64_t free_ = 0;
  std::uint64_t in_use_ = 0;
};

template <class T>
void Slab<T>::add(Ppn frame) {
  unsigned char* memory = window_.at(frame);
  auto* header = new (memory) Header();
  header->frame = frame;
  T* objects = reinterpret_cast<T*>(memory + sizeof(Header));
  for (std::uint64_t i = per_frame(); i-- > 0;) {
    header->free = new (static_cast<void*>(objects + i)) Free{header->free};
  }
  free_ += per_frame();
  with_room_.push_back(*header);
}

template <class T>
T* Slab<T>::take() {
  Header& header = with_room_.front();
  Free* place = header.free;
  header.free = place->next;
  if (header.free == nullptr) with_room_.pop_front();
  ++header.in_use;
  --free_;
  ++in_use_;
  return new (static_cast<void*>(place)) T();
}

template <class T>
void Slab<T>::give(T* object) {
  Header& header = header_of(object);
  object->~T();
  if (header.free == nullptr) with_room_.push_front(header);
  header.free = new (static_cast<void*>(object)) Free{header.free};
  --header.in_use;
  ++free_;
  --in_use_;
}

template <class T>
std::optional<Ppn> Slab<T>::shrink() {
  for (Header& header : with_room_) {
    if (header.in_use > 0) continue;
    with_room_.erase(with_room_.iterator_to(header));
    free_ -= per_frame();
    return header.frame;
  }
  return std::nullopt;
}

}  // namespace tlmmu::kernel
