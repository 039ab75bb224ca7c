// SPDX-License-Identifier: Apache-2.0
// Requests and fences at the ports of a Verilated mmu_top.
#pragma once

#include <verilated.h>

#include "models/arch/fence.h"
#include "models/base/random.h"
#include "models/ptw/walk.h"

namespace tlmmu {

template <class Model>
void put_request(Model& mmu, const WalkRequest& request) {
  mmu.req_vaddr = request.address.value();
  mmu.req_access = static_cast<CData>(request.type);
  mmu.req_privilege = static_cast<CData>(request.context.privilege);
  mmu.req_sum = request.context.sum == Sum::permitted;
  mmu.req_mxr = request.context.mxr == Mxr::on;
  mmu.req_asid = request.space.asid.value();
  mmu.req_root = request.space.root.value();
}

/// Null: none. What a fence does not name, and where there is none, is random.
template <class Model>
void put_fence(Model& mmu, const Fence* fence, Random& random) {
  const std::uint64_t dice = random.next();
  mmu.fence = fence != nullptr;
  mmu.fence_by_address = fence != nullptr ? fence->vpn.has_value() : dice & 1U;
  mmu.fence_by_asid = fence != nullptr ? fence->asid.has_value() : dice >> 1U & 1U;
  mmu.fence_vaddr = random.next();
  mmu.fence_asid = static_cast<SData>(dice >> 2U);
  if (fence == nullptr) return;
  if (fence->vpn) mmu.fence_vaddr = fence->vpn->value() << kPageShift | dice >> 52U;
  if (fence->asid) mmu.fence_asid = fence->asid->value();
}

}  // namespace tlmmu
