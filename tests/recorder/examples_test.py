#!/usr/bin/env python3
"""The programs in examples/: they show what they say, recorded, explored or not, and their traces tell who had written what they print wrongly.

    examples_test.py PROGRAM [UNITTEST OPTIONS]

Without a Python that can be recorded it exits with 77, "skipped".
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import pythons
import recordings
import traces

PYTHONS = []

# Of each example: what is printed under an ID that is not its own, and which task had written that: (line, the reader's coroutine, the
# writer's).
LEAKS = {
    "pool_worker": [("[r1] sends a mail to bob", "work", "handle"), ("[r1] sends a mail to cid", "work", "handle")],
    "call_later_pins": [("[r1] counts the visit of r2", "write", "handle"), ("[r1] counts the visit of r3", "write", "handle")],
    "executor_loses": [("[r1] checks 200", "handle", "handle"), ("[r2] checks 300", "handle", "handle")],
    "reset_elsewhere": [("[r1] is healthy", "serve", "serve"), ("[r2] is healthy", "serve", "serve")],
    "aiohttp_server": [("[r1] ships bread", "ship", "_handle_request"), ("[r1] ships cheese", "ship", "_handle_request")],
    "resumed_reading": [("[r1] takes a request", "answer", "answer"), ("[r2] takes a request", "answer", "answer")],
}
# Of each example that is right in asyncio's own order: what it prints there, and under the shortest schedule that breaks it; which lines are printed
# under an ID that is not their own then, as above; and how many of its prints leak and are stale.
BROKEN = {
    "lost_update": (["100 - 30 - 50 = 20"], ["100 - 30 - 50 = 50"], [], (0, 0)),
    "started_lazily": (
        ["[-] mails ann", "[-] mails bob", "[-] counts ann", "[-] counts bob"],
        ["[r1] mails ann", "[r1] mails bob", "[r1] counts ann", "[r1] counts bob"],
        [("[r1] mails bob", "work", "handle"), ("[r1] counts bob", "count", "handle")],
        (1, 1),
    ),
}
ROW = re.compile(r"^ +\d+\. +[\d.]+ % +\d+ +(\d+) +(?:(\d+) +)?yes +(.*)\n +(.*)$", re.MULTILINE)
# Where the value was set and where the log prints it, by the text of these lines.
PRINTS = 'print(f"[{request_id.get()}] {text}")'
SETS = {name: "request_id.set(request)" for name in LEAKS} | {
    "aiohttp_server": 'request_id.set(request.headers["X-Request-ID"])',
    "executor_loses": "request_id.set(request)  # the repair that made it worse",
    "reset_elsewhere": "token = request_id.set(request)",
}


def has_aiohttp(python):
    """Returns whether a Python has aiohttp: Debian's is the system's own."""
    return subprocess.run([python, "-c", "import aiohttp"], capture_output=True, check=False).returncode == 0


def pythons_of(example):
    """Returns the Pythons that an example is run by."""
    if example != "aiohttp_server":
        return PYTHONS
    return [python for python in dict.fromkeys([*pythons.all_pythons(recordings.OLDEST), "/usr/bin/python3"]) if has_aiohttp(python)][:1]


class Examples(unittest.TestCase):
    def record(self, python, example, *arguments):
        """Records an example, compares what it prints with a plain run, and returns its trace."""
        plain = recordings.run([python, EXAMPLES / f"{example}.py", *arguments], folder=EXAMPLES)
        with tempfile.TemporaryDirectory() as folder:
            file, text = pathlib.Path(folder) / "t.loopscope", pathlib.Path(folder) / "t.txt"
            command = [program.program_path(), "record", "--virtual", "--python", python, "-o", file, EXAMPLES / f"{example}.py", *arguments]
            recorded = recordings.run(command, folder=folder)
            self.assertEqual((recorded.code, recorded.out), (0, plain.out), recorded.err)
            self.assertEqual(plain.code, 0, plain.err)
            converted = program.loopscope("convert", str(file), str(text))
            self.assertEqual(converted.returncode, 0, converted.stderr)
            return traces.Trace(text.read_text())

    def check(self, python, example):
        """Records an example as it is, and compares what its trace tells with what is expected."""
        trace = self.record(python, example)
        source = (EXAMPLES / f"{example}.py").read_text().splitlines()
        wrong = {line for line, _, _ in LEAKS[example]}
        shown = [each for each in trace.shown if each.line[0] in wrong]
        name = {task: coroutine.rpartition(".")[2] for task, coroutine in trace.coroutines.items()}
        self.assertEqual([(each.line[0], name[each.reader], name[each.writer]) for each in shown], LEAKS[example])
        for each in shown:
            self.assertEqual((each.print.file, source[each.print.line - 1].strip()), (f"{example}.py", PRINTS))
            self.assertEqual((each.set.file, source[each.set.line - 1].strip()), (f"{example}.py", SETS[example]))

    def check_cure(self, python, example):
        """Records an example that is cured: nothing is printed under an ID that is not its own."""
        trace = self.record(python, example, "--fixed")
        wrong = {line for line, _, _ in LEAKS[example]}
        self.assertEqual([each.line[0] for each in trace.shown if each.line[0] in wrong], [])
        self.assertGreater(len(trace.shown), 3)

    def test_print_what_a_plain_run_prints_and_tell_who_had_written_it(self):
        for example in LEAKS:
            for python in pythons_of(example):
                with self.subTest(example=example, python=python):
                    self.check(python, example)

    def test_print_each_line_under_its_own_id_when_they_are_cured(self):
        for example in LEAKS:
            for python in pythons_of(example):
                with self.subTest(example=example, python=python):
                    self.check_cure(python, example)


class Outcome(collections.namedtuple("Outcome", "leaks stales output schedule number")):
    """A row of the table that `loopscope explore` prints."""

    def prints(self, lines):
        """Returns whether the output is these lines, as far as the table shows it."""
        whole, shown = "".join(f"{line}\\n" for line in lines), self.output.rstrip("…")
        return whole.startswith(shown) if shown != self.output else whole == shown


class Explored(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def explore(self, python, example, *arguments):
        """Explores an example, and returns its outcomes."""
        command = ["explore", "--schedules", "40", "--python", python, "-o", str(self.folder), str(EXAMPLES / f"{example}.py"), *arguments]
        done = program.loopscope(*command)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        rows = ROW.findall(done.stdout)
        return [Outcome(int(leaks), int(stales or 0), output, schedule, number) for number, (leaks, stales, output, schedule) in enumerate(rows, 1)]

    def trace(self, path):
        """Returns the trace of a file."""
        text = self.folder / "trace.txt"
        converted = program.loopscope("convert", str(path), str(text))
        self.assertEqual(converted.returncode, 0, converted.stderr)
        return traces.Trace(text.read_text())

    def check(self, python, example):
        """Explores an example as it is: its own order is right, and one deviation breaks it as expected."""
        right, broken, lines, counts = BROKEN[example]
        outcomes = self.explore(python, example)
        self.assertEqual(len(outcomes), 2)
        own = next(outcome for outcome in outcomes if outcome.prints(right))
        self.assertEqual((own.leaks, own.stales, own.schedule), (0, 0, "asyncio's own order"))
        other = next(outcome for outcome in outcomes if outcome.prints(broken))
        self.assertEqual((other.leaks, other.stales), counts)
        self.assertEqual(len([word for word in other.schedule.split(",") if word[0].isdigit()]), 1, other.schedule)
        trace = self.trace(self.folder / f"{other.number}.loopscope")
        name = {task: coroutine.rpartition(".")[2] for task, coroutine in trace.coroutines.items()}
        wrong = {line for line, _, _ in lines}
        self.assertEqual([(each.line[0], name[each.reader], name[each.writer]) for each in trace.shown if each.line[0] in wrong], lines)

    def test_are_right_in_asyncios_own_order_and_broken_by_one_deviation(self):
        for example in BROKEN:
            for python in PYTHONS:
                with self.subTest(example=example, python=python):
                    self.check(python, example)

    def test_are_right_in_every_order_when_they_are_cured(self):
        for example, (right, *_) in BROKEN.items():
            for python in PYTHONS:
                with self.subTest(example=example, python=python):
                    (outcome,) = self.explore(python, example, "--fixed")
                    self.assertEqual((outcome.leaks, outcome.stales), (0, 0))
                    self.assertTrue(outcome.prints(right), outcome.output)


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    if not pythons.all_pythons(recordings.OLDEST):
        print(f"No Python from 3.8 on was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    PYTHONS = recordings.tested_pythons()
    unittest.main()
