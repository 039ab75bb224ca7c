// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "models/base/access_type.h"
#include "models/base/enum_names.h"

namespace tlmmu {

/// Exception codes of mcause/scause that address translation can raise.
enum class ExceptionCause : std::uint8_t {
  instruction_access_fault = 1,
  load_access_fault = 5,
  store_access_fault = 7,
  instruction_page_fault = 12,
  load_page_fault = 13,
  store_page_fault = 15,
  instruction_guest_page_fault = 20,
  load_guest_page_fault = 21,
  store_guest_page_fault = 23,
};

constexpr EnumName<ExceptionCause> kExceptionCauseNames[] = {
    {ExceptionCause::instruction_access_fault, "instruction_access_fault"},
    {ExceptionCause::load_access_fault, "load_access_fault"},
    {ExceptionCause::store_access_fault, "store_access_fault"},
    {ExceptionCause::instruction_page_fault, "instruction_page_fault"},
    {ExceptionCause::load_page_fault, "load_page_fault"},
    {ExceptionCause::store_page_fault, "store_page_fault"},
    {ExceptionCause::instruction_guest_page_fault, "instruction_guest_page_fault"},
    {ExceptionCause::load_guest_page_fault, "load_guest_page_fault"},
    {ExceptionCause::store_guest_page_fault, "store_guest_page_fault"},
};

/// The page-fault code that belongs to the original access.
constexpr ExceptionCause page_fault(AccessType type) {
  switch (type) {
    case AccessType::fetch:
      return ExceptionCause::instruction_page_fault;
    case AccessType::load:
      return ExceptionCause::load_page_fault;
    case AccessType::store:
      break;
  }
  return ExceptionCause::store_page_fault;
}

/// The guest-page-fault code that belongs to the original access: the G stage refused it, or
/// refused an access to a VS-stage page table on its behalf.
constexpr ExceptionCause guest_page_fault(AccessType type) {
  switch (type) {
    case AccessType::fetch:
      return ExceptionCause::instruction_guest_page_fault;
    case AccessType::load:
      return ExceptionCause::load_guest_page_fault;
    case AccessType::store:
      break;
  }
  return ExceptionCause::store_guest_page_fault;
}

/// The access-fault code that belongs to the original access.
constexpr ExceptionCause access_fault(AccessType type) {
  switch (type) {
    case AccessType::fetch:
      return ExceptionCause::instruction_access_fault;
    case AccessType::load:
      return ExceptionCause::load_access_fault;
    case AccessType::store:
      break;
  }
  return ExceptionCause::store_access_fault;
}

}  // namespace tlmmu
