#!/usr/bin/env python3
"""Tests the schedule server, which runs a program again and again: schedules_test.py EXTENSION"""

import unittest

import recordings
from recordings import every_python, run
from schedule_client import Server, choices_of, ending_of, output_of

OK, EXCEPTION, DEADLOCK, STOPPED, EXITED = 0, 1, 3, 4, 5  # Ending of core/trace/kinds.def
SEEDS = range(1, 13)
# The first numbers of splitmix64 from 0, as its authors' reference code gives them.
SPLITMIX64 = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC, 0x1B39896A51A8749B)

RECORDER = None


def outputs(server, schedule, seeds=SEEDS):
    """Returns what a program prints under some random schedules."""
    return {output_of(server.run("here", schedule, seed)) for seed in seeds}


class Seeds(unittest.TestCase):
    @every_python
    def test_give_the_same_records_in_every_server_and_in_both_ways(self, python):
        asked = [("here", "ties,jitter=0.03", 7), ("fork", "ties,jitter=0.03", 7), ("here", "ties,jitter=0.03", 8), ("fork", "", 3), ("here", "", 3)]
        told = []
        for _ in range(2):
            with Server(RECORDER, python, "indication_global.py") as server:
                told.append([server.run(*each) for each in asked])
        self.assertEqual(told[0], told[1])
        here, fork, other, plain_fork, plain_here = told[0]
        self.assertEqual(here, fork)
        self.assertNotEqual(here, other)
        self.assertEqual(plain_here, plain_fork)

    @every_python
    def test_mean_what_they_mean_to_the_native_loop(self, python):
        with Server(RECORDER, python, "orders.py", "ready") as server:
            choices = choices_of(server.run("here", "ready", 0))
        self.assertGreaterEqual(len(choices), 2)
        self.assertEqual([taken for _, _, taken in choices[:5]], [(number >> 32) * count >> 32 for (_, count, _), number in zip(choices, SPLITMIX64)])


class Freedoms(unittest.TestCase):
    def own_order(self, python, server, *arguments):
        """Returns what the program prints in asyncio's own order, which is that of plain Python, and of all freedoms where nothing is chosen."""
        plain = run([python, "orders.py", *arguments]).out
        self.assertEqual(recordings.record(RECORDER, python, "--virtual", "orders.py", *arguments).out, plain)
        self.assertEqual(output_of(server.run("here", "ties,jitter=0.02,ready,io,sets,threads")), plain)
        self.assertEqual(output_of(server.run("here")), plain)
        return plain

    @every_python
    def test_of_ties_reorders_timers_of_one_deadline(self, python):
        with Server(RECORDER, python, "orders.py", "ties") as server:
            self.assertEqual(self.own_order(python, server, "ties"), "ab-cd")
            self.assertEqual(outputs(server, "ties"), {"ab-cd", "ba-cd", "ab-dc", "ba-dc"})
            self.assertEqual(output_of(server.run("here", "ties,1=1")), "ab-dc")
            self.assertEqual(output_of(server.run("fork", "ties,0=1,1=1")), "ba-dc")
            self.assertEqual(choices_of(server.run("here")), [])

    @every_python
    def test_of_jitter_lets_iterations_begin_late(self, python):
        with Server(RECORDER, python, "orders.py", "jitter") as server:
            self.assertEqual(self.own_order(python, server, "jitter"), "done")
            self.assertEqual(outputs(server, "jitter=0.02"), {"done", "late"})
            self.assertEqual(outputs(server, "jitter=0.001"), {"done"})

    @every_python
    def test_of_the_ready_queue_is_what_asyncio_never_does(self, python):
        with Server(RECORDER, python, "orders.py", "ready") as server:
            self.assertEqual(self.own_order(python, server, "ready"), "xyz")
            self.assertEqual(outputs(server, "ready", range(40)), {"xyz", "xzy", "yxz", "yzx", "zxy", "zyx"})


class Endings(unittest.TestCase):
    def told(self, python, way, mode="here"):
        with Server(RECORDER, python, "endings.py", way) as server:
            answers = [server.run(mode) for _ in range(2)]
        self.assertEqual(answers[0], answers[1])
        return answers[0]

    @every_python
    def test_of_a_deadlock(self, python):
        for way in ("deadlock", "stubborn"):
            told = self.told(python, way)
            self.assertEqual((told.code, told.failure, told.unretrieved, ending_of(told)), (1, "", "", (1, "", DEADLOCK)))

    @every_python
    def test_of_a_run_without_end(self, python):
        told = self.told(python, "endless")
        self.assertEqual((told.code, told.failure, ending_of(told)), (1, "", (1, "", STOPPED)))
        self.assertAlmostEqual(sum(record.kind == "run" for record in told.records), 100_000, delta=2)

    @every_python
    def test_of_an_exception_say_where_it_came_from(self, python):
        told = self.told(python, "failing")
        self.assertEqual((told.code, told.failure, told.unretrieved), (1, "KeyError at endings.py:23", ""))
        self.assertEqual(ending_of(told), (1, "KeyError", EXCEPTION))
        self.assertIn("KeyError: 'it did not work'", "".join(record.a for record in told.records if record.kind == "output"))

    @every_python
    def test_of_exceptions_that_nobody_has_retrieved(self, python):
        told = self.told(python, "unretrieved")
        self.assertEqual((told.code, told.failure), (0, ""))
        self.assertEqual(told.unretrieved, "ValueError at endings.py:23; OSError at endings.py:23")
        self.assertEqual(told, self.told(python, "unretrieved", "fork"))

    @every_python
    def test_of_exit_codes(self, python):
        self.assertEqual((self.told(python, "numbered").code, ending_of(self.told(python, "numbered", "fork"))), (7, (7, "SystemExit", EXITED)))
        self.assertEqual((self.told(python, "at_once").code, self.told(python, "at_once", "fork").code), (9, 9))
        self.assertEqual(self.told(python, "killed", "fork").code, 137)


class Leftovers(unittest.TestCase):
    @every_python
    def test_of_a_run_do_not_reach_the_next(self, python):
        with Server(RECORDER, python, "leftovers.py", "first") as server:
            forked = server.run("fork")
            for _ in range(3):
                here = server.run("here")
                self.assertEqual(output_of(here), output_of(forked))
                self.assertEqual(here, forked)
            self.assertEqual(server.run("fork"), forked)


class Refusals(unittest.TestCase):
    @every_python
    def test_of_requests_that_are_none(self, python):
        for request, sentence in ((("there", ""), "'there\\t' is no request"), (("here", "tides"), "'tides' is not part of a schedule: write ties, ")):
            with Server(RECORDER, python, "orders.py", "ties") as server:
                kind, said = server.ask(*request)
                self.assertEqual(kind, "refused")
                self.assertIn(sentence.replace("\\t", " "), said)
                self.assertEqual(server.process.wait(timeout=120), 0)

    @every_python
    def test_of_programs_that_are_not_there(self, python):
        with Server(RECORDER, python, "missing.py") as server:
            self.assertEqual(server.ask("here", ""), ["refused", "'missing.py' cannot be read: No such file or directory."])
        with Server(RECORDER, python, "--fallback", "orders.py", "ties") as server:
            kind, said = server.ask("here", "")
            self.assertEqual(kind, "refused")
            self.assertIn("C extension", said)


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main()
