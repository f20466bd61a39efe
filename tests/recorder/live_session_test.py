#!/usr/bin/env python3
"""Programs that are stepped while they run, as the window does it, without the window: live_session_test.py EXTENSION LIVE_STEPS"""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

import recordings
from recordings import PROGRAMS, every_python

LIVE_STEPS = ""


class Live:
    """A live program; commands go to it line by line, and each is answered by what a user would see then."""

    def __init__(self, recorder, python, arguments, options=("--virtual",), environment=()):
        self.folder = tempfile.TemporaryDirectory(prefix="live-")
        options = list(options)
        virtual = ["--virtual"] if "--virtual" in options else []
        self.answers = os.pipe()
        command = [LIVE_STEPS, self.answers[1], self.folder.name, *virtual, python, recorder / "launch.py", self.folder.name, "--live", "--paused", *options, *arguments]
        around = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        around.update(environment, PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0", PYTHONWARNINGS="ignore")
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PROGRAMS, env=around,
            pass_fds=[self.answers[1]], text=True, start_new_session=True,
        )  # fmt: skip
        os.close(self.answers[1])
        self.reader = os.fdopen(self.answers[0], encoding="utf-8")
        self.now = self.answer()

    def answer(self):
        line = self.reader.readline()
        return json.loads(line) if line else None

    def __call__(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        self.now = self.answer()
        return self.now

    def end(self):
        """Lets the program go on to its end. Returns its exit code and what it wrote itself, to stdout and to stderr."""
        out, err = self.process.communicate(timeout=300)
        return self.process.returncode, out, err


class LivePrograms(unittest.TestCase):
    recorder = pathlib.Path()

    @contextlib.contextmanager
    def live(self, python, *arguments, **options):
        program = Live(self.recorder, python, arguments, **options)
        try:
            yield program
        finally:
            if program.process.poll() is None:
                os.killpg(program.process.pid, signal.SIGKILL)  # the program, too: it would go on
                program.process.communicate()
            program.reader.close()
            program.folder.cleanup()

    def post(self, python, **options):
        """The program of the post, in which all have one global."""
        return self.live(python, "indication_global.py", options=("--virtual", "--watch", "global_symbol"), **options)

    @every_python
    def test_stand_before_their_first_handle(self, python):
        with self.post(python) as program:
            self.assertEqual((program.now["output"], program.now["cursor"]), ("", program.now["head"]))
            first = program("handle")
            self.assertEqual((first["output"], first["cursor"]), ("", first["head"]))
            self.assertEqual(program.end()[:2], (0, "c" * 44))

    @every_python
    def test_are_stepped_print_by_print_and_back(self, python):
        with self.post(python) as program:
            self.assertEqual([program("print")["output"] for _ in range(3)], ["c", "cc", "ccc"])
            self.assertEqual(program("-print")["output"], "cc")
            self.assertEqual(program("start")["output"], "")
            self.assertEqual(program("print 5")["output"], "ccccc")
            self.assertEqual(program("-iteration")["output"], "cccc")

    @every_python
    def test_leaks_are_found_by_going_on_until_there_is_one(self, python):
        with self.post(python) as program:
            found = program("leak")
            self.assertEqual((found["output"], found["leaks"]), ("c", 1))

    @every_python
    def test_another_storage_at_the_head_answers_from_there_on(self, python):
        with self.post(python) as program:
            self.assertEqual(program("print 20")["output"], "c" * 20)
            switched = program("select contextvar")
            self.assertEqual((switched["storages"], switched["output"], switched["failure"]), ("contextvar", "c" * 20, ""))
            self.assertEqual(program("print 24")["output"], "c" * 20 + "0abc" * 6)
            self.assertEqual(program.end()[:2], (0, "c" * 20 + "0abc" * 6))

    @every_python
    def test_are_stepped_and_switched_without_the_extension_too(self, python):
        options = ("--virtual", "--watch", "global_symbol", "--fallback")
        with self.live(python, "indication_global.py", options=options) as program:
            program("print 8")
            self.assertEqual(program("select contextvar")["storages"], "contextvar")
            self.assertEqual(program("print 8")["output"], "c" * 8 + "0abc" * 2)
            program("-print 12")
            self.assertEqual(program("select thread_local")["failure"], "")
            self.assertEqual(program("print 4")["output"], "c" * 8)

    @every_python
    def test_another_storage_for_one_variable(self, python):
        with self.post(python) as program:
            program("print 4")
            self.assertEqual(program("select contextvar 1")["storages"], "contextvar")
            self.assertEqual(program("print 8")["output"], "cccc0abc0abc")

    @every_python
    def test_another_storage_in_the_past_runs_the_program_again(self, python):
        with self.post(python) as program:
            program("print 30")
            program("start")
            program("print 8")
            forked = program("select contextvar")
            self.assertEqual((forked["failure"], forked["output"], forked["storages"]), ("", "c" * 8, "contextvar"))
            self.assertEqual(program("print 12")["output"], "c" * 8 + "0abc" * 3)
            first = program("undo")
            self.assertEqual((first["output"], first["storages"]), ("c" * 8, "global"))
            self.assertEqual(program("head")["output"], "c" * 30)
            self.assertEqual(program("print")["output"], "c" * 31)

    @every_python
    def test_a_switch_in_the_past_keeps_those_before_it(self, python):
        with self.post(python) as program:
            program("print 8")
            program("select contextvar")
            program("print 16")
            program("-print 4")
            self.assertEqual(program.now["output"], "c" * 8 + "0abc" * 3)
            forked = program("select global")
            self.assertEqual((forked["failure"], forked["output"]), ("", "c" * 8 + "0abc" * 3))
            self.assertEqual(program("print 4")["output"], "c" * 8 + "0abc" * 3 + "cccc")

    @every_python
    def test_at_their_end_they_run_again_from_the_start(self, python):
        with self.post(python) as program:
            ended = program("run 60000")
            self.assertEqual((ended["over"], ended["output"]), (True, "c" * 44))
            forked = program("select contextvar")
            self.assertEqual((forked["failure"], forked["output"], forked["storages"]), ("", "", "contextvar"))
            self.assertEqual(program("run 60000")["output"], "0abc" * 11)

    @every_python
    def test_one_that_does_not_do_the_same_again_is_kept(self, python):
        with self.live(python, "differs_each_time.py", options=("--virtual", "--watch", "symbol")) as program:
            program("print 5")  # the number of a process, a space, and so on
            program("start")
            before = program("print 4")
            after = program("select contextvar")
            self.assertRegex(after["failure"], r"^the program did not do the same again up to event \d+; the first run is kept$")
            self.assertEqual((after["output"], after["cursor"]), (before["output"], before["cursor"]))
            program("head")
            self.assertEqual(len(program("print 2")["output"].split()), 4)

    @every_python
    def test_without_a_virtual_clock_the_past_is_not_run_again(self, python):
        with self.live(python, "indication_global.py", options=("--watch", "global_symbol")) as program:
            program("print 2")
            program("start")
            self.assertIn("start it with --virtual", program("select contextvar")["failure"])
            program("head")
            self.assertEqual(program("select contextvar")["failure"], "")

    @every_python
    def test_run_freely_and_stand_again(self, python):
        with self.live(python, "ticks.py", options=()) as program:
            ran = program("run 300")
            self.assertGreater(ran["cursor"], 1000)
            self.assertFalse(ran["over"])
            stands = program("rest")
            program("pause 100")
            self.assertLess(program("rest")["head"] - stands["head"], 1000)
            self.assertEqual(program("handle")["failure"], "")

    @every_python
    def test_the_other_program_of_the_post(self, python):
        package = recordings.aiotask_context()
        if package is None:
            self.skipTest(recordings.aiotask_context.why)
        with self.live(python, "indication_aiotask.py", environment={"PYTHONPATH": package}) as program:
            self.assertEqual(program("print 20")["output"], "0abc" * 5)
            self.assertEqual(program("select global")["output"], "0abc" * 5)
            self.assertEqual(program("print 24")["output"], "0abc" * 5 + "c" * 24)
            program("start")
            program("print 4")
            self.assertEqual(program("select global")["failure"], "")
            self.assertEqual(program("print 4")["output"], "0abccccc")


if __name__ == "__main__":
    LivePrograms.recorder = recordings.read_arguments()
    LIVE_STEPS = os.path.abspath(sys.argv.pop(1))
    unittest.main()
