# SPDX-License-Identifier: Apache-2.0
"""The lints find deliberate violations, and nothing where there is nothing."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class LintTest(unittest.TestCase):
    """Runs a lint over a small tree made of {path: text}."""

    def lint(self, name, tree):
        with tempfile.TemporaryDirectory() as root:
            for path, text in tree.items():
                file = pathlib.Path(root) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            run = subprocess.run([sys.executable, "-B", TOOLS / f"check_{name}.py", "--root", root],
                                 capture_output=True, text=True, check=False)
        return run.returncode, run.stdout + run.stderr

    def assert_clean(self, name, tree):
        code, output = self.lint(name, tree)
        self.assertEqual(code, 0, output)

    def assert_found(self, name, tree, *expected):
        code, output = self.lint(name, tree)
        self.assertEqual(code, 1, output)
        for text in expected:
            self.assertIn(text, output)
        self.assertIn(f"{len(expected)} problem(s)", output)


class RtlCoverage(unittest.TestCase):
    """tools/rtl_coverage.py, over a module of three lines."""

    def report(self, *texts, options=()):
        with tempfile.TemporaryDirectory() as folder:
            module = pathlib.Path(folder) / "m.sv"
            module.write_text("module m;\n  if (a) b = c;\nendmodule\n", encoding="utf-8")
            names = []
            for number, text in enumerate(texts):
                names.append(pathlib.Path(folder) / f"{number}.dat")
                names[-1].write_text(text.replace("MODULE", str(module)), encoding="latin-1")
            run = subprocess.run([sys.executable, "-B", TOOLS / "rtl_coverage.py", *names, *options],
                                 capture_output=True, text=True, check=False)
        return run

    @staticmethod
    def counts(line, toggle):
        return ("# SystemC::Coverage-3\n"
                f"C '\1f\2MODULE\1l\0022\1n\0023\1page\2v_line/m\1o\2if' {line}\n"
                f"C '\1f\2MODULE\1l\0022\1n\0029\1page\2v_toggle/m\1o\2c[3]' {toggle}\n")

    def test_names_what_was_not_reached(self):
        run = self.report(self.counts(0, 0), options=["--toggles"])
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("0/1", run.stdout)
        self.assertIn("m.sv:2: not reached: if (a) b = c;", run.stdout)
        self.assertIn("m.sv:2: never toggled: c[3]", run.stdout)

    def test_counts_of_several_files_add_up(self):
        run = self.report(self.counts(0, 7), self.counts(2, 0), options=["--toggles"])
        self.assertEqual(run.stdout.count("1/1"), 2, run.stdout)
        self.assertNotIn("never", run.stdout)

    def test_refuses_what_is_no_coverage(self):
        for text, expected in (("", "0.dat:1"), ("# SystemC::Coverage-3\nC 'x\n", "0.dat:2")):
            run = self.report(text)
            self.assertEqual(run.returncode, 2)
            self.assertIn(expected, run.stderr)


class Ports(LintTest):
    def test_a_documented_module_is_clean(self):
        self.assert_clean("ports", {"rtl/a.sv": "module a #(\n  /// Some.\n  parameter bit P = 0\n) (\n"
                                                "  input logic b_i  ///< it\n);\nendmodule\n",
                                    "rtl/formal/proof.sv": "module p (input logic free);\nendmodule\n"})

    def test_each_port_and_parameter_is_documented(self):
        self.assert_found("ports", {"rtl/a.sv": "/// A module.\nmodule a #(\n  parameter bit P = 0\n) (\n"
                                                "  input logic b_i,  ///< it\n  output logic c_o\n);\n"},
                          "rtl/a.sv:3: not documented: parameter bit P = 0",
                          "rtl/a.sv:6: not documented: output logic c_o")


class Floors(LintTest):
    def test_a_well_built_unit_is_clean(self):
        self.assert_clean("floors", {
            "models/tlb/tlb_array.h": '#include "models/base/address.h"\n#include <vector>\n',
            "models/tlb/tlb.h": '#include <systemc>\n#include "models/tlb/tlb_array.h"\n'
                                '#include "models/tlm/sockets.h"\n',
            "models/tlm/sockets.h": "#include <tlm>\n",
            "models/platform/platform.cpp": '#include "models/tlb/tlb.h"\n',
            "models/tlb/CMakeLists.txt": "tlmmu_core(tlb_core SOURCES tlb_array.cpp)\n",
        })

    def test_base_includes_nothing_of_the_house(self):
        self.assert_found("floors", {"models/base/a.h": '\n#include "models/arch/pte.h"\n'},
                          "models/base/a.h:2: includes models/arch/pte.h")

    def test_base_includes_no_library(self):
        self.assert_found("floors", {"models/base/a.h": "#include <fmt/core.h>\n"},
                          "models/base/a.h:1: includes fmt/core.h: external")

    def test_no_core_includes_another_units_core(self):
        self.assert_found("floors", {
            "models/ptw/walk.h": '#include "models/tlb/tlb_array.h"\n',
            "models/memory_controller/scheduler.h": '#include "models/dram/bank.h"\n',
        }, "models/ptw/walk.h:1: includes models/tlb/tlb_array.h")

    def test_no_shell_includes_another_shell(self):
        self.assert_found("floors", {
            "models/bus/router.h": "#include <systemc>\n",
            "models/tlb/tlb.h": '#include <tlm>\n#include "models/bus/router.h"\n',
        }, "models/tlb/tlb.h:2: includes models/bus/router.h")

    def test_a_core_target_does_not_reach_systemc_through_its_unit(self):
        self.assert_found("floors", {
            "models/tlb/tlb.h": "#include <systemc>\n",
            "models/tlb/tlb_array.cpp": '#include "models/tlb/tlb.h"\n',
            "models/tlb/CMakeLists.txt": "tlmmu_core(tlb_core SOURCES tlb_array.cpp)\n",
        }, "tlb_array.cpp of core tlb_core")

    def test_models_never_include_testbenches(self):
        self.assert_found("floors", {
            "models/platform/p.cpp": '#include "testbenches/support/stub.h"\n'},
            "testbenches is not on a floor below models/platform")

    def test_the_portable_kernel_stays_portable(self):
        self.assert_found("floors", {
            "firmware/kernel/k.h": "#include <boost/intrusive/list.hpp>\n#include <systemc>\n"
                                   '#include "models/config/visitor.h"\n'},
            "includes systemc", "includes models/config/visitor.h")

    def test_a_path_is_written_from_the_root(self):
        self.assert_found("floors", {"models/tlb/a.cpp": '#include "tlb_array.h"\n'},
                          "write the path from the project's root")

    def test_a_new_folder_needs_a_floor(self):
        self.assert_found("floors", {"models/gpu/a.h": "\n"}, "models/gpu has no floor")


class Spdx(LintTest):
    def test_a_file_without_the_line_is_found(self):
        self.assert_found("spdx", {"models/a.h": "#pragma once\n", "models/b.h": SPDX,
                                   "run": "#!/bin/bash\n"}, "models/a.h", "run")


class Words(LintTest):
    def test_work_left_and_tracker_numbers_are_found(self):
        self.assert_found("words", {
            "models/a.h": "// TO" "DO: more\n// see #" "12\n// as is" "sue 3 says\n// [#anchor]\n",
            "rtl/a.sv": "#10 clk = 0;\n",
        }, "models/a.h:1", "models/a.h:2", "models/a.h:3")


class Docs(LintTest):
    INDEX = {"docs/index.md": "# Index\n[tlb](tlb.md)\n"}
    SOURCE = {"testbenches/tlb/tlb_test.cpp": "TEST(Tlb, hits) {}\n"}

    def page(self, text):
        return {**self.INDEX, **self.SOURCE, "docs/tlb.md": text}

    def test_a_good_page_is_clean(self):
        self.assert_clean("docs", self.page(
            "# Tlb\n[up](index.md#index) [out](https://example.org)\n"
            "<!-- config:mmu.tlb -->\n<!-- end -->\n"
            "| feature | test |\n|---|---|\n| hit | `Tlb.hits` |\n| all | `Tlb.*` |\n"))

    def test_a_broken_link_is_found(self):
        self.assert_found("docs", self.page("[a](gone.md)\n[b](index.md#gone)\n"),
                          "docs/tlb.md:1: link to docs/gone.md", "docs/tlb.md:2: link to #gone")

    def test_a_test_that_does_not_exist_is_found(self):
        self.assert_found("docs", self.page(
            "| feature | test |\n|---|---|\n| miss | `Tlb.misses` |\n| none | |\n"),
            "docs/tlb.md:3: test Tlb.misses", "docs/tlb.md:4: the row names no test")

    def test_an_open_marker_is_found(self):
        self.assert_found("docs", self.page("<!-- stats:mmu.tlb -->\n"), "is never closed")

    def test_a_page_nobody_links_is_found(self):
        self.assert_found("docs", {**self.INDEX, **self.page("x\n"), "docs/lost.md": "x\n"},
                          "docs/lost.md:1: cannot be reached")


class Rules(LintTest):
    SOURCE = {"models/ptw/walk.cpp": "// VATP.3: reserved bits\n",
              "testbenches/conformance/vatp_test.cpp": "TEST_F(Vatp, step_3_reserved) {}\n"}

    def page(self, rows):
        return {**self.SOURCE, "docs/ptw.md": "| rule | test |\n|---|---|\n" + rows}

    def test_a_complete_table_is_clean(self):
        self.assert_clean("rules", self.page("| VATP.3: bits | Vatp.step_3_reserved |\n"))

    def test_a_test_without_a_row_is_found(self):
        self.assert_found("rules", self.page("| VATP.3: bits | Vatp.step_3_valid |\n"),
                          "vatp_test.cpp: Vatp.step_3_reserved stands in no table")

    def test_a_tag_without_a_row_is_found(self):
        self.assert_found("rules", {
            **self.page("| VATP.3: bits | Vatp.step_3_reserved |\n"),
            "models/ptw/two_stage_walk.cpp": "\n// H.2: guest\n",
        }, "models/ptw/two_stage_walk.cpp:2: H.2 has no row")

    def test_a_row_without_a_tag_in_the_sources_is_found(self):
        self.assert_found("rules", self.page("| VATP.3, VATP.4: x | Vatp.step_3_reserved |\n"),
                          "docs/ptw.md: VATP.4 is in no source file")


if __name__ == "__main__":
    unittest.main()
