#!/usr/bin/env python3
"""Tests that a recorded program can be paused, and ends as it does without whatever happens then: live_test.py EXTENSION"""

import ctypes
import fcntl
import os
import shutil
import signal
import sys
import tempfile
import time
import unittest

import recordings
import viewer
from viewer import GATE, PAUSED, PERMITS, Viewer, plain, wait_until

RECORDER = None
STARTER = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
PAUSE = 0.03  # seconds before each handle of a program that has a timeout of one second, within which it takes more than forty handles
BACKENDS = [], ["--fallback"]


def every_recorder(test):
    """Makes a test of one Python and the recorder's options a test of each, with the extension and without."""

    def tests(self):
        for python in recordings.tested_pythons():
            for options in BACKENDS:
                with self.subTest(python=python, options=options):
                    test(self, python, options)

    tests.__doc__ = test.__doc__
    return tests


class Live(unittest.TestCase):
    """Programs that are stepped."""

    def view(self, python, options, *program, **how):
        return Viewer(RECORDER, python, *options, *program, **how)

    def compare(self, live, done, python, *program):
        """Compares what a program that was stepped has said and done with what it does alone."""
        expected = plain(python, *program)
        self.assertEqual((done.code, done.out), (expected.code, expected.out), done.err)
        return live


class Steps(Live):
    @every_recorder
    def test_are_a_handle_for_each_permit(self, python, options):
        with self.view(python, options, "two_turns.py") as live:
            seen = []
            for _ in range(4):
                live.step()
                seen.append(sum(record.kind == "ran" for record in live.records()))
            self.assertEqual(seen, [1, 2, 3, 4])
            live.open()
            self.compare(live, live.end(), python, "two_turns.py")

    @every_recorder
    def test_begin_and_end_as_often_as_the_viewer_likes(self, python, options):
        with self.view(python, options, "gated.py") as live:
            live.step(3)
            for _ in range(3):
                live.open()
                before = live.published
                wait_until(lambda: live.words[PAUSED] == 0 and live.published != before, "the program does not run freely")
                live.close()
                live.wait_for_pause()
                live.step(2)
            self.assertEqual(live.words[GATE], 1)

    @every_recorder
    def test_of_two_loops_go_on_in_both_threads(self, python, options):
        with self.view(python, options, "two_loops.py") as live:
            steps = live.step_to_the_end()
            done = live.end()
            self.assertEqual((done.code, sorted(done.out.split())), (0, ["a", "b"]), done.err)
            self.assertGreater(steps, 40)

    @every_recorder
    def test_leave_other_threads_at_work(self, python, options):
        with self.view(python, options, "working_thread.py") as live:
            live.step()
            live.wait_for_pause()
            self.assertEqual([live.process.stdout.readline() for _ in range(50)], [f"{number}\n" for number in range(50)])
            self.assertEqual(live.words[PAUSED], 1)
            live.step_to_the_end()
            self.assertEqual(live.end().out, "joined\n")


    def test_are_of_uvloops_too(self):
        """Its steps and callbacks are let through one by one; its clock, which is C code's, goes on."""
        found = [*recordings.pythons.all_pythons(recordings.OLDEST), *filter(None, [shutil.which("python3", path=os.defpath)])]
        python = next((each for each in found if not plain(each, "-c", "import uvloop").code), None)
        if python is None:
            self.skipTest("no Python has uvloop")
        with self.view(python, [], "library_uvloop.py") as live:
            steps = live.step_to_the_end()
            self.compare(live, live.end(), python, "library_uvloop.py")
            self.assertGreater(steps, 8)


class Clock(Live):
    @every_recorder
    def test_stands_while_the_program_does_so_that_no_timeout_fires(self, python, options):
        with self.view(python, options, "timed_talk.py") as live:
            live.step_to_the_end(pause=lambda: time.sleep(PAUSE))
            self.assertEqual(live.end().out, "answer False True\n")
            times = [record.time for record in live.records() if record.kind == "ran"]
            self.assertLess(times[-1] - times[0], 1e9)

    def test_of_wrapped_methods_stands_too(self):
        with self.view(recordings.tested_pythons()[0], [], "timed_talk.py", env={**os.environ, "LOOPSCOPE_WRAP": "1"}) as live:
            live.step_to_the_end(pause=lambda: time.sleep(PAUSE))
            self.assertEqual(live.end().out, "answer False True\n")


