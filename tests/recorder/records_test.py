#!/usr/bin/env python3
"""Tests what the extension writes of loops, tasks, waits, threads and jobs: records_test.py EXTENSION

The programs are those of tests/recorder/programs; what they print is compared elsewhere.
"""

import collections
import ctypes
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

import recordings
from recordings import PROGRAMS, ROOT, every_python, pythons, record
import spool_dump
from viewer import published

RECORDER = None
YIELDS, WAITS, RESULT, EXCEPTION, CANCELLED = range(5)  # SPOOL_RAN_…
THROWS = 1 << 17
RAN_BITS = 0xFF


def values_of(macro):
    """Returns the values of a tag of core/trace/kinds.def, by name."""
    text = (ROOT / "core" / "trace" / "kinds.def").read_text(encoding="utf-8")
    return {name: int(number) for name, number in re.findall(rf"^{macro}\((\w+), (\d+),", text, re.MULTILINE)}


WAIT, CALLBACK = values_of("LOOPSCOPE_WAIT"), values_of("LOOPSCOPE_CALLBACK")


class Story:
    """What a recording says, task by task."""

    def __init__(self, run):
        self.run = run
        self.records = run.records
        self.names = {}
        self.parents = {}
        self.coroutines = {}
        self.waits = collections.defaultdict(list)
        running = collections.defaultdict(list)
        for entry in self.records:
            stack = running[entry.thread]
            if entry.kind == "task":
                self.parents[entry.subject] = stack[-1] if stack else 0
                self.coroutines[entry.subject] = entry.a
            elif entry.kind == "task_name":
                self.names[entry.subject] = entry.a
            elif entry.kind == "run":
                stack.append(entry.subject)
            elif entry.kind == "ran":
                stack.pop()
            elif entry.kind == "wait":
                self.waits[stack[-1]].append(entry.a)

    def waits_by_name(self):
        """Returns what each named task waited for."""
        return {name: self.waits[task] for task, name in self.names.items()}

    def of(self, *kinds):
        return [entry for entry in self.records if entry.kind in kinds]


def story_of(python, program, *arguments, options=(), **environment):
    """Records a program and returns its Story."""
    return Story(record(RECORDER, python, *options, program + ".py", *arguments, **environment))


class Tasks(unittest.TestCase):
    @every_python
    def test_that_wait_say_for_what(self, python):
        waits = story_of(python, "waits").waits_by_name()
        for name in "sleep task future gather wait shield lock semaphore event condition queue_get queue_put queue_join executor".split():
            self.assertEqual(waits[name][0], WAIT[name], f"{name}: {waits}")
        self.assertEqual(waits["yield"], [])
        self.assertEqual(waits["process"][-1], WAIT["process"])

    @every_python
    def test_that_wait_for_sockets_say_so(self, python):
        story = story_of(python, "sockets")
        by_coroutine = collections.Counter(wait for task, waits in story.waits.items() for wait in waits)
        self.assertGreater(by_coroutine[WAIT["socket"]], 6, by_coroutine)

    @every_python
    def test_say_who_made_them_and_what_they_are_called(self, python):
        story = story_of(python, "interleaved")
        coroutines = [story.coroutines[task] for task in sorted(story.coroutines)]
        self.assertEqual(coroutines[:4], ["main", "turn", "turn", "leave"])
        self.assertEqual([story.parents[task] for task in (1, 2, 3, 4)], [0, 1, 1, 1])
        names = story_of(python, "names").names.values()
        self.assertIn("later", names)
        self.assertIn("made by a factory", names)
        self.assertIn("line\nbreak\x00\ud800é", names)
        self.assertEqual(max(map(len, names)), 100000)

    @every_python
    def test_are_cut_short_by_an_exit(self, python):
        story = story_of(python, "interleaved")
        self.assertEqual(story.run.code, 7)
        ended = [(entry.subject, entry.a, entry.b & RAN_BITS) for entry in story.of("ran") if entry.b & RAN_BITS > WAITS and entry.subject]
        self.assertEqual(ended[:3], [(2, "", RESULT), (3, "", RESULT), (4, "SystemExit", EXCEPTION)])
        self.assertIn((1, "", CANCELLED), ended)
        self.assertEqual([(entry.subject, entry.a) for entry in story.of("exit")], [(7, "SystemExit")])

    @every_python
    def test_of_an_iteration_run_as_its_snapshot_says(self, python):
        story = story_of(python, "repeated_runs")
        left, runs = 0, 0
        for entry in story.of("iteration", "run"):
            if entry.kind == "iteration":
                self.assertEqual(left, 0)
                left = entry.a
            else:
                left -= 1
                runs += 1
        self.assertEqual(left, 0)
        self.assertGreater(runs, 20)
        self.assertEqual([(entry.subject, entry.b) for entry in story.of("loop")], [(1, 0), (1, 1), (2, 0), (2, 1)])

    @every_python
    def test_that_are_thrown_into_say_so(self, python):
        story = story_of(python, "cancellations")
        thrown = [entry.subject for entry in story.of("run") if entry.b & THROWS]
        self.assertGreaterEqual(len(thrown), 8)
        kinds = collections.Counter(entry.b & 0xFF for entry in story.of("task_cancel"))
        self.assertEqual(set(kinds), {0, 1, 2})

    def test_that_are_eager_run_inside_of_their_maker(self):
        found = [python for python in recordings.tested_pythons() if pythons.version_of(python) >= (3, 12)]
        if not found:
            self.skipTest("no Python 3.12 or later")
        for python in found:
            story = story_of(python, "eager_tasks")
            eager = [entry.subject for entry in story.of("task") if entry.b & 0xFF == 1]
            self.assertEqual(len(eager), 5, python)
            for task in eager:
                first = next(entry for entry in story.records if entry.kind == "run" and entry.subject == task)
                self.assertEqual((first.a, first.b), (0, 0))

    @every_python
    def test_that_come_at_the_address_of_another_are_new(self, python):
        story = story_of(python, "forgotten_tasks")
        counted = collections.Counter(story.coroutines.values())
        self.assertEqual((counted["wait_for_nothing"], counted["work"]), (150, 151))

    @every_python
    def test_of_a_library_that_has_a_loop_of_its_own_are_none(self, python):
        self.assertEqual(story_of(python, "no_loop").of("iteration"), [])


