#!/usr/bin/env python3
"""`loopscope record` and `live` on programs of C++ that have the recorder built in: cpp_test.py PROGRAM FOLDER [UNITTEST OPTIONS]

FOLDER has the programs: examples/cpp and tests/recorder/cpp, built. Those on Boost.Asio are not there where Boost is not.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import spool_dump
import traces
import viewer

FOLDER = pathlib.Path()
PATIENCE = 120


class Native(program.InSession):
    def run_plain(self, name, *arguments):
        return subprocess.run([FOLDER / name, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE, check=False)

    def record(self, *words):
        command = [program.program_path(), "record", *map(str, words)]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False)

    def trace(self, name):
        """Returns the trace in a file, which is sound."""
        text = self.folder / "events.txt"
        done = program.loopscope("convert", str(self.folder / name), str(text))
        self.assertEqual(done.returncode, 0, done.stderr)
        return traces.Trace(text.read_text())

    def recorded(self, name, *arguments, in_order=True):
        """Records a program, which does what it does plain, in the same order unless that is the network's; returns its trace."""

        def did(ended):
            lines = ended.stdout.splitlines()
            return (lines if in_order else sorted(lines), ended.returncode)

        plain, done = self.run_plain(name, *arguments), self.record(FOLDER / name, *arguments)
        self.assertEqual(did(done), did(plain), done.stderr)
        self.assertRegex(done.stderr, rf"\Aloopscope: \d+ events are in {name}\.loopscope\n\Z")
        return self.trace(f"{name}.loopscope")

    def names(self, trace):
        return sorted(trace.coroutines.values())

    def said(self, trace, *kinds):
        return [event.said for event in trace.of_kind(*kinds)]


class OwnCoroutines(Native):
    def test_are_tasks_with_their_names_and_who_wrote_what_they_print(self):
        trace = self.recorded("requests")
        names = self.names(trace)
        self.assertEqual([name.rpartition("::")[2] for name in names], ["answer", "answer", "look_up", "look_up"])
        first, second = trace.shown
        self.assertEqual((first.value, second.value), ("bob", "bob"))
        self.assertEqual((first.reader, first.writer, second.reader, second.writer), (1, 2, 2, 2))
        self.assertEqual(first.line, ["for bob"])
        lines = (HERE.parents[1] / "examples" / "cpp" / "requests.cpp").read_text().splitlines()
        self.assertEqual(first.set.file, "requests.cpp")
        self.assertIn("user.set(name)", lines[first.set.line - 1])
        waits = {lines[event.line - 1].strip() for event in trace.of_kind("suspend") if event.line}
        self.assertEqual(waits, {"co_await look_up();", "co_await Pause{};  // as a database would take its time"})
        self.assertEqual(trace.parents, {1: 0, 2: 0, 3: 1, 4: 2})

    def test_resumed_within_others_steps_are_steps_of_their_own(self):
        trace = self.recorded("odd_steps", "nested")
        self.assertEqual([shown.value for shown in trace.shown], ["one", "two", "three", "setter"])
        self.assertTrue(all(shown.reader == shown.writer for shown in trace.shown))
        wakers, running = {}, []
        for event in trace.events.values():
            task = int(traces.TASK.match(event.said)[1]) if event.kind in ("step", "suspend", "finish", "wake") else 0
            if event.kind == "step":
                running.append(task)
            elif event.kind in ("suspend", "finish"):
                running.remove(task)
            elif event.kind == "wake" and running:
                wakers[task] = running[-1]
        self.assertEqual(wakers, {1: 4, 2: 4, 3: 4}, "the task that sets the events wakes who waits for them")

    def test_that_exceptions_leave_end_with_them(self):
        trace = self.recorded("odd_steps", "raises")
        self.assertIn("std::runtime_error", self.said(trace, "finish")[0])
        self.assertIn("as it should", self.said(trace, "message")[0])

    def test_that_yield_values_suspend_with_each(self):
        trace = self.recorded("odd_steps", "generates")
        self.assertEqual(len(trace.of_kind("suspend")), 4)
        self.assertEqual(len(trace.of_kind("finish")), 1)

    def test_that_are_destroyed_wait_to_the_end(self):
        trace = self.recorded("odd_steps", "destroyed")
        self.assertEqual(len(trace.of_kind("finish")), 0)
        self.assertEqual(len(trace.of_kind("step")), 3, "the one that its awaiter did not suspend goes on in a step of its own")

    def test_may_be_resumed_by_any_thread(self):
        trace = self.recorded("odd_steps", "threads")
        self.assertEqual(len(trace.of_kind("finish")), 4)
        self.assertGreater(len({event.said for event in trace.of_kind("thread")}), 4)


