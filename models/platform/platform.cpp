// SPDX-License-Identifier: Apache-2.0
#include "models/platform/platform.h"

#include "models/base/error.h"
#include "models/platform/memory_map.h"
#include "models/platform/sanitizer_stack.h"

namespace tlmmu {

namespace {

constexpr const char* kMemoryRange = "memory";
constexpr const char* kDiskRange = "swap_disk";

std::vector<RouterRange> ranges(const MachineConfig& config) {
  return {{kMemoryRange, kMemoryBase, config.memory.size},
          {kDiskRange, kSwapDiskBase, disk::kRegisterBytes}};
}

HostKernelContext kernel_context(const MachineConfig& config, const PlatformInputs& inputs) {
  HostKernelContext context;
  context.memory_base = kMemoryBase;
  context.memory_size = config.memory.size;
  context.disk_capacity = config.swap_disk.capacity;
  context.disk_registers = kSwapDiskBase;
  context.paging_mode = config.mmu.mode;
  context.clock = config.cpu.clock;
  context.processes = static_cast<std::uint32_t>(inputs.sources.size());
  context.boot = inputs.boot;
  return context;
}

std::unique_ptr<Cache> make_cache(const char* name, const CacheConfig& config,
                                  const MachineConfig& machine, events::UnitRegistry& units) {
  if (!config.enabled) return nullptr;
  return std::make_unique<Cache>(name, config, machine.cpu.clock, machine.simulation.seed,
                                 units.add(std::string("cache.") + name));
}

/// Sets what the modules read at their construction; SystemC keeps it for the whole program.
void set_up_time(const SimulationConfig& simulation) {
  if (sc_core::sc_get_time_resolution() != sc_core::sc_time(1, sc_core::SC_PS)) {
    SC_REPORT_ERROR("/tlmmu/platform", "the time resolution must stay at 1 ps");
  }
  tlm::tlm_global_quantum::instance().set(to_sc_time(simulation.quantum));
}

}  // namespace

Platform::Platform(const sc_core::sc_module_name& name, const MachineConfig& config,
                   const PlatformInputs& inputs)
    : sc_module(name),
      config_(config),
      units_(choose_sink(inputs.sink)),
      interrupt_("interrupt"),
      cpu_("cpu", config.cpu, inputs.sources, inputs.verifier, units_.add("cpu")),
      mmu_("mmu", config.mmu, config.cpu.clock, config.simulation.seed, units_),
      l1i_(make_cache("l1i", config.cache.l1i, config, units_)),
      l1d_(make_cache("l1d", config.cache.l1d, config, units_)),
      l2_(make_cache("l2", config.cache.l2, config, units_)),
      router_("bus", config.bus, config.cpu.clock, ranges(config)),
      memory_controller_("memory_controller", config.memory, config.memory_controller, config.dram,
                         units_.add("memory_controller")),
      swap_disk_("swap_disk", config.swap_disk, units_.add("swap_disk")),
      kernel_("kernel", config.kernel, kernel_context(config, inputs), units_.add("kernel")),
      verifier_(inputs.verifier) {
  set_up_time(config.simulation);
  references_.set_kernel(kernel_);
  if (inputs.firmware != nullptr) cpu_.boot_with(*inputs.firmware);
  bind_translation();
  bind_caches();
  bind_bus();
}

events::Sink* Platform::choose_sink(events::Sink* sink) {
  if (config_.kernel.policy != kernel::PolicyName::exact_lru) return sink;
  if (sink == nullptr) return &references_;
  return &both_sinks_.emplace(*sink, references_);
}

void Platform::bind_translation() {
  cpu_.fetch_translation.bind(mmu_.fetch_in());
  cpu_.load_store_translation.bind(mmu_.load_store_in());
  cpu_.trap_out.bind(kernel_.trap_in);
  cpu_.interrupt_in.bind(interrupt_);
  kernel_.interrupt_in.bind(interrupt_);
  kernel_.fence_out.bind(mmu_.fetch_in());
  kernel_.fence_out.bind(mmu_.load_store_in());
}

void Platform::bind_caches() {
  cpu_.fetch_memory.bind(l1i_ ? l1i_->bus_in : l2_in());
  cpu_.load_store_memory.bind(l1d_in());
  kernel_.memory_out.bind(l1d_in());
  mmu_.pte_out().bind(pte_in(config_.mmu.ptw.pte_entry));
  if (l1i_) l1i_->bus_out.bind(l2_in());
  if (l1d_) l1d_->bus_out.bind(l2_in());
  if (l2_) l2_->bus_out.bind(router_.bus_in);
}

void Platform::bind_bus() {
  kernel_.bus_out.bind(router_.bus_in);
  swap_disk_.dma_out.bind(router_.bus_in);
  swap_disk_.interrupt_out.bind(interrupt_);
  router_.out(kMemoryRange).bind(memory_controller_.bus_in);
  router_.out(kDiskRange).bind(swap_disk_.registers_in);
}

MemoryTargetSocket& Platform::l2_in() {
  return l2_ ? l2_->bus_in : router_.bus_in;
}
MemoryTargetSocket& Platform::l1d_in() {
  return l1d_ ? l1d_->bus_in : l2_in();
}

MemoryTargetSocket& Platform::pte_in(PteEntry entry) {
  switch (entry) {
    case PteEntry::l1d:
      return l1d_in();
    case PteEntry::l2:
      return l2_in();
    case PteEntry::memory:
      break;
  }
  return router_.bus_in;
}

void Platform::run() {
  sc_core::sc_start();
  finish();
}

void Platform::run(const Observer& observer) {
  using namespace sc_core;
  const auto ended = [] { return sc_get_status() == SC_STOPPED || !sc_pending_activity(); };
  const sc_time interval = to_sc_time(observer.interval);
  sc_start(SC_ZERO_TIME);
  for (sc_time next = interval; !ended(); next += interval) {
    const sc_time left = next - sc_time_stamp();
    // This leaves the time where the last event was, and a run ends with its last event.
    if (sc_time_to_pending_activity() <= left) sc_start(left, SC_EXIT_ON_STARVATION);
    if (ended()) break;
    if (sc_time_stamp() < next) sc_start(next - sc_time_stamp());
    observer.look(to_picoseconds(next));
  }
  observer.look(to_picoseconds(sc_core::sc_time_stamp()));
  finish();
}

void Platform::finish() {
  tell_sanitizer_of_this_stack();
  swap_disk_.rethrow_failure();
  if (cpu_.failure()) std::rethrow_exception(cpu_.failure());
  if (!cpu_.finished()) {
    SC_REPORT_ERROR("/tlmmu/platform", "the machine came to rest before its processes had ended");
  }
  memory_controller_.catch_up();
}

}  // namespace tlmmu
