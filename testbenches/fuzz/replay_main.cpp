// SPDX-License-Identifier: Apache-2.0
// Drives a fuzz target where there is no libFuzzer: every seed of a folder as it is, then mutations
// of it, the same ones on each run.
//     fuzz_NAME CORPUS [--mutations N] [--seed S]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "models/base/random.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using tlmmu::Random;

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::vector<std::string> read_corpus(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

std::size_t position(Random& random, std::size_t length) {
  return static_cast<std::size_t>(random.below(length + 1));
}

/// Does one thing to `input` that goes wrong with files: a wrong byte, a piece too much, a piece
/// missing.
void mutate(std::string& input, const std::string& other, Random& random) {
  const std::size_t at = position(random, input.size());
  const std::size_t length = position(random, std::min<std::size_t>(input.size() - at, 64));
  const std::size_t from = position(random, other.size());
  switch (random.below(7)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random.below(8)));
      break;
    case 1:
      if (at < input.size()) input[at] = static_cast<char>(random.below(256));
      break;
    case 2:  // a byte that occurs in such files
      if (at < input.size() && from < other.size()) input[at] = other[from];
      break;
    case 3:
      input.resize(at);
      break;
    case 4:
      input.erase(at, length);
      break;
    case 5:
      input.insert(at, input.substr(at, length));
      break;
    default:
      input.insert(at, other.substr(from, 64));
      break;
  }
}

std::uint64_t option(int argc, char** argv, const std::string& name, std::uint64_t value) {
  for (int i = 2; i + 1 < argc; ++i) {
    if (argv[i] == name) value = std::strtoull(argv[i + 1], nullptr, 0);
  }
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s CORPUS [--mutations N] [--seed S]\n", argv[0]);
    return 2;
  }
  const std::vector<std::string> seeds = read_corpus(argv[1]);
  const std::uint64_t mutations = option(argc, argv, "--mutations", 1000);
  const std::uint64_t seed = option(argc, argv, "--seed", 1);
  std::printf("%zu seeds, %llu mutations of each, --seed %llu\n", seeds.size(),
              static_cast<unsigned long long>(mutations), static_cast<unsigned long long>(seed));
  Random random(seed);
  for (const std::string& original : seeds) {
    run(original);
    for (std::uint64_t i = 0; i < mutations; ++i) {
      std::string input = original;
      const std::uint64_t steps = 1 + random.below(4);
      for (std::uint64_t step = 0; step < steps; ++step) {
        mutate(input, seeds[static_cast<std::size_t>(random.below(seeds.size()))], random);
      }
      run(input);
    }
  }
  return seeds.empty() ? 2 : 0;
}
