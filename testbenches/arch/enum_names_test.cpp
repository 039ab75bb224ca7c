// SPDX-License-Identifier: Apache-2.0
// Enumerations that users see have a table of names; a value that the table lacks prints as "?".
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "models/arch/exception.h"
#include "models/arch/paging_mode.h"
#include "models/base/access_type.h"
#include "models/base/page_size.h"

namespace tlmmu {
namespace {

template <class Enum, unsigned long N>
void expect_distinct(const EnumName<Enum> (&names)[N]) {
  std::set<std::string> spelled;
  std::set<Enum> values;
  for (const auto& entry : names) {
    spelled.insert(entry.name);
    values.insert(entry.value);
    EXPECT_STREQ(name_in(names, entry.value), entry.name);
  }
  EXPECT_EQ(spelled.size(), N);
  EXPECT_EQ(values.size(), N);
}

TEST(EnumNames, are_distinct_in_every_table) {
  expect_distinct(kAccessTypeNames);
  expect_distinct(kExceptionCauseNames);
  expect_distinct(kEveryPagingModeName);
  expect_distinct(kPageSizeNames);
}

TEST(EnumNames, a_value_outside_the_table_is_a_question_mark) {
  EXPECT_STREQ(name_in(kAccessTypeNames, static_cast<AccessType>(77)), "?");
}

TEST(Exception, codes_are_those_of_the_cause_register) {
  EXPECT_EQ(static_cast<int>(page_fault(AccessType::fetch)), 12);
  EXPECT_EQ(static_cast<int>(page_fault(AccessType::load)), 13);
  EXPECT_EQ(static_cast<int>(page_fault(AccessType::store)), 15);
  EXPECT_EQ(static_cast<int>(access_fault(AccessType::fetch)), 1);
  EXPECT_EQ(static_cast<int>(access_fault(AccessType::load)), 5);
  EXPECT_EQ(static_cast<int>(access_fault(AccessType::store)), 7);
}

}  // namespace
}  // namespace tlmmu
