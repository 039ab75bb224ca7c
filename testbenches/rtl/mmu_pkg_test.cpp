// SPDX-License-Identifier: Apache-2.0
// The hardware's constants are the model's.
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "models/arch/exception.h"
#include "models/arch/paging_mode.h"
#include "models/arch/pte.h"
#include "models/arch/satp.h"
#include "models/cosim/walker_ports.h"
#include "models/ptw/walk_rules.h"

namespace tlmmu {
namespace {

using Constants = std::map<std::string, unsigned>;

/// Numbers of mmu_pkg.sv by name: enumeration values and parameters.
Constants read_constants() {
  std::ifstream file(TLMMU_MMU_PKG);
  std::stringstream text;
  text << file.rdbuf();
  const std::string package = text.str();
  const std::regex pattern(R"((\w+)\s*=\s*(?:\d+'d)?(\d+)\s*[,;\n])");
  Constants constants;
  for (std::sregex_iterator found(package.begin(), package.end(), pattern), end; found != end;
       ++found) {
    constants[(*found)[1]] = static_cast<unsigned>(std::stoul((*found)[2]));
  }
  return constants;
}

/// Fields of `name`, from the highest bit down, as they stand in the package.
std::vector<std::string> read_fields(const std::string& name) {
  std::ifstream file(TLMMU_MMU_PKG);
  std::vector<std::string> fields;
  const std::regex pattern(R"(^\s*\S.*\s(\w+);.*)");
  for (std::string line; std::getline(file, line);) {
    if (line.find("} " + name + ";") != std::string::npos) return fields;
    if (line.find("typedef struct packed") != std::string::npos) fields.clear();
    std::smatch match;
    if (std::regex_match(line, match, pattern)) fields.push_back(match[1]);
  }
  return {};
}

template <class Enum>
unsigned number(Enum value) {
  return static_cast<unsigned>(value);
}

TEST(MmuPkg, paging_modes_are_those_of_satp) {
  const Constants constants = read_constants();
  EXPECT_EQ(constants.at("Bare"), number(PagingModeName::bare));
  EXPECT_EQ(constants.at("Sv32"), number(PagingModeName::sv32));
  EXPECT_EQ(constants.at("Sv39"), number(PagingModeName::sv39));
  EXPECT_EQ(constants.at("Sv48"), number(PagingModeName::sv48));
  EXPECT_EQ(constants.at("Sv57"), number(PagingModeName::sv57));
}

TEST(MmuPkg, causes_are_those_of_scause) {
  const Constants constants = read_constants();
  EXPECT_EQ(constants.at("InstructionAccessFault"), number(access_fault(AccessType::fetch)));
  EXPECT_EQ(constants.at("LoadAccessFault"), number(access_fault(AccessType::load)));
  EXPECT_EQ(constants.at("StoreAccessFault"), number(access_fault(AccessType::store)));
  EXPECT_EQ(constants.at("InstructionPageFault"), number(page_fault(AccessType::fetch)));
  EXPECT_EQ(constants.at("LoadPageFault"), number(page_fault(AccessType::load)));
  EXPECT_EQ(constants.at("StorePageFault"), number(page_fault(AccessType::store)));
}

TEST(MmuPkg, steps_are_those_of_the_walk) {
  const Constants constants = read_constants();
  EXPECT_EQ(constants.at("VatpCanonical"), number(VatpStep::canonical_address));
  EXPECT_EQ(constants.at("VatpRoot"), number(VatpStep::root));
  EXPECT_EQ(constants.at("VatpPteAccess"), number(VatpStep::pte_access));
  EXPECT_EQ(constants.at("VatpPteFormat"), number(VatpStep::pte_format));
  EXPECT_EQ(constants.at("VatpPointer"), number(VatpStep::pointer));
  EXPECT_EQ(constants.at("VatpAlignment"), number(VatpStep::alignment));
  EXPECT_EQ(constants.at("VatpUserBit"), number(VatpStep::user_bit));
  EXPECT_EQ(constants.at("VatpPermission"), number(VatpStep::permission));
  EXPECT_EQ(constants.at("VatpAccessedDirty"), number(VatpStep::accessed_dirty));
  EXPECT_EQ(constants.at("VatpSuccess"), number(VatpStep::success));
}

TEST(MmuPkg, accesses_and_privileges_have_the_models_numbers) {
  const Constants constants = read_constants();
  EXPECT_EQ(constants.at("Fetch"), number(AccessType::fetch));
  EXPECT_EQ(constants.at("Load"), number(AccessType::load));
  EXPECT_EQ(constants.at("Store"), number(AccessType::store));
  EXPECT_EQ(constants.at("User"), number(Privilege::user));
  EXPECT_EQ(constants.at("Supervisor"), number(Privilege::supervisor));
}

TEST(MmuPkg, widths_are_those_of_the_architecture) {
  const Constants constants = read_constants();
  EXPECT_EQ(constants.at("PageShift"), kPageShift);
  EXPECT_EQ(constants.at("PpnBits"), Pte::kPpnWidth);
  EXPECT_EQ(constants.at("PhysicalBits"), kSv39.physical_bits());
  EXPECT_EQ(constants.at("AsidBits"), kSatpRv64.asid_width);
}

TEST(MmuPkg, outcomes_are_those_of_the_walker_contract) {
  const Constants constants = read_constants();
  EXPECT_EQ(constants.at("Translated"), number(cosim::RtlOutcome::translated));
  EXPECT_EQ(constants.at("Faulted"), number(cosim::RtlOutcome::faulted));
  EXPECT_EQ(constants.at("Aborted"), number(cosim::RtlOutcome::aborted));
  EXPECT_EQ(constants.at("NoException"), 0U);
}

TEST(MmuPkg, structures_are_as_wide_as_their_fields) {
  const Constants constants = read_constants();
  // Address, access, privilege, SUM, MXR; outcome, cause, step, level, flags.
  EXPECT_EQ(constants.at("WalkRequestBits"),
            64 + 2 + 2 + 1 + 1 + constants.at("AsidBits") + constants.at("PpnBits"));
  EXPECT_EQ(constants.at("WalkResponseBits"), 2 + 4 + 4 + 3 + constants.at("PpnBits") + 8);
}

TEST(MmuPkg, no_constant_is_left_out_of_these_tests) {
  std::vector<std::string> names;
  for (const auto& [name, value] : read_constants()) names.push_back(name);
  EXPECT_THAT(names, ::testing::UnorderedElementsAre(
                         "PageShift", "PpnBits", "PhysicalBits", "AsidBits",                  //
                         "Bare", "Sv32", "Sv39", "Sv48", "Sv57",                              //
                         "Fetch", "Load", "Store", "User", "Supervisor",                      //
                         "NoException", "InstructionAccessFault", "LoadAccessFault",          //
                         "StoreAccessFault", "InstructionPageFault", "LoadPageFault",         //
                         "StorePageFault", "VatpCanonical", "VatpRoot", "VatpPteAccess",      //
                         "VatpPteFormat", "VatpPointer", "VatpAlignment", "VatpUserBit",      //
                         "VatpPermission", "VatpAccessedDirty", "VatpSuccess", "Translated",  //
                         "Faulted", "Aborted", "WalkRequestBits", "WalkResponseBits"));
}

TEST(MmuPkg, a_pte_has_its_fields_in_their_order) {
  EXPECT_THAT(read_fields("flags_t"),
              ::testing::ElementsAre("d", "a", "g", "u", "x", "w", "r", "v"));
  EXPECT_THAT(read_fields("pte_t"),
              ::testing::ElementsAre("n", "pbmt", "reserved", "ppn", "rsw", "flags"));
}

}  // namespace
}  // namespace tlmmu
