// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "models/events/wave_writer.h"

namespace tlmmu::events {

/// GTKWave's fast signal trace. Throws InputError if `path` cannot be written, and always in a
/// build that was made without GTKWave's writer (fst_writer_absent.cpp).
std::unique_ptr<WaveWriter> make_fst_writer(const std::string& path);

}  // namespace tlmmu::events
