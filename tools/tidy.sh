#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over the given sources, or over all that the build knows, two at a time:
#   tools/tidy.sh [FILE.cpp...]
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in clang-tidy clang++; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed (Debian packages clang, clang-tidy)"; exit 77; }
done

# The tidy preset compiles with clang and without precompiled headers, so that its compile commands
# fit clang-tidy; nothing needs to be built. Only clang-tidy itself is left out of the commands.
cmake --preset tidy -D CMAKE_CXX_CLANG_TIDY= >/dev/null
database=build/tidy/compile_commands.json

if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(git ls-files 'models/*.cpp' 'firmware/*.cpp' 'testbenches/*.cpp' |
                       while read -r file; do grep -q "/$file\"" "$database" && echo "$file"; done)
fi
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P 2 clang-tidy --quiet -p build/tidy 2>/dev/null &&
  echo "clang-tidy: ${#files[@]} files clean"
