// SPDX-License-Identifier: Apache-2.0
#include "models/swap_disk/disk_faults_config.h"

namespace tlmmu {

namespace {

constexpr config::Range kCommands{0, ~std::uint64_t{0} >> 1U};
constexpr config::Range kMillionths{0, 1'000'000};

}  // namespace

void DiskFaultsConfig::describe(config::Visitor& v) {
  v.number({"read_error_at", "the read, counted from 1, that fails; 0: none"}, read_error.at,
           kCommands);
  v.number({"read_errors_per_million", "chance of each read to fail, in millionths"},
           read_error.per_million, kMillionths);
  v.number({"write_error_at", "the write, counted from 1, that fails; 0: none"}, write_error.at,
           kCommands);
  v.number({"write_errors_per_million", "chance of each write to fail, in millionths"},
           write_error.per_million, kMillionths);
  v.number({"latency_spike_at", "the command, counted from 1, that takes longer; 0: none"},
           latency_spike.at, kCommands);
  v.number({"latency_spikes_per_million", "chance of each command to take longer, in millionths"},
           latency_spike.per_million, kMillionths);
  v.when(latency_spike.any(), "latency spikes", [&] {
    v.time({"latency_spike", "what such a command takes longer"}, spike_time,
           {0, milliseconds(100'000).value()});
  });
  v.number({"lost_interrupt_at", "the command, counted from 1, whose end is not signaled; 0: none"},
           lost_interrupt.at, kCommands);
  v.number({"lost_interrupts_per_million",
            "chance of each command that its end is not signaled, in millionths"},
           lost_interrupt.per_million, kMillionths);
  const bool by_chance = read_error.per_million + write_error.per_million +
                             latency_spike.per_million + lost_interrupt.per_million !=
                         0;
  v.when(by_chance, "faults by chance", [&] {
    v.number({"seed", "of the faults that come by chance"}, seed, kCommands);
  });
}

}  // namespace tlmmu
