#!/usr/bin/env python3
"""Tests the schedule server, which runs a program again and again: schedules_test.py EXTENSION"""

import socket
import unittest

import recordings
from recordings import PROGRAMS, every_python, run
from schedule_client import Server, choices_of, ending_of, named, output_of

OK, EXCEPTION, DEADLOCK, STOPPED, EXITED = 0, 1, 3, 4, 5  # Ending of core/trace/kinds.def
SEEDS = range(1, 13)
# The first numbers of splitmix64 from 0, as its authors' reference code gives them.
SPLITMIX64 = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC, 0x1B39896A51A8749B)
FAILS = 1 + (PROGRAMS / "endings.py").read_text(encoding="utf-8").splitlines().index('    raise kind("it did not work")')
REFUSED = {
    "connects": "the program connects to 192.0.2.1:80, another machine, which no schedule can order: let it talk to a server in the program itself",
    "connects_by_name": "the program connects to host.invalid, another machine, ",
    "asks": "the program asks for input at the terminal, ",
    "asks_secretly": "the program asks for input at the terminal, ",
    "sends": "the program connects to 192.0.2.1:53, another machine, ",
    "uvloop": "the program runs on uvloop, ",
}

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
            self.assertEqual(output_of(server.run("here")), "done")
            self.assertEqual(outputs(server, "jitter=0.02"), {"done", "late"})
            self.assertEqual(outputs(server, "jitter=0.001"), {"done"})

    @every_python
    def test_of_the_ready_queue_is_what_asyncio_never_does(self, python):
        with Server(RECORDER, python, "orders.py", "ready") as server:
            self.assertEqual(self.own_order(python, server, "ready"), "xyz")
            self.assertEqual(outputs(server, "ready", range(40)), {"xyz", "xzy", "yxz", "yzx", "zxy", "zyx"})

    @every_python
    def test_of_descriptors_reorders_what_is_readable_or_reports_it_later(self, python):
        with Server(RECORDER, python, "orders.py", "io") as server:
            self.assertEqual(self.own_order(python, server, "io"), "pq.")
            self.assertEqual(outputs(server, "io", range(30)), {"pq.", "qp.", "p.q", "q.p", ".pq", ".qp"})

    @every_python
    def test_of_sets_reorders_what_asyncio_keeps_in_them(self, python):
        with Server(RECORDER, python, "orders.py", "sets") as server:
            self.assertEqual(output_of(server.run("here")), "mnmn")  # what is walked twice has one order
            self.assertEqual(outputs(server, "sets"), {"mnmn", "nmnm"})
        for way, orders in (("completed", {"uv", "vu"}), ("left", {"gh", "hg"})):
            with Server(RECORDER, python, "orders.py", way) as server:
                self.assertEqual(outputs(server, "sets"), orders)
                self.assertEqual(output_of(server.run("here")), min(orders))

    @every_python
    def test_of_the_children_of_a_group_reorders_their_cancellation(self, python):
        with Server(RECORDER, python, "orders.py", "group") as server:
            here = server.run("here")
            if here.code != 0:
                self.assertTrue(here.failure.startswith("AttributeError"))  # there are none before 3.11
                return
            self.assertEqual(output_of(here), "gh!")
            self.assertEqual(outputs(server, "sets"), {"gh!", "hg!"})

    @every_python
    def test_of_threads_reorders_jobs_and_lets_them_take_longer(self, python):
        with Server(RECORDER, python, "orders.py", "threads") as server:
            self.assertEqual(output_of(server.run("here")), "jkJKt")
            seen = outputs(server, "threads", range(40))
            self.assertTrue({"jkJKt", "kjJKt"} <= seen, seen)
            self.assertTrue(any(each.index("t") < each.index("K") for each in seen), seen)
            self.assertTrue(all(each.index("j") < each.index("J") < each.index("K") > each.index("k") for each in seen), seen)

    @every_python
    def test_of_threads_has_a_job_sleep_by_the_clock_of_the_loop(self, python):
        with Server(RECORDER, python, "orders.py", "sleeping") as server:
            here = server.run("here")
            self.assertEqual(output_of(here), "1s2-3")
            self.assertEqual(here.records[-1].time, 300_000_000)
            self.assertEqual(here, server.run("here"))


class Executors(unittest.TestCase):
    @every_python
    def test_give_the_same_records_each_time(self, python):
        told = []
        for _ in range(2):
            with Server(RECORDER, python, "executor_contexts.py") as server:
                told.append([server.run(mode, "threads", 5) for mode in ("fork", "here", "here")])
        self.assertEqual(told[0], told[1])
        self.assertTrue(told[0][0] == told[0][1] == told[0][2])
        self.assertTrue(any(record.a.endswith("_0") for record in told[0][0].records if record.kind == "thread"))

    @every_python
    def test_have_jobs_that_wait_for_the_loop_and_for_threads(self, python):
        with Server(RECORDER, python, "orders.py", "waiting") as server:
            here = server.run("here")
            self.assertEqual(output_of(here), "answer 123 1.4 late")
            self.assertEqual(server.run("fork"), here)
            self.assertEqual(server.run("here", "threads", 3), server.run("here", "threads", 3))

    @every_python
    def test_have_jobs_that_wait_for_events_in_the_loops_time(self, python):
        with Server(RECORDER, python, "waiting_for_events.py") as server:
            here = server.run("here")
            self.assertEqual(output_of(here), "True False thread done 6.0")
            self.assertEqual(server.run("fork"), here)