class Signals(Live):
    @every_recorder
    def test_that_interrupt_end_a_program_that_stands(self, python, options):
        expected = viewer.interrupted(python, "interruptible.py", ready="ready\n")
        for steps in (1, 4):
            with self.view(python, options, "interruptible.py") as live:
                live.step(steps)
                live.send(signal.SIGINT)
                done = live.end()
                self.assertEqual(done.code, expected.code, done.err)
                self.assertEqual(done.out.replace("ready\n", ""), expected.out.replace("ready\n", ""), done.err)

    @every_recorder
    def test_that_are_handled_by_the_loop_end_it_too(self, python, options):
        with self.view(python, options, "signalled.py") as live:
            live.step()
            self.assertEqual(live.process.stdout.readline(), "ready\n")
            live.send(signal.SIGTERM)
            done = live.end()
            self.assertEqual((done.code, done.out), (3, "terminated\n"), done.err)

    @every_recorder
    def test_without_a_handler_kill_as_ever(self, python, options):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.view(python, options, "gated.py") as live:
                live.step(2)
                live.send(number)
                self.assertEqual(live.end().code, -number)

    @every_recorder
    def test_of_other_kinds_leave_it_paused(self, python, options):
        with self.view(python, options, "signalled.py") as live:
            live.wait_for_pause()
            for number in (signal.SIGCHLD, signal.SIGWINCH, signal.SIGALRM, signal.SIGUSR1):
                live.send(number)
                self.assertEqual(live.process.stdout.readline(), number.name + "\n")
                self.assertEqual((live.words[GATE], live.words[PAUSED]), (1, 1))
            live.step(3)
            self.assertEqual(live.words[GATE], 1)


class Viewers(Live):
    @every_recorder
    def test_that_die_let_the_program_run_on(self, python, options):
        """The viewer is the program's parent."""
        with self.view(python, options, "two_turns.py", starter=[sys.executable, "-c", STARTER]) as live:
            live.step(2)
            live.send(signal.SIGKILL)
            self.assertEqual(live.process.stdout.read(), plain(python, "two_turns.py").out)

    @every_recorder
    def test_that_held_the_folder_let_it_run_on_as_the_lock_goes(self, python, options):
        """Its parent lives on."""
        with tempfile.TemporaryDirectory() as folder:
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            with self.view(python, options, "two_turns.py", folder=folder) as live:
                live.step(2)
                os.close(lock)
                self.compare(live, live.end(), python, "two_turns.py")


class Children(Live):
    @every_recorder
    def test_do_not_stand_at_their_parents_gate(self, python, options):
        for way in ("fork", "multiprocessing", "subprocess"):
            with self.view(python, options, "forking.py", way) as live:
                live.step_to_the_end()
                done = live.end()
                self.assertEqual((done.code, done.out), (0, "child\ncode 0\nparent\n"), done.err)
                self.assertEqual(len(live.spools()), 1)
                coroutines = [record.a for record in live.records() if record.kind == "task"]
                self.assertNotIn("child_main", coroutines)

    @every_recorder
    def test_that_are_made_while_it_stands_do_not_stand(self, python, options):
        with self.view(python, options, "forking.py", "thread", stdin=-1) as live:
            live.step()
            live.process.stdin.write("\n")
            live.process.stdin.flush()
            self.assertEqual([live.process.stdout.readline() for _ in range(2)], ["child\n", "thread 0\n"])
            self.assertEqual((live.words[GATE], live.words[PAUSED]), (1, 1))
            live.step_to_the_end()
            self.assertEqual(live.end().out, "parent\n")

    @every_recorder
    def test_that_are_recorded_too_begin_freely(self, python, options):
        with self.view(python, [*options, "--children"], "forking.py", "fork") as live:
            live.step_to_the_end()
            self.assertEqual(live.end().out, "child\ncode 0\nparent\n")
            self.assertEqual(len(live.spools()), 2)


class Ends(Live):
    @every_recorder
    def test_by_sys_exit_need_no_more_permits(self, python, options):
        with self.view(python, options, "interleaved.py") as live:
            live.wait_for_pause()
            while live.words[GATE]:
                live.give()
                wait_until(lambda: live.words[PERMITS] == 0 and (live.words[PAUSED] == 1 or live.words[GATE] == 0), "it does not stand")
            done = live.end()
            self.compare(live, done, python, "interleaved.py")
            self.assertEqual(done.code, 7)

    @every_recorder
    def test_of_a_recording_let_the_program_run_on(self, python, options):
        """It ends at its limit; the extension takes two megabytes at once."""
        limit, turns = (200_000, 6000) if options else (2_000_000, 60_000)
        with self.view(python, [*options, "--limit", str(limit)], "long_run.py", turns) as live:
            live.wait_for_pause()
            live.give(turns - 1000)
            self.assertEqual(live.end().out, f"turned {turns}\n")
            self.assertEqual((live.records()[-1].kind, live.records()[-1].a), ("stopped", f"the limit of {limit / 1e6} MB is reached"))

    def test_of_the_disk_let_the_program_run_on(self):
        with tempfile.TemporaryDirectory() as folder:
            if ctypes.CDLL(None, use_errno=True).mount(b"loopscope", folder.encode(), b"tmpfs", 0, b"size=3m"):
                self.skipTest("no file system can be mounted here")
            try:
                with self.view(recordings.tested_pythons()[0], [], "long_run.py", "90000", folder=folder) as live:
                    live.wait_for_pause()
                    live.give(85000)
                    self.assertEqual(live.end().out, "turned 90000\n")
                    self.assertEqual(live.records()[-1].a, "the disk is full")
            finally:
                ctypes.CDLL(None).umount2(folder.encode(), 2)  # MNT_DETACH: the test may have it open


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main(verbosity=2)
