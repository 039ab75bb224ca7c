// SPDX-License-Identifier: Apache-2.0
#include "models/stats/snapshot.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "models/stats/json.h"

namespace tlmmu::stats {
namespace {

struct SampleUnit {
  std::uint64_t hits = 3;
  std::uint64_t misses = 1;
  Distribution latency;
  void describe(Visitor& v) const {
    v.counter({"hits", "lookups", "found"}, hits);
    v.counter({"misses", "lookups", "not found"}, misses);
    v.ratio({"hit_ratio", "", "found per lookup"}, hits, hits + misses);
    v.ratio({"none", "", "of nothing"}, 0, 0);
    v.time({"busy", "", "time in use"}, nanoseconds(2));
    v.distribution({"latency", "cycles", "per lookup"}, latency);
    v.law("hits + misses = 4", hits + misses, 4);
  }
};

struct SampleTree {
  SampleUnit unit;
  void describe(Visitor& v) const { v.group("unit", "a unit", unit); }
};

TEST(Snapshot, keeps_values_by_path) {
  const Snapshot snapshot{SampleTree()};
  EXPECT_EQ(snapshot.value("unit.hits"), 3U);
  EXPECT_EQ(snapshot.value("unit.busy"), 2000U);
  EXPECT_TRUE(snapshot.has("unit.latency"));
  EXPECT_THROW(snapshot.value("unit.none_such"), std::out_of_range);
}

TEST(Snapshot, a_law_tells_whether_it_holds) {
  SampleTree tree;
  EXPECT_TRUE(Snapshot{tree}.laws()[0].holds());
  tree.unit.hits = 4;
  EXPECT_FALSE(Snapshot{tree}.laws()[0].holds());
}

TEST(Snapshot, json_nests_by_group_and_has_null_for_a_ratio_of_nothing) {
  SampleTree tree;
  tree.unit.latency.record(7);
  const auto json = to_json(Snapshot{tree});
  EXPECT_EQ(json["unit"]["hits"], 3);
  EXPECT_EQ(json["unit"]["hit_ratio"], 0.75);
  EXPECT_TRUE(json["unit"]["none"].is_null());
  EXPECT_EQ(json["unit"]["latency"]["bins"], nlohmann::ordered_json::parse("[[7,7,1]]"));
}

TEST(Snapshot, the_schema_names_every_statistic_with_its_meaning) {
  const auto schema = to_json_schema(Snapshot{SampleTree()});
  const auto& unit = schema["properties"]["unit"];
  EXPECT_EQ(unit["description"], "a unit");
  EXPECT_EQ(unit["properties"]["hits"]["description"], "found (lookups)");
  EXPECT_EQ(unit["properties"]["latency"]["properties"]["p99"]["type"], "integer");
}

TEST(Snapshot, the_docs_table_has_each_statistic_and_law) {
  const std::string table = to_markdown(Snapshot{SampleTree()}, "unit");
  EXPECT_THAT(table, testing::HasSubstr("| `hits` | lookups | found |"));
  EXPECT_THAT(table, testing::HasSubstr("Law: hits + misses = 4."));
}

}  // namespace
}  // namespace tlmmu::stats
