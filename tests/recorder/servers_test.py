#!/usr/bin/env python3
"""Real servers and libraries, recorded under load: servers_test.py PROGRAM [UNITTEST OPTIONS]

Replies are right, no line of a log shows a value that another request has written, and what is not recorded is said. With a Python that has neither
aiohttp nor trio and anyio it exits with 77, "skipped".
"""

import os
import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import pythons
import recordings
import served

REQUESTS, CLIENTS = 400, 40
MODULES = ("aiohttp", "uvloop", "trio", "anyio")

PYTHON = None


def python_with(modules):
    """Returns the command of a Python that has these modules, the newest first; None if there is none."""
    check = "import " + ", ".join(modules)
    candidates = [*pythons.all_pythons(recordings.OLDEST), "/usr/bin/python3"]
    return next((python for python in candidates if os.path.exists(python) or "/" not in python if recordings.run([python, "-c", check]).code == 0), None)


class Servers(unittest.TestCase):
    def serve(self, *options):
        """Serves many requests; checks replies, logs and hues; returns what became of it, and the trace."""
        done, trace = served.record(PYTHON, "server_aiohttp.py", REQUESTS, CLIENTS, *options)
        self.assertEqual(served.wrong(done, trace, REQUESTS), [])
        return done, trace

    def test_of_aiohttp_answer_right_and_log_under_their_own_requests(self):
        done, trace = self.serve()
        self.assertIn("asyncio", done.out.splitlines()[-1])
        self.assertGreater(len(trace.of_kind("iteration")), 20)
        self.assertGreater(len([event for event in trace.of_kind("callback") if event.said.startswith("io")]), REQUESTS)

    def test_of_aiohttp_on_uvloop_answer_right_and_log_under_their_own_requests(self):
        done, trace = self.serve("uvloop")
        self.assertIn("uvloop", done.out.splitlines()[-1])
        self.assertIn("loopscope: the loop is uvloop's: its steps and timers are recorded, its iterations and I/O are not.", done.ours())
        lookups = [task for task, name in trace.coroutines.items() if name == "look_up"]
        self.assertEqual(len(lookups), REQUESTS)
        for task in lookups:
            self.assertEqual(trace.coroutines[trace.parents[task]].rpartition(".")[2], "_handle_request")
        self.assertGreaterEqual(len(trace.of_kind("timer")), REQUESTS)
        scheduled = [event for event in trace.of_kind("callback") if "'log'" in event.said]
        self.assertEqual(len(scheduled), REQUESTS)
        self.assertEqual([event for event in trace.of_kind("callback") if event.said.startswith("io")], [])


class Libraries(unittest.TestCase):
    def test_of_anyio_are_recorded_where_they_run_on_asyncio(self):
        done, trace = served.record(PYTHON, "library_anyio.py")
        self.assertEqual((done.out, len(done.ours())), ("work 0\nwork 1\n5\n", 1))
        self.assertEqual([name for name in trace.coroutines.values() if name == "work"], ["work", "work"])
        self.assertEqual([event.said.partition("'")[2] for event in trace.of_kind("print")][:1], [r"work 0\n'  line 13"])

    def test_on_trio_say_that_they_are_not_recorded(self):
        for name, out in (("library_trio.py", "trio\n"), ("library_anyio_on_trio.py", "anyio on trio\n")):
            done, trace = served.record(PYTHON, name)
            self.assertEqual((done.out, trace), (out, None))
            self.assertEqual(len(done.ours()), 2, done.err)
            self.assertRegex(done.ours()[0], "trio has a loop of its own: what runs on it is not recorded")
            self.assertRegex(done.ours()[1], "nothing ran on an asyncio loop")

    def test_on_both_loops_are_recorded_in_part(self):
        done, trace = served.record(PYTHON, "library_trio_beside_asyncio.py")
        self.assertEqual(done.out, "asyncio\ntrio\n")
        self.assertIn("trio has a loop of its own", done.ours()[0])
        self.assertEqual([name for name in trace.coroutines.values() if name.startswith("rest")], ["rest"])
        self.assertTrue(any(re.search(r"'asyncio", event.said) for event in trace.of_kind("print")))


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    PYTHON = python_with(MODULES)
    if PYTHON is None:
        print(f"No Python with {', '.join(MODULES)} was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    unittest.main()
