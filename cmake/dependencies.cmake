# SPDX-License-Identifier: Apache-2.0
# Every library the project uses, from the distribution's packages. Optional ones set a variable.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS iostreams)
find_package(fmt REQUIRED)
find_package(GTest REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(SYSTEMC REQUIRED IMPORTED_TARGET systemc)
pkg_check_modules(TOMLPLUSPLUS REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(LZMA REQUIRED IMPORTED_TARGET liblzma)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(BENCHMARK IMPORTED_TARGET benchmark)

# GTKWave's FST writer comes with Verilator's sources; without it waves are written as VCD only.
find_path(TLMMU_FSTAPI_DIR fstapi.c PATHS /usr/share/verilator/include/gtkwave
          /usr/local/share/verilator/include/gtkwave)
# The portable kernel is compiled for its other home too, where a cross compiler is installed.
find_program(TLMMU_RV64_CXX NAMES riscv64-linux-gnu-g++ riscv64-unknown-elf-g++)
# The walk is compared with QEMU's MMU where that is installed.
find_program(TLMMU_QEMU_RISCV64 qemu-system-riscv64)
# Walkers in hardware are built where Verilator is installed.
find_package(verilator QUIET HINTS /usr/share/verilator)
