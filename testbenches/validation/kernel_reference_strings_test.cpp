// SPDX-License-Identifier: Apache-2.0
// Numbers 1, 2 and 3 through the whole machine: CPU, TLBs, walker, kernel and disk, with as many
// frames as the literature says.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/analysis/analyzer.h"
#include "testbenches/validation/kernel_machine.h"

namespace tlmmu {
namespace {

using kernel::FaultKind;
using kernel::PolicyName;
using testing::fetches_of;
using testing::machine_of;
using testing::run_of;

struct String {
  const char* name;
  std::vector<std::uint64_t> pages;
};

/// Belady, Nelson and Shedler 1969: the string that shows FIFO's anomaly.
const String kBelady{"belady", {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5}};
/// Silberschatz, Galvin and Gagne, Operating System Concepts, "Page Replacement".
const String kSilberschatz{"silberschatz",
                           {7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1}};

struct Published {
  const String& string;
  PolicyName policy;
  std::uint64_t frames;
  std::uint64_t faults;
};

std::string name_of(const String& string, PolicyName policy, std::uint64_t frames) {
  return fmt::format("{}_by_{}_in_{}_frames", string.name, name_in(kPolicyNames, policy), frames);
}

std::string name_of_row(const ::testing::TestParamInfo<Published>& row) {
  return name_of(row.param.string, row.param.policy, row.param.frames);
}

void PrintTo(const Published& row, std::ostream* out) {
  *out << name_of(row.string, row.policy, row.frames);
}

std::uint64_t faults_of(const String& string, PolicyName policy, std::uint64_t frames) {
  MachineConfig config = machine_of(frames);
  config.kernel.policy = policy;
  const PortableKernelStats stats = run_of(config, fetches_of(string.pages));
  EXPECT_EQ(stats.faults.of(FaultKind::major_file), stats.faults.total());
  EXPECT_LE(stats.processes.at(0).max_resident, frames);
  return stats.faults.total();
}

std::uint64_t optimal_faults(const String& string, std::uint64_t frames) {
  analysis::Analyzer analyzer({PageSize::k4KiB, {frames}});
  VectorSource source(fetches_of(string.pages));
  source.next_batch();
  analyzer.consume(source);
  return analyzer.finish().optimal.at(0).faults;
}

class KernelReferenceString : public ::testing::TestWithParam<Published> {};

TEST_P(KernelReferenceString, faults_as_often_as_published) {
  const Published& row = GetParam();
  EXPECT_EQ(faults_of(row.string, row.policy, row.frames), row.faults);
}

const Published kPublished[] = {
    {kBelady, PolicyName::fifo, 3, 9},
    {kBelady, PolicyName::fifo, 4, 10},
    {kBelady, PolicyName::clock, 3, 9},
    {kBelady, PolicyName::clock, 4, 10},
    // Mattson, Gecsei, Slutz and Traiger 1970: what the stack distances inf inf inf inf 4 4 inf 3 3
    // 5 5 5 say of every size.
    {kBelady, PolicyName::exact_lru, 1, 12},
    {kBelady, PolicyName::exact_lru, 2, 12},
    {kBelady, PolicyName::exact_lru, 3, 10},
    {kBelady, PolicyName::exact_lru, 4, 8},
    {kBelady, PolicyName::exact_lru, 5, 5},
    {kSilberschatz, PolicyName::fifo, 3, 15},
    {kSilberschatz, PolicyName::fifo, 4, 10},
    {kSilberschatz, PolicyName::exact_lru, 3, 12},
    {kSilberschatz, PolicyName::exact_lru, 4, 8},
    {kSilberschatz, PolicyName::clock, 3, 14},
    {kSilberschatz, PolicyName::clock, 4, 9},
};

INSTANTIATE_TEST_SUITE_P(All, KernelReferenceString, ::testing::ValuesIn(kPublished), name_of_row);

/// What OPT makes of each string, which no policy of a kernel can follow.
struct Bound {
  const String& string;
  std::uint64_t frames;
  std::uint64_t faults;
};

const Bound kBounds[] = {
    {kBelady, 3, 7},
    {kBelady, 4, 6},
    {kSilberschatz, 3, 9},
    {kSilberschatz, 4, 8},
};

using BoundAndPolicy = std::tuple<Bound, PolicyName>;

/// No policy beats the one that knows the future.
class KernelAndOpt : public ::testing::TestWithParam<BoundAndPolicy> {};

TEST_P(KernelAndOpt, never_faults_less_often_than_opt) {
  const auto& [bound, policy] = GetParam();
  EXPECT_EQ(optimal_faults(bound.string, bound.frames), bound.faults);
  const std::uint64_t faults = faults_of(bound.string, policy, bound.frames);
  EXPECT_GE(faults, bound.faults);
  EXPECT_LE(faults, bound.string.pages.size());
}

std::string name_of_bound(const ::testing::TestParamInfo<BoundAndPolicy>& row) {
  const auto& [bound, policy] = row.param;
  return name_of(bound.string, policy, bound.frames);
}

constexpr PolicyName kPolicyList[] = {
    PolicyName::clock,     PolicyName::ageing,    PolicyName::fifo,
    PolicyName::exact_lru, PolicyName::nru,       PolicyName::wsclock,
    PolicyName::mglru,     PolicyName::two_queue, PolicyName::random,
};
static_assert(std::size(kPolicyList) == kernel::kPolicies);

INSTANTIATE_TEST_SUITE_P(All, KernelAndOpt,
                         ::testing::Combine(::testing::ValuesIn(kBounds),
                                            ::testing::ValuesIn(kPolicyList)),
                         name_of_bound);

}  // namespace
}  // namespace tlmmu