class Programs(Native):
    def test_that_fork_are_recorded_alone(self):
        trace = self.recorded("odd_steps", "forks")
        self.assertEqual([shown.value for shown in trace.shown], ["parent"])

    def test_leave_with_their_exit_code(self):
        trace = self.recorded("odd_steps", "ends")
        self.assertIn("7", self.said(trace, "end")[0])

    def test_that_are_killed_leave_a_whole_file(self):
        done = self.record(FOLDER / "odd_steps", "is_killed")
        self.assertEqual(done.returncode, 128 + signal.SIGKILL)
        trace = self.trace("odd_steps.loopscope")
        self.assertEqual(len(trace.shown), 4)

    def test_in_which_nothing_is_tracked_leave_no_file(self):
        done = self.record(FOLDER / "odd_steps", "does_nothing")
        self.assertEqual((done.returncode, done.stderr), (0, "loopscope: nothing ran that is tracked, so there is nothing to show, and no file\n"))

    def test_without_the_recorder_run_and_are_named(self):
        done = self.record("true")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"\Aloopscope: true was built without Loopscope's recorder, so nothing was recorded; docs/cpp\.md [^\n]+\n\Z")
        self.assertEqual(list(self.folder.glob("*.loopscope")), [])

    def test_take_no_options_of_python_programs(self):
        for option in (["--virtual"], ["--watch", "x"], ["--switch", "1=global"], ["--python", sys.executable], ["--lines", "all"], ["--schedule", "s"]):
            with self.subTest(option=option):
                self.assert_one_line(self.record(*option, FOLDER / "requests"), 2)
        self.assert_one_line(self.record(os.path.realpath(sys.executable)), 2)

    def test_end_their_recording_at_a_limit(self):
        done = self.record("--limit", "2M", FOLDER / "odd_steps", "many")
        self.assertEqual((done.stdout, done.returncode), ("done\n", 0))
        self.assertIn("limit", done.stderr)

    def test_of_c_write_spools_too(self):
        spool, target = self.folder / "by_hand.spool", self.folder / "by_hand.loopscope"
        subprocess.run([FOLDER / "plain_c", spool], check=True)
        done = program.loopscope("spool", str(spool), "-o", str(target))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        trace = self.trace(target.name)
        self.assertEqual(self.names(trace), ["by hand"])
        self.assertEqual([event.kind for event in trace.events.values()].count("step"), 2)


class Stepped(viewer.Viewer):
    def __init__(self, name, *arguments):
        self.own_folder = tempfile.TemporaryDirectory(prefix="live-")
        self.folder = pathlib.Path(self.own_folder.name)
        self.begin([str(FOLDER / name), *arguments], env={**os.environ, "LOOPSCOPE_SPOOL": str(self.folder), "LOOPSCOPE_LIVE": "1"})


class Live(unittest.TestCase):
    def test_programs_are_stepped_handle_by_handle(self):
        with Stepped("requests") as stepped:
            stepped.wait_for_pause()
            before = stepped.published
            stepped.step()
            kinds = [record.kind for record in stepped.records()]
            self.assertEqual(kinds.count("set"), 1, "only the first request has begun")
            self.assertGreater(stepped.published, before)
            steps = stepped.step_to_the_end()
            self.assertEqual(steps, 7)
            self.assertEqual(stepped.end().out, "for bob\nfor bob\n")

    def test_storages_are_switched_while_programs_run(self):
        with Stepped("requests") as stepped:
            stepped.step(3)  # both have written
            stepped.head[48] = 1 + 6  # of variable 1: reads are answered by the contextvar
            stepped.open()
            self.assertEqual(stepped.end().out, "for ann\nfor bob\n")
            storages = [record for record in spool_dump.read(stepped.spool) if record.kind == "storage"]
            self.assertEqual([(record.subject, record.b) for record in storages], [(1, 6)])

    def test_programs_end_by_signals_where_they_stand(self):
        with Stepped("requests") as stepped:
            stepped.wait_for_pause()
            stepped.send(signal.SIGTERM)
            self.assertEqual(stepped.end().code, -signal.SIGTERM)


class Asio(Native):
    def setUp(self):
        super().setUp()
        if not (FOLDER / "sessions").exists():
            self.skipTest("Boost.Asio is not installed (libboost-dev), or the compiler is one with which it has no coroutines")

    def test_sessions_are_tasks_and_show_who_wrote_what_they_print(self):
        trace = self.recorded("sessions", in_order=False)
        names = [name.rpartition("Server::")[2].rpartition("Session::")[2] for name in self.names(trace)]
        self.assertEqual(sorted(names), ["accept", "co_spawn", "co_spawn", "read", "read"])
        first, second = trace.shown
        self.assertEqual((first.value, second.value), ("bob", "bob"))
        self.assertNotEqual(first.reader, first.writer)
        self.assertEqual(second.reader, second.writer)
        self.assertEqual(len(trace.of_kind("connection")), 2)
        self.assertEqual(len(trace.of_kind("finish")), 5)
        kinds = {re.search(r"(socket|future)", event.said)[1] for event in trace.of_kind("suspend")}
        self.assertEqual(kinds, {"socket", "future"})

    def test_handlers_on_many_threads_and_strands_are_recorded_whole(self):
        trace = self.recorded("asio_threads")
        self.assertGreater(len({event.said for event in trace.of_kind("thread")}), 1)
        self.assertGreater(len(trace.of_kind("finish")), 0)


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    FOLDER = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
