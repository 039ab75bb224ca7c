// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "models/events/wave_writer.h"

namespace tlmmu::events {

/// Value change dump (IEEE 1800, chapter 21.7), with states and texts as GTKWave's string values.
/// Throws InputError if `path` cannot be written.
std::unique_ptr<WaveWriter> make_vcd_writer(const std::string& path);

}  // namespace tlmmu::events
