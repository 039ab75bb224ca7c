// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "firmware/kernel/kernel.h"
#include "models/kernel/boot_plan.h"
#include "models/workload/system_call.h"

namespace tlmmu {

/// Makes `call` on behalf of `process`. `plan` has the programs that it may execute.
kernel::CallAnswer make_call(kernel::Kernel& kernel, kernel::ProcessId process,
                             const SystemCall& call, const BootPlan& plan);

}  // namespace tlmmu
