// SPDX-License-Identifier: Apache-2.0
// GTKWave's writer packs its time table at zlib's highest level, which takes most of the time of a
// dense wave file and saves little. Its compress2 is renamed to this one when it is compiled.
#include <zlib.h>

enum { kHighestLevel = 4 };

int tlmmu_compress2(Bytef* packed, uLongf* packed_length, const Bytef* data, uLong length,
                    int level);

int tlmmu_compress2(Bytef* packed, uLongf* packed_length, const Bytef* data, uLong length,
                    int level) {
  return compress2(packed, packed_length, data, length,
                   level < kHighestLevel ? level : kHighestLevel);
}
