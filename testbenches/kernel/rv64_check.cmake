# SPDX-License-Identifier: Apache-2.0
# Compiles the portable kernel for RV64 as firmware will be, and looks at what it needs from outside.
#   cmake -DCXX=... -DSOURCES=a.cpp;b.cpp -DROOT=... -DBOOST=/usr/include -DWORK=... -P rv64_check.cmake
if(NOT CXX)
  message("SKIPPED: no RV64 cross compiler (package g++-riscv64-linux-gnu)")
  return()
endif()

# Boost's headers only: the rest of the host's include folder is not for this machine.
file(MAKE_DIRECTORY "${WORK}/include")
file(CREATE_LINK "${BOOST}/boost" "${WORK}/include/boost" SYMBOLIC)

set(objects)
foreach(source ${SOURCES})
  get_filename_component(name "${source}" NAME_WE)
  set(object "${WORK}/${name}.o")
  execute_process(
    COMMAND "${CXX}" -std=c++17 -O2 -DNDEBUG -ffreestanding -fno-exceptions -fno-rtti
            -fno-threadsafe-statics -Wall -Wextra -Wconversion -Wshadow -Werror "-I${ROOT}" -isystem
            "${WORK}/include" -c "${source}" -o "${object}"
    RESULT_VARIABLE failed ERROR_VARIABLE messages)
  if(failed)
    message(FATAL_ERROR "${name}.cpp does not compile for RV64:\n${messages}")
  endif()
  list(APPEND objects "${object}")
endforeach()

# What the sources have of each other is resolved; what remains is what they need from outside.
string(REGEX REPLACE "g\\+\\+$" "ld" ld "${CXX}")
string(REGEX REPLACE "g\\+\\+$" "nm" nm "${CXX}")
execute_process(COMMAND "${ld}" -r ${objects} -o "${WORK}/whole_kernel.elf" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${nm}" -u "${WORK}/whole_kernel.elf" OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
# A freestanding compiler may always ask for these four functions (GCC manual, "Standards").
string(REGEX MATCHALL " U [^\n]+" undefined "${symbols}")
foreach(line ${undefined})
  string(REPLACE " U " "" symbol "${line}")
  if(NOT symbol MATCHES "^(memcpy|memmove|memset|memcmp)$")
    message(FATAL_ERROR "the kernel needs '${symbol}', which no bare machine has")
  endif()
endforeach()
list(LENGTH objects count)
message("${count} sources compile for RV64 and need nothing from outside")