class Handles(unittest.TestCase):
    maxDiff = 3000

    def plot(self, story):
        """Returns what a recording says without addresses and times."""
        told = []
        for entry in story.records:
            if entry.kind in ("due", "iteration", "handle_cancel", "descriptor"):
                told.append((entry.kind, entry.b >> 16))
            elif entry.kind in ("run", "ready", "wake", "io", "timer"):
                told.append((entry.kind, entry.subject, entry.b >> 16))
            elif entry.kind == "wait":
                told.append((entry.kind, entry.a, entry.a != WAIT["sleep"] and entry.subject))
            elif entry.kind not in ("clock", "deadline") and not (entry.kind == "output" and entry.subject == 2):  # tracebacks lack _run's lines
                told.append(entry[:1] + entry[3:])
        return told

    @every_python
    def test_are_told_the_same_where_methods_are_wrapped(self, python):
        for program in "interleaved", "eager_tasks", "python_tasks", "unretrieved_exceptions", "cancellations", "objects":
            replaced = self.plot(story_of(python, program, options=("--virtual",)))
            wrapped = self.plot(story_of(python, program, options=("--virtual",), LOOPSCOPE_WRAP="1"))
            self.assertEqual(replaced, wrapped, program)
            self.assertGreater(len(replaced), 30)

    @every_python
    def test_of_signals_and_descriptors_are_io(self, python):
        kinds = [entry.b >> 24 for entry in story_of(python, "signals").of("io")]
        self.assertIn(CALLBACK["signal"], kinds)
        self.assertIn(CALLBACK["io"], kinds)

    @every_python
    def test_say_what_left_a_callback(self, python):
        story = story_of(python, "unretrieved_exceptions")
        ended = [(entry.a, entry.b & RAN_BITS) for entry in story.of("ran") if not entry.subject and entry.b & RAN_BITS != RESULT]
        self.assertEqual(ended, [("ZeroDivisionError", EXCEPTION), ("", CANCELLED), ("KeyError", EXCEPTION), ("ZeroDivisionError", EXCEPTION)])
        self.assertEqual([entry.a for entry in story.of("message")], ["boom", "division by zero", "'chained'", "division by zero"])


