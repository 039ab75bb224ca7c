# SPDX-License-Identifier: Apache-2.0
# Language level, compiler cache, sanitizers, and where build products go.

set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# The laws and contracts of the model stay checked in a release build: only NDEBUG's assert goes away.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
# The sanitizers' builds: line numbers for their reports, and quick to compile.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O1 -g1")

option(TLMMU_SANITIZE_ADDRESS "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(TLMMU_SANITIZE_THREAD "Build with ThreadSanitizer" OFF)
option(TLMMU_COVERAGE "Build with coverage counters" OFF)
option(TLMMU_FUZZ "Build the libFuzzer targets (needs clang)" OFF)

if(TLMMU_SANITIZE_ADDRESS)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(TLMMU_SANITIZE_THREAD)
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
endif()
if(TLMMU_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
if(TLMMU_FUZZ)
  # Everything is instrumented; only the fuzz targets link libFuzzer's main().
  add_compile_options(-fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address)
endif()

find_program(TLMMU_CCACHE ccache)
if(TLMMU_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${TLMMU_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${TLMMU_CCACHE})
endif()