class Endings(unittest.TestCase):
    def told(self, python, way):
        """Returns what is told of a program that ends in this way, which is told in both ways to run it."""
        with Server(RECORDER, python, "endings.py", way) as server:
            here = server.run("here")
            self.assertEqual(server.run("fork"), here)
        return here

    @every_python
    def test_of_a_deadlock(self, python):
        for way in ("deadlock", "stubborn"):
            told = self.told(python, way)
            self.assertEqual((told.code, told.failure, told.unretrieved, ending_of(told)), (1, "", "", (1, "", DEADLOCK)))

    def test_of_a_run_without_end(self):
        with Server(RECORDER, recordings.tested_pythons()[0], "endings.py", "endless") as server:
            told = server.run("here")
        self.assertEqual((told.code, told.failure, ending_of(told)), (1, "", (1, "", STOPPED)))
        self.assertAlmostEqual(sum(record.kind == "run" for record in told.records), 100_000, delta=2)

    @every_python
    def test_of_an_exception_say_where_it_came_from(self, python):
        told = self.told(python, "failing")
        self.assertEqual((told.code, told.failure, told.unretrieved), (1, f"KeyError at endings.py:{FAILS}", ""))
        self.assertEqual(ending_of(told), (1, "KeyError", EXCEPTION))
        self.assertIn("KeyError: 'it did not work'", "".join(record.a for record in told.records if record.kind == "output"))

    @every_python
    def test_of_exceptions_that_nobody_has_retrieved(self, python):
        told = self.told(python, "unretrieved")
        self.assertEqual((told.code, told.failure), (0, ""))
        self.assertEqual(told.unretrieved, f"ValueError at endings.py:{FAILS}; OSError at endings.py:{FAILS}")

    @every_python
    def test_of_exit_codes(self, python):
        told = self.told(python, "numbered")
        self.assertEqual((told.code, ending_of(told)), (7, (7, "SystemExit", EXITED)))
        self.assertEqual(self.told(python, "at_once").code, 9)

    def test_of_a_signal(self):
        with Server(RECORDER, recordings.tested_pythons()[0], "endings.py", "killed") as server:
            self.assertEqual(server.run("fork").code, 137)


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

    @every_python
    def test_of_all_kinds_of_programs_are_given_back(self, python):
        watching = ("--watch", "global_symbol", "--switch", "0.5=contextvar", "indication_global.py")
        for program in (["-m", "package"], ["lifetimes.py"], ["context_behaviour.py"], watching):
            with self.subTest(program=program), Server(RECORDER, python, *program) as server:
                forked = server.run("fork")
                self.assertEqual([server.run("here") == forked for _ in range(3)], [True] * 3)

    @every_python
    def test_that_are_threads_let_no_other_run_begin_beside_them(self, python):
        with Server(RECORDER, python, "endings.py", "thread") as server:
            self.assertEqual(server.run("fork").code, 0)
            self.assertEqual(server.run("here").code, 0)
            for mode in ("here", "fork"):
                kind, said = server.ask(mode, "")
                self.assertEqual(kind, "cannot")
                self.assertIn("daemon", said)


class Sentences(unittest.TestCase):
    @every_python
    def test_of_options_without_effect_are_said_once(self, python):
        with Server(RECORDER, python, "--watch", "nothing", "--switch", "0=missing:global", "orders.py", "ties") as server:
            for mode in ("here", "fork", "here"):
                self.assertEqual(output_of(server.run(mode)), "ab-cd")
            server.socket.shutdown(socket.SHUT_RDWR)
            said = server.process.communicate(timeout=120)[1].decode().splitlines()
        self.assertEqual(len(said), 2, said)
        self.assertIn("neither reads nor writes a global of that name", said[0])
        self.assertIn("'missing' was not switched", said[1])


class Refusals(unittest.TestCase):
    @every_python
    def test_of_programs_that_no_schedule_can_order(self, python):
        for way, sentence in REFUSED.items():
            if way not in ("connects", "asks") and python != recordings.tested_pythons()[0]:
                continue
            with Server(RECORDER, python, "refused.py", way) as server:
                kind, said = server.ask("fork", "")
                self.assertEqual((kind, said[: len(sentence)]), ("refused", sentence))
                self.assertEqual(server.process.wait(timeout=120), 0)

    @every_python
    def test_spare_programs_that_talk_to_themselves(self, python):
        with Server(RECORDER, python, "refused.py", "own_server") as server:
            self.assertEqual(output_of(server.run("here")), "pong")
            self.assertEqual(server.run("here"), server.run("fork"))

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


class Recordings(unittest.TestCase):
    @every_python
    def test_follow_a_schedule(self, python):
        done = recordings.record(RECORDER, python, "--schedule", "ties,0=1,1=1", "orders.py", "ties")
        self.assertEqual((done.code, done.out, done.err), (0, "ba-dc", ""))
        with Server(RECORDER, python, "orders.py", "ties") as server:
            self.assertEqual(named(done.records), server.run("here", "ties,0=1,1=1").records)

    @every_python
    def test_of_a_deadlock_end_with_a_sentence(self, python):
        done = recordings.record(RECORDER, python, "--schedule", "", "endings.py", "deadlock")
        self.assertEqual((done.code, done.out), (1, "waits\n"))
        self.assertEqual(done.err, "loopscope: it cannot go on: nothing is ready, no timer runs, and nobody is there who could wake the loop.\n")
        self.assertEqual((done.records[-1].kind, done.records[-1].b), ("exit", DEADLOCK))

    @every_python
    def test_want_a_schedule_that_is_one(self, python):
        done = recordings.record(RECORDER, python, "--schedule", "ties,nonsense", "orders.py", "ties")
        self.assertEqual(done.code, 2)
        self.assertRegex(done.err, r"^loopscope: 'nonsense' is not part of a schedule: write ties, jitter=SECONDS, io, sets, threads, ready, or ")


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main()