class Threads(unittest.TestCase):
    @every_python
    def test_are_told_apart(self, python):
        story = story_of(python, "threads")
        names = {entry.subject: entry.a for entry in story.of("thread") if entry.a}
        self.assertLessEqual({"MainThread", "thread a", "thread b", "thread c"}, set(names.values()))
        threads_of_loops = collections.defaultdict(set)
        for entry in story.of("iteration"):
            threads_of_loops[entry.subject].add(entry.thread)
        self.assertEqual(len(threads_of_loops), 4)
        self.assertTrue(all(len(threads) == 1 for threads in threads_of_loops.values()))

    @every_python
    def test_that_run_jobs_say_for_whom(self, python):
        story = story_of(python, "executor_jobs")
        jobs = story.of("job")
        self.assertEqual([entry.subject for entry in jobs], [1] * len(jobs))
        self.assertEqual([entry.a for entry in jobs][:2], ["job", "job"])
        self.assertEqual(sorted(entry.a for entry in story.of("job_end")), [""] * (len(jobs) - 1) + ["KeyError"])
        self.assertEqual([entry.a for entry in story.of("message") if "job" in entry.a], ["'job'", "'job'"][: len(story.of("message"))])


class Causes(unittest.TestCase):
    """What tasks work for: items, requests, jobs."""

    @every_python
    def test_are_items_that_keep_their_numbers_whatever_the_queue_does(self, python):
        for options, environment in (((), {}), ((), {"LOOPSCOPE_WRAP": "1"}), (["--fallback"], {})):
            story = story_of(python, "queues", options=options, **environment)
            puts, takes = collections.defaultdict(list), collections.defaultdict(list)
            for entry in story.of("put", "take"):
                (puts if entry.kind == "put" else takes)[entry.a].append(entry.subject)
            in_order = [[put - numbers[0] for put in puts[queue]] for queue, numbers in puts.items()]
            out_of = [[take - puts[queue][0] for take in takes[queue]] for queue in puts]
            self.assertEqual(in_order, [[0, 1, 2, 3]] * 4 + [[0, 1, 2]] * 2 + [[0, 1], [0], [0, 1, 2]])
            by_priority = [1, 3, 2, 0]
            self.assertEqual(out_of, [[0, 1, 2, 3], [3, 2, 1, 0], by_priority, by_priority, [0, 1, 2], [2, 1, 0], [0, 1], [], [0, 1]])
            self.assertEqual(len(story.of("task_done")), 2)

    @every_python
    def test_are_put_and_taken_where_the_program_does_so(self, python):
        story = story_of(python, "queues")
        lines = [""] + (PROGRAMS / "queues.py").read_text(encoding="utf-8").splitlines()
        of_last = [entry for entry in story.of("put", "take", "task_done") if entry.a == story.of("task_done")[0].a]
        stands = {entry.kind: lines[entry.b].strip() for entry in of_last[:-1]}
        self.assertEqual(stands, {"put": "await queue.put(name)", "take": "await queue.get()", "task_done": "queue.task_done()"})

    @every_python
    def test_are_connections_and_what_comes_by_them(self, python):
        for options in ((), ["--fallback"]):
            self.check_connections(story_of(python, "sockets", options=options))

    def check_connections(self, story):
        connections = {entry.subject: entry.a for entry in story.of("connection")}
        self.assertEqual(list(connections), [1, 2])
        self.assertTrue(all(re.fullmatch(r"127\.0\.0\.1:\d+", peer) for peer in connections.values()), connections)
        served = {entry.subject: entry.a for entry in story.of("serve")}
        self.assertEqual(served, {1: "StreamReaderProtocol", 2: "Protocol"})
        for at, entry in enumerate(story.records):
            if entry.kind == "serve":
                run = next(each for each in reversed(story.records[:at]) if each.kind != "clock")
                self.assertEqual((run.kind, run.subject), ("run", 0))

    @every_python
    def test_are_jobs_whose_reads_name_the_write_of_whoever_asked(self, python):
        story = story_of(python, "executor_contexts")
        ways = 3 if pythons.version_of(python) >= (3, 9) else 2  # to_thread
        self.assertEqual([(entry.subject, entry.a) for entry in story.of("job")], [(2, "read")] * ways + [(3, "read")] * ways)
        self.assertEqual([entry.a for entry in story.of("get")], [0, 1, 1][:ways] + [0, 2, 2][:ways])

    @every_python
    def test_are_lost_by_a_reader_that_is_added_in_a_task(self, python):
        """cpython issue 140947: the second request's read names the write of the first one's task."""
        story = story_of(python, "resumed_reading")
        self.assertEqual(story.run.out, "ann\nann\n")
        answers = [task for task, coroutine in story.coroutines.items() if coroutine.endswith("answer")]
        self.assertEqual([story.parents[task] for task in answers], [0, 0])
        running, seen = 0, []
        for entry in story.records:
            if entry.kind == "run":
                running = entry.subject
            if entry.kind in ("set", "get"):
                seen.append((entry.kind, answers.index(running), entry.a))
        self.assertEqual(seen, [("set", 0, "ann"), ("get", 0, 1), ("get", 1, 1)])


