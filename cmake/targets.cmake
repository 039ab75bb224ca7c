# SPDX-License-Identifier: Apache-2.0
# The kinds of target in this project:
#   tlmmu_core(NAME ...)   a pure C++ core: no SystemC               -> library NAME
#   tlmmu_shell(NAME ...)  SystemC modules around a core             -> library NAME
#   tlmmu_test(NAME ...)   a GoogleTest program                      -> ctest entries, one per test
# Arguments: SOURCES files, DEPS libraries, and for tests LABELS labels and SYSTEMC where sc_main runs.
# The label `threads` marks tests of code with threads: ThreadSanitizer's preset builds and runs them.

set(TLMMU_WARNINGS -Wall -Wextra -Wconversion -Wshadow -Werror)

add_library(tlmmu_includes INTERFACE)
target_include_directories(tlmmu_includes INTERFACE "${PROJECT_SOURCE_DIR}")

# Precompiled headers of what is slow to parse, each shared by many targets:
#   systemc_pch          SystemC, for shells
#   gtest_pch            GoogleTest, for tests
#   systemc_gtest_pch    both, for tests with SystemC
file(WRITE "${PROJECT_BINARY_DIR}/empty.cpp" "")
function(tlmmu_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  add_library(tlmmu_${name} STATIC "${PROJECT_BINARY_DIR}/empty.cpp")
  target_link_libraries(tlmmu_${name} PUBLIC ${ARG_DEPS})
  target_compile_options(tlmmu_${name} PRIVATE ${TLMMU_WARNINGS})
  target_precompile_headers(tlmmu_${name} PRIVATE ${ARG_HEADERS})
endfunction()
tlmmu_precompiled(systemc_pch HEADERS <systemc> <tlm> DEPS PkgConfig::SYSTEMC)
tlmmu_precompiled(gtest_pch HEADERS <gmock/gmock.h> <gtest/gtest.h> DEPS GTest::gmock GTest::gtest)
tlmmu_precompiled(systemc_gtest_pch HEADERS <gmock/gmock.h> <gtest/gtest.h> <systemc> <tlm>
                  DEPS PkgConfig::SYSTEMC GTest::gmock GTest::gtest)

function(tlmmu_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_compile_options(${name} PRIVATE ${TLMMU_WARNINGS})
    target_link_libraries(${name} PUBLIC tlmmu_includes ${ARG_DEPS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE tlmmu_includes ${ARG_DEPS})
  endif()
endfunction()

function(tlmmu_core name)
  tlmmu_library(${name} ${ARGN})
endfunction()

function(tlmmu_shell name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  tlmmu_library(${name} SOURCES ${ARG_SOURCES} DEPS ${ARG_DEPS} PkgConfig::SYSTEMC)
  if(ARG_SOURCES)
    target_precompile_headers(${name} REUSE_FROM tlmmu_systemc_pch)
  endif()
endfunction()

include(GoogleTest)
add_custom_target(threaded_tests)
function(tlmmu_test name)
  cmake_parse_arguments(ARG "SYSTEMC" "" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE ${TLMMU_WARNINGS})
  target_link_libraries(${name} PRIVATE tlmmu_includes ${ARG_DEPS} GTest::gmock GTest::gtest)
  if(ARG_SYSTEMC)
    # libsystemc has the main(); the bench's sc_main hands over to GoogleTest.
    target_link_libraries(${name} PRIVATE test_sc_main PkgConfig::SYSTEMC)
    target_link_options(${name} PRIVATE -Wl,--undefined=sc_main)
    target_precompile_headers(${name} REUSE_FROM tlmmu_systemc_gtest_pch)
  else()
    target_link_libraries(${name} PRIVATE GTest::gtest_main)
    target_precompile_headers(${name} REUSE_FROM tlmmu_gtest_pch)
  endif()
  if("threads" IN_LIST ARG_LABELS)
    add_dependencies(threaded_tests ${name})
  endif()
  list(GET ARG_LABELS 0 label)
  gtest_discover_tests(${name} PROPERTIES LABELS "${label}" TIMEOUT 120 DISCOVERY_TIMEOUT 60)
  list(LENGTH ARG_LABELS count)
  if(count GREATER 1)
    # gtest_discover_tests cannot pass a list on; ctest reads this file after its own.
    set(labels_file "${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake")
    file(WRITE "${labels_file}"
         "if(${name}_TESTS)
  set_tests_properties(\${${name}_TESTS} PROPERTIES LABELS \"${ARG_LABELS}\")
endif()
")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${labels_file}")
  endif()
endfunction()
