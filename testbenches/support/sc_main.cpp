// SPDX-License-Identifier: Apache-2.0
// libsystemc owns main(); this hands the command line to GoogleTest and turns every SystemC warning
// or error that nobody expects into a test failure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <systemc>

namespace {

void report_handler(const sc_core::sc_report& report, const sc_core::sc_actions& actions) {
  if (report.get_severity() == sc_core::SC_WARNING) {
    ADD_FAILURE() << "SystemC warning: " << report.get_msg_type() << ": " << report.get_msg();
  }
  sc_core::sc_report_handler::default_handler(report, actions);
}

}  // namespace

int sc_main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  sc_core::sc_report_handler::set_handler(report_handler);
  // An error throws sc_report without printing, so that a test can expect it.
  sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_THROW);
  return RUN_ALL_TESTS();
}
