#!/usr/bin/env python3
"""The plugin for pytest (recorder/pytest): suites of tests, run with it, leave what they should.

    pytest_plugin_test.py PROGRAM [UNITTEST OPTIONS]

Without a Python that has pytest, pytest-asyncio and anyio it exits with 77, "skipped".
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import pythons
import recordings
import traces

SUITES = HERE / "suites"
NEEDED = "import pytest, pytest_asyncio, anyio"
PYTHONS = []
FAILED = {  # the tests that fail, and what their recordings print under which ID
    "test_by_run_fails": ["r1"],
    "test_by_pytest_asyncio_fails": ["r3", "r4"],
    "test_by_anyio_fails": ["r6"],
    "test_captured_output_fails_a.b_c_-395ecc": ["r8"],
    "test_that_passes_whose_fixture_fails": ["r10"],
}


def has_pytest(python):
    """Returns whether a Python has what the suites need: Debian's is the system's own."""
    return subprocess.run([python, "-c", NEEDED], capture_output=True, check=False).returncode == 0


class Plugin(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def pytest(self, python, suite, *options, **environment):
        """Runs a suite with the plugin; its recordings go to `self.folder`."""
        command = [python, "-m", "pytest", "-p", "loopscope_pytest", "-p", "no:cacheprovider", "--rootdir", SUITES, "--loopscope-folder", self.folder, *options, SUITES / suite]
        around = {"PYTHONPATH": str(ROOT / "recorder" / "pytest"), "LOOPSCOPE": program.program_path()} | environment
        return recordings.run(["env", *(f"{name}={value}" for name, value in around.items()), *command], folder=SUITES)

    def recorded(self):
        """Returns the names of what was recorded, without what stands before the test's name and the ending."""
        return {path.name.rpartition(".loopscope")[0].partition("-")[2]: path for path in self.folder.glob("*.loopscope")}

    def trace(self, path):
        """Returns a recording as `loopscope convert` reads it."""
        text = self.folder / "trace.txt"
        converted = program.loopscope("convert", str(path), str(text))
        self.assertEqual(converted.returncode, 0, converted.stderr)
        return traces.Trace(text.read_text())

    def test_leaves_a_recording_of_each_test_that_fails_and_of_no_other(self):
        for python in PYTHONS:
            with self.subTest(python=python):
                done = self.pytest(python, "test_failing.py", "--loopscope=fail")
                self.assertEqual(done.code, 1, done.out + done.err)
                self.assertIn("5 failed, 3 passed, 1 xfailed, 1 error", done.out)
                found = self.recorded()
                self.assertEqual(sorted(found), sorted(FAILED))
                for name, requests in FAILED.items():
                    self.assertIn(f"loopscope open '{found[name]}'", done.out)
                    self.assertEqual([shown.value for shown in self.trace(found[name]).shown], requests)

    def test_leaves_nothing_else_and_prints_nothing_else(self):
        asked = self.pytest(PYTHONS[0], "test_failing.py", "--loopscope=fail", "-k", "passes and not fixture")
        plain = self.pytest(PYTHONS[0], "test_failing.py", "-k", "passes and not fixture")
        self.assertEqual((asked.code, asked.err), (0, plain.err))  # some versions of pytest-asyncio warn
        without_time = [run.out.rpartition(" in ")[0] for run in (asked, plain)]
        self.assertEqual(*without_time)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_opens_with_what_the_test_failed_by(self):
        self.pytest(PYTHONS[0], "test_failing.py", "--loopscope=fail", "-k", "by_run_fails")
        (path,) = self.recorded().values()
        ends = self.trace(path).of_kind("end")
        self.assertIn("'AssertionError'", ends[0].said)
        picture = self.folder / "picture.png"
        opened = program.loopscope("open", str(path), "--png", str(picture))
        self.assertEqual(opened.returncode, 0, opened.stderr)
        self.assertIn("Note: test_failing.py::test_by_run_fails: AssertionError: assert '-' == 'r1'", opened.stderr)
        self.assertTrue(program.is_png(picture))

    def test_explores_a_marked_test_and_fails_with_one_deviation(self):
        for python in PYTHONS:
            with self.subTest(python=python):
                done = self.pytest(python, "test_lost_update.py", "--loopscope=explore:20")
                self.assertEqual(done.code, 1, done.out + done.err)
                self.assertIn("FAILED test_lost_update.py::test_both_withdrawals_count - assert 50 == 20", done.out)
                self.assertIn("1 failed, 2 passed", done.out)
                said = re.search(r"differs from asyncio's own order in one choice: (\S+)", done.out)
                self.assertTrue(said, done.out)
                found = self.recorded()
                self.assertEqual(sorted(found), ["test_both_withdrawals_count", "test_both_withdrawals_count.ordinary"])
                path, ordinary = found["test_both_withdrawals_count"], found["test_both_withdrawals_count.ordinary"]
                self.assertIn(f"loopscope open '{path}'", done.out)
                self.assertIn(f"loopscope compare '{ordinary}' '{path}'", done.out)
                compared = program.loopscope("compare", str(ordinary), str(path))
                self.assertEqual(compared.returncode, 0, compared.stderr)
                self.assertIn("They part at handle", compared.stdout)
                self.check_again(python, said[1], done.out)

    def check_again(self, python, schedule, text):
        """Runs the test as the text says, once more under the schedule, and compares the two recordings."""
        option = re.search(r"To run it so again: pytest test_lost_update.py::test_both_withdrawals_count (\S+)\n", text)[1]
        self.assertEqual(option, f"--loopscope=schedule:{schedule}")
        first = self.told(self.recorded()["test_both_withdrawals_count"])
        again = self.pytest(python, "test_lost_update.py", option)
        self.assertEqual(again.code, 1, again.out)
        path = self.recorded()["test_both_withdrawals_count"]
        self.assertEqual(self.told(path), first)
        opened = program.loopscope("open", str(path), "--svg", str(self.folder / "picture.svg"))
        self.assertIn(f"Note: test_lost_update.py::test_both_withdrawals_count under {schedule}: AssertionError: assert 50 == 20", opened.stderr)

    def told(self, path):
        """Returns what a recording tells, without what its exception says, which has addresses in it."""
        return [(event.kind, event.said, event.line) for event in self.trace(path).events.values() if event.kind != "message"]

    def test_says_why_a_marked_test_is_not_explored(self):
        done = self.pytest(PYTHONS[-1], "test_refused.py", "--loopscope=explore:5")
        self.assertRegex(done.out, "3 failed, 1 passed, 1 skipped|4 failed, 1 passed")
        if "skipped" not in done.out:  # Debian's Python has uvloop
            self.assertIn("the program runs on uvloop, whose loop has no order that could be chosen", done.out)
        self.assertIn("test_on_a_loop_of_a_wider_scope makes no event loop of its own", done.out)
        self.assertIn("the mark 'loopscope' takes jitter, freedoms, seed, each by its name, and not 'jitters'", done.out)
        self.assertIn("threads run beside the tests: beside", done.out)

    def test_records_of_a_tester_with_seeds_the_run_that_failed(self):
        for python in PYTHONS:
            with self.subTest(python=python):
                path = os.pathsep.join([str(ROOT / "recorder" / "pytest"), str(SUITES / "seeded")])
                done = self.pytest(python, "seeded/test_seeded.py", "--loopscope=fail", PYTHONPATH=path)
                seed = re.search(r"AssertionError: under seed (\d+)", done.out)[1]
                (file,) = self.recorded().values()
                self.assertIn(f"loopscope open '{file}'", done.out)
                opened = program.loopscope("open", str(file), "--svg", str(self.folder / "picture.svg"))
                self.assertIn(f"test_answers_in_order, simloop seed {seed}: AssertionError: under seed {seed}", opened.stderr)
                trace = self.trace(file)
                self.assertEqual(sorted(trace.coroutines.values()), ["answer", "answer", "serve"])
                self.assertEqual([shown.value for shown in trace.shown], ["r2", "r1"])

    def test_costs_nothing_where_it_is_not_asked_for(self):
        done = self.pytest(PYTHONS[0], "test_nothing_asked.py", LOOPSCOPE="/nowhere/loopscope")
        self.assertEqual(done.code, 0, done.out)

    def test_says_in_one_sentence_what_is_wrong(self):
        for environment, options, sentence in (
            ({"LOOPSCOPE": "/nowhere/loopscope"}, ["--loopscope=fail"], "ERROR: --loopscope needs the program loopscope: LOOPSCOPE names '/nowhere/loopscope'"),
            ({}, ["--loopscope=explore:many"], "ERROR: --loopscope cannot be 'explore:many'"),
        ):
            with self.subTest(sentence=sentence):
                done = self.pytest(PYTHONS[0], "test_failing.py", *options, **environment)
                self.assertEqual(done.code, 4, done.out)
                self.assertIn(sentence, done.err)


class Spool(unittest.TestCase):
    """`loopscope spool`, which the plugin calls."""

    def test_refuses_what_is_no_spool(self):
        with tempfile.TemporaryDirectory() as folder:
            for arguments, code, sentence in (
                (["nothing.spool", "-o", "x.loopscope"], 1, "loopscope: 'nothing.spool' is no spool of a recorder; check its name\n"),
                (["nothing.spool", "-o", "x.txt"], 2, "loopscope: --output cannot be 'x.txt': its name has to end in .loopscope\n"),
                ([], 2, "loopscope: spool wants FILE and -o FILE.loopscope, or --recorder FOLDER; see loopscope spool --help\n"),
            ):
                done = program.loopscope("spool", *arguments, cwd=folder)
                self.assertEqual((done.returncode, done.stderr), (code, sentence))
            self.assertEqual(os.listdir(folder), [])


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    PYTHONS = [python for python in dict.fromkeys([*pythons.all_pythons(recordings.OLDEST), "/usr/bin/python3"]) if has_pytest(python)]
    if not PYTHONS:
        print("No Python has pytest, pytest-asyncio and anyio.", file=sys.stderr)
        sys.exit(77)
    unittest.main()