class Output(unittest.TestCase):
    @every_python
    def test_is_of_a_task_a_line_and_a_stream(self, python):
        story = story_of(python, "output")
        written = story.of("output")
        text = "".join(entry.a for entry in written if entry.subject & 0xFF == 1)
        for expected in ("task 1\n", "write\n", "several\nlines!\n"):
            self.assertIn(expected, text)
        self.assertNotIn("bytes", text)
        self.assertIn("to stderr", [entry.a for entry in written if entry.subject & 0xFF == 2])
        lines = (PROGRAMS / "output.py").read_text(encoding="utf-8").splitlines()
        place = next(entry for entry in written if entry.a == "task 1\n")
        self.assertIn('log.warning("task', lines[place.b - 1])


class Lines(unittest.TestCase):
    @every_python
    def test_are_those_where_tasks_stand(self, python):
        story = story_of(python, "interleaved")
        lines = [""] + (PROGRAMS / "interleaved.py").read_text(encoding="utf-8").splitlines()
        stands = [lines[entry.b >> 8].strip() for entry in story.of("ran") if entry.subject == 1 and entry.b & RAN_BITS == WAITS]
        self.assertEqual(stands, ["await first", "await asyncio.sleep(3600)"])
        made = [lines[entry.b >> 8].strip() for entry in story.of("task")][:4]
        self.assertEqual(made[0], "asyncio.run(main())")
        self.assertEqual(made[3], "asyncio.ensure_future(leave())")
        self.assertEqual([pathlib.Path(entry.a).name for entry in story.of("file")], ["interleaved.py"])

    @every_python
    def test_are_not_recorded_without_a_wish_and_of_libraries_with_one(self, python):
        without = story_of(python, "interleaved", options=("--lines", "none"))
        self.assertEqual(without.of("file"), [])
        self.assertEqual({entry.b >> 8 for entry in without.of("ran")}, {0})
        files = story_of(python, "interleaved", options=("--lines", "all")).of("file")
        self.assertTrue(any("asyncio" in entry.a for entry in files))


class Recordings(unittest.TestCase):
    @every_python
    def test_of_a_parent_have_nothing_of_a_forked_child(self, python):
        story = story_of(python, "forked_child")
        self.assertEqual(len(story.run.spools), 1)
        self.assertTrue(3100 < len(story.of("iteration")) < 3200)

    def test_that_are_killed_are_whole_up_to_there(self):
        python = recordings.tested_pythons()[0]
        with tempfile.TemporaryDirectory() as folder:
            command = [python, RECORDER / "launch.py", folder, "long_run.py", "1000000000"]
            with subprocess.Popen(command, cwd=PROGRAMS) as process:
                spools, records = [], 0
                while records < 100000:
                    spools = spools or list(pathlib.Path(folder).glob("*.spool"))
                    records = published(spools[0]) if spools else 0
                    time.sleep(0.01)
                process.kill()
            self.assertEqual(process.returncode, -signal.SIGKILL)
            self.assertGreater(len(spool_dump.read(spools[0])), 90000)

    def test_end_at_their_limit_and_the_program_goes_on(self):
        story = story_of(recordings.tested_pythons()[0], "long_run", "300000", options=("--limit", "5000000"))
        self.assertEqual((story.run.code, story.run.out), (0, "turned 300000\n"))
        self.assertEqual([entry.kind for entry in story.records][-1], "stopped")
        self.assertIn("limit of 5.0 MB", story.records[-1].a)

    def test_end_where_the_disk_is_full_and_the_program_goes_on(self):
        with tempfile.TemporaryDirectory() as folder:
            mounted = ctypes.CDLL(None, use_errno=True).mount(b"loopscope", folder.encode(), b"tmpfs", 0, b"size=8m") == 0
            if not mounted:
                self.skipTest("no file system can be mounted here")
            try:
                python = recordings.tested_pythons()[0]
                done = recordings.run([python, RECORDER / "launch.py", folder, "long_run.py", "300000"])
                self.assertEqual((done.code, done.out), (0, "turned 300000\n"))
                records = spool_dump.read(next(pathlib.Path(folder).glob("*.spool")))
                self.assertEqual(("stopped", "the disk is full"), (records[-1].kind, records[-1].a))
                self.assertGreater(len(records), 300000)
            finally:
                ctypes.CDLL(None).umount(folder.encode())


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main(verbosity=2)
