# SPDX-License-Identifier: Apache-2.0
# Walkers in hardware, which tlmmu can run beside its model (docs/bring_your_own_walker.md):
#   tlmmu_add_walker(NAME my_ptw            its name in the program
#                    TOP my_ptw_walker      a module with the ports of the walker contract
#                    [PINS my_pins.h Class] or with ports that this C++ class template knows
#                    SOURCES my_ptw.sv ...  packages first
#                    MODE sv39              sv32, sv39, sv48 or sv57
#                    AD_UPDATE hardware     or fault
#                    [WALK_CACHE n]         entries of each upper level, fully associative, tree-PLRU; default 0
#                    [LATENCY standard]     or none: its cycles are not compared; default none
#                    [COVERAGE]             counts what of it runs, for tlmmu cosim --coverage; slower
#                    [PARAMETERS -GName=value ...]
#                    [LIBRARY other])       a list of its own; default walker_models, which tlmmu has
# tlmmu_finish_walkers(FILE [LIBRARY other]) ends the list. Without Verilator both leave it empty.

function(tlmmu_add_walker)
  cmake_parse_arguments(ARG "COVERAGE" "NAME;TOP;MODE;AD_UPDATE;WALK_CACHE;LATENCY;LIBRARY" "SOURCES;PARAMETERS;PINS"
                        ${ARGN})
  if(NOT verilator_FOUND)
    return()
  endif()
  if(NOT ARG_WALK_CACHE)
    set(ARG_WALK_CACHE 0)
  endif()
  if(NOT ARG_LATENCY)
    set(ARG_LATENCY none)
  endif()
  if(NOT ARG_LIBRARY)
    set(ARG_LIBRARY walker_models)
  endif()
  set(pins_include "")
  set(model "V${ARG_NAME}")
  if(ARG_PINS)
    list(POP_FRONT ARG_PINS pins_header pins_class)
    set(pins_include "#include \"${pins_header}\"\n")
    string(APPEND model ", ${pins_class}")
  endif()
  if(NOT TARGET ${ARG_LIBRARY})
    add_library(${ARG_LIBRARY} STATIC)
    target_link_libraries(${ARG_LIBRARY} PRIVATE tlmmu_includes)
    target_compile_features(${ARG_LIBRARY} PRIVATE cxx_std_17)
    # The generated code is not ours: no warnings, and the same speed in every build type.
    target_compile_options(${ARG_LIBRARY} PRIVATE -w -fno-sanitize=all)
  endif()
  set(coverage none)
  set(verilate_coverage "")
  if(ARG_COVERAGE)
    set(coverage counted)
    set(verilate_coverage COVERAGE)
  endif()
  verilate(${ARG_LIBRARY} ${verilate_coverage} PREFIX V${ARG_NAME} TOP_MODULE ${ARG_TOP} TRACE_FST SOURCES ${ARG_SOURCES}
           OPT_FAST -O1 OPT_SLOW -O0 OPT_GLOBAL -O1
           VERILATOR_ARGS -Wall -Wno-fatal --assert --x-assign unique --x-initial unique ${ARG_PARAMETERS})
  set(walker "${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}.cpp")
  file(CONFIGURE OUTPUT "${walker}" CONTENT
"// SPDX-License-Identifier: Apache-2.0
#include \"V@ARG_NAME@.h\"
@pins_include@#include \"models/cosim/verilated_walker.h\"
namespace tlmmu::cosim {
std::unique_ptr<RtlWalker> make_@ARG_NAME@() { return std::make_unique<VerilatedWalker<@model@>>(); }
}  // namespace tlmmu::cosim
" @ONLY)
  target_sources(${ARG_LIBRARY} PRIVATE "${walker}")
  set_property(GLOBAL APPEND PROPERTY TLMMU_WALKER_NAMES_${ARG_LIBRARY} ${ARG_NAME})
  set_property(GLOBAL APPEND PROPERTY TLMMU_WALKER_ROWS_${ARG_LIBRARY}
    "{\"${ARG_NAME}\", PagingModeName::${ARG_MODE}, AdUpdate::${ARG_AD_UPDATE}, ${ARG_WALK_CACHE}, LatencyContract::${ARG_LATENCY}, make_${ARG_NAME}, Coverage::${coverage}}")
endfunction()

# Writes the table of the walkers that were added, as walker_kinds().
function(tlmmu_finish_walkers file)
  cmake_parse_arguments(ARG "" "LIBRARY" "" ${ARGN})
  if(NOT ARG_LIBRARY)
    set(ARG_LIBRARY walker_models)
  endif()
  get_property(names GLOBAL PROPERTY TLMMU_WALKER_NAMES_${ARG_LIBRARY})
  get_property(rows GLOBAL PROPERTY TLMMU_WALKER_ROWS_${ARG_LIBRARY})
  set(makers "")
  foreach(name ${names})
    string(APPEND makers "std::unique_ptr<RtlWalker> make_${name}();\n")
  endforeach()
  list(JOIN rows ",\n      " rows)
  file(CONFIGURE OUTPUT "${file}" CONTENT
"// SPDX-License-Identifier: Apache-2.0
#include \"models/cosim/rtl_walker.h\"
namespace tlmmu::cosim {
@makers@
const std::vector<WalkerKind>& walker_kinds() {
  static const std::vector<WalkerKind> kinds{
      @rows@};
  return kinds;
}
}  // namespace tlmmu::cosim
" @ONLY)
endfunction()
