# SPDX-License-Identifier: Apache-2.0
# small_ptw, once behind a wrapper in SystemVerilog, once driven by a C++ class
# (docs/bring_your_own_walker.md).
set(here "${CMAKE_CURRENT_LIST_DIR}")

tlmmu_add_walker(NAME small_sv39 TOP small_walker SOURCES "${here}/small_ptw.sv" "${here}/small_walker.sv"
                 MODE sv39 AD_UPDATE fault COVERAGE)
tlmmu_add_walker(NAME small_sv39_pins TOP small_ptw SOURCES "${here}/small_ptw.sv"
                 PINS "${here}/small_pins.h" examples::SmallPins
                 MODE sv39 AD_UPDATE fault)
