// SPDX-License-Identifier: Apache-2.0
#include "models/config/listing.h"

#include <gmock/gmock.h>

#include "models/config/document.h"
#include "testbenches/config/sample_machine.h"

namespace tlmmu::config {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Listing, printed_toml_loads_back_to_the_same_values) {
  SampleMachine machine;
  machine.part.entries = 12;
  machine.part.file = "say \"hi\" \\ there";
  machine.part.colour = Colour::green;
  machine.part.pages = PageSizeSet().with(PageSize::k2MiB);
  const std::string text = to_toml(Listing(machine));
  Document document;
  document.read_text(text, "printed");
  SampleMachine again;
  document.load(again);
  EXPECT_EQ(to_toml(Listing(again)), text);
  EXPECT_EQ(again.part.entries, 12U);
  EXPECT_EQ(again.part.file, machine.part.file);
}

TEST(Listing, a_key_without_effect_is_not_printed_but_is_in_schema_and_docs) {
  const Listing listing{SampleMachine()};
  EXPECT_THAT(to_toml(listing), Not(HasSubstr("green_delay")));
  EXPECT_THAT(to_json_schema(listing), HasSubstr("\"green_delay\""));
  EXPECT_THAT(to_markdown(listing, "part"), HasSubstr("`green_delay`"));
}

TEST(Listing, the_schema_has_type_range_default_and_meaning) {
  const std::string schema = to_json_schema(Listing(SampleMachine()));
  EXPECT_THAT(schema, HasSubstr("\"maximum\": 1024"));
  EXPECT_THAT(schema, HasSubstr("\"default\": 64"));
  EXPECT_THAT(schema, HasSubstr("translations held"));
  EXPECT_THAT(schema, HasSubstr("\"additionalProperties\": false"));
}

}  // namespace
}  // namespace tlmmu::config
