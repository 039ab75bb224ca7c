// SPDX-License-Identifier: Apache-2.0
#include "firmware/kernel/reclaim/policies.h"

namespace tlmmu::kernel {

const Policy& PolicySet::chosen(PolicyName name) const {
  switch (name) {
    case PolicyName::clock:
      break;
    case PolicyName::ageing:
      return ageing_;
    case PolicyName::fifo:
      return fifo_;
    case PolicyName::exact_lru:
      return exact_lru_;
    case PolicyName::nru:
      return nru_;
    case PolicyName::wsclock:
      return wsclock_;
    case PolicyName::two_queue:
      return two_queue_;
    case PolicyName::mglru:
      return mglru_;
    case PolicyName::random:
      return random_;
  }
  return clock_;
}

}  // namespace tlmmu::kernel
