#!/usr/bin/env python3
"""Tests that the recorder switches the storages of unmodified programs: storages_test.py EXTENSION

The programs are the two of the post that Loopscope began with, as they stand there. Under a virtual clock each of their four tasks prints
eleven times.
"""

import unittest

import recordings
from recordings import every_python, record

STORAGES = ("argument", "global", "thread-local", "context-shared", "context-copy", "context-chainmap", "contextvar")
ONE_FOR_ALL, EACH_ITS_OWN = "c" * 44, "0abc" * 11
NATIVE = dict.fromkeys(STORAGES, EACH_ITS_OWN) | dict.fromkeys(("global", "thread-local"), ONE_FOR_ALL)  # what `loopscope run indication` prints
NATIVE_MAIN = NATIVE | {"context-shared": ONE_FOR_ALL}  # ... and `indication-main`
WATCH = ("--watch", "global_symbol")

RECORDER = None
PACKAGES = None


def printed(python, *arguments, fallback=False, **environment):
    options = ["--fallback"] if fallback else []
    return record(RECORDER, python, "--virtual", *options, *arguments, **environment).out


def with_aiotask(python, *arguments, **options):
    return printed(python, *arguments, PYTHONPATH=PACKAGES, **options)


class Storages(unittest.TestCase):
    @every_python
    def test_programs_print_what_they_print(self, python):
        self.assertEqual(printed(python, "indication_global.py"), ONE_FOR_ALL)
        self.assertEqual(printed(python, *WATCH, "indication_global.py"), ONE_FOR_ALL)
        self.assertEqual(printed(python, "indication_main.py"), ONE_FOR_ALL)

    @every_python
    def test_a_global_is_switched_while_the_program_runs(self, python):
        self.assertEqual(printed(python, *WATCH, "--switch", "0.5=contextvar", "indication_global.py"), "c" * 20 + "0abc" * 6)

    @every_python
    def test_a_global_is_switched_there_and_back(self, python):
        switches = ("--switch", "0.3=contextvar", "--switch", "0.6=global_symbol:global", "--switch", "0.8=context-shared")
        self.assertEqual(printed(python, *WATCH, *switches, "indication_global.py"), "c" * 12 + "0abc" * 3 + "c" * 8 + "0abc" * 3)

    @every_python
    def test_a_global_is_kept_in_every_storage(self, python):
        for storage, expected in NATIVE.items():
            with self.subTest(storage=storage):
                self.assertEqual(printed(python, *WATCH, "--switch", f"0={storage}", "indication_global.py"), expected)

    @every_python
    def test_a_copy_has_what_was_written_before_it_was_made(self, python):
        for storage, expected in {"contextvar": "2446d1d26886", "context-copy": "4446d1d26888", "context-shared": "446d1d2d2d2888"}.items():
            with self.subTest(storage=storage):
                self.assertEqual(printed(python, "--watch", "g", "--switch", f"0={storage}", "written_twice.py"), expected)

    @every_python
    def test_tasks_of_one_root_share_its_context(self, python):
        for storage, expected in NATIVE_MAIN.items():
            with self.subTest(storage=storage):
                self.assertEqual(printed(python, *WATCH, "--switch", f"0={storage}", "indication_main.py"), expected)

    @every_python
    def test_reads_name_their_writer(self, python):
        done = record(RECORDER, python, "--virtual", *WATCH, "--switch", "0.5=contextvar", "indication_global.py")
        writes = [None] + [record.a for record in done.of("set")]
        self.assertEqual(writes, [None, ".", "0", "a", "b", "c"])
        self.assertEqual("".join(writes[get.a] for get in done.of("get")), "c" * 20 + "0abc" * 6)
        self.assertEqual([switch.b for switch in done.of("storage")], [STORAGES.index("contextvar")])
        [variable] = done.of("variable")
        self.assertEqual((variable.a, variable.b & 0xFF), ("global_symbol", STORAGES.index("global")))

    @every_python
    def test_a_class_attribute_is_switched(self, python):
        watch = ("--watch", "Context.symbol", "class_attribute.py")
        lines = printed(python, *watch).splitlines()
        self.assertEqual(lines[:2], [".", "cccccccccccc"])
        for switch, first in (("0=contextvar", "0abc"), ("0.1=contextvar", "cccc"), ("0.1=Context.symbol:context-copy", "cccc")):
            line = printed(python, "--switch", switch, *watch).splitlines()[1]
            self.assertEqual((line[:4], sorted(line[-4:])), (first, sorted("0abc")), switch)  # equal deadlines: heapq has its own order

    @every_python
    def test_a_value_that_can_change_is_shared_or_copied_as_its_storage_does(self, python):
        shared = "mainab mainab mainab\n"
        for storage, expected in (("global", shared), ("context-shared", shared), ("context-copy", "maina mainb main\n")):
            arguments = ("--watch", "items", "--switch", f"0={storage}", "mutable_global.py")
            with self.subTest(storage=storage):
                self.assertEqual(printed(python, *arguments), expected)
                self.assertEqual(printed(python, *arguments, fallback=True), expected)

    @every_python
    def test_a_thread_local_is_switched(self, python):
        plain = printed(python, "thread_local.py").splitlines()
        self.assertEqual(plain[0], "cccccccccccc")
        self.assertEqual(plain[1], "False initial subclass ['first'] []")
        [line, *_] = printed(python, "--switch", "0.1=contextvar", "thread_local.py").splitlines()
        self.assertEqual((line[:4], sorted(line[4:8]), sorted(line[8:])), ("cccc", sorted("0abc"), sorted("0abc")))
        everywhere = printed(python, "--switch", "0=symbol:global", "thread_local.py").splitlines()
        self.assertEqual(everywhere[1], "True initial subclass ['first'] []")

    @every_python
    def test_a_context_variable_is_switched(self, python):
        done = record(RECORDER, python, "--virtual", "--switch", "0.2=global", "context_variable.py")
        line = done.out.splitlines()[0]
        self.assertEqual((line[:4], sorted(line[4:8]), line[8:]), ("0abc", sorted("0abc"), "cccc"))
        self.assertEqual([variable.a for variable in done.of("variable")], ["symbol", "library"])
        self.assertEqual([storage.subject for storage in done.of("storage")], [1], "a library's variable was switched")


class Fallback(unittest.TestCase):
    """The recorder in Python switches as the extension does, and records the same."""

    KINDS = {"iteration", "due", "run", "ran", "ready", "wake", "timer", "deadline", "task", "task_cancel", "wait", "set", "get", "output", "storage"}

    def shape(self, done):
        """Returns a run's records but for what differs by nature: times, lines, addresses, and texts that are empty."""
        kept = [each for each in done.of(*self.KINDS) if each.kind != "output" or each.a]
        return [(each.kind, each.subject if each.kind in ("run", "task", "get", "set", "storage") else None) for each in kept]

    @every_python
    def test_programs_are_switched(self, python):
        arguments = (*WATCH, "--switch", "0.5=contextvar", "indication_global.py")
        self.assertEqual(printed(python, *arguments, fallback=True), "c" * 20 + "0abc" * 6)
        for storage, expected in NATIVE_MAIN.items():
            with self.subTest(storage=storage):
                self.assertEqual(printed(python, *WATCH, "--switch", f"0={storage}", "indication_main.py", fallback=True), expected)

    @every_python
    def test_the_records_are_the_extensions(self, python):
        arguments = ("--virtual", *WATCH, "--switch", "0.5=contextvar", "indication_global.py")
        extension, fallback = record(RECORDER, python, *arguments), record(RECORDER, python, "--fallback", *arguments)
        self.assertEqual(fallback.ours(), [])
        self.assertEqual(self.shape(fallback), self.shape(extension))


class Aiotask(unittest.TestCase):
    def setUp(self):
        if PACKAGES is None:
            self.skipTest(recordings.aiotask_context.why)

    @every_python
    def test_the_program_prints_what_it_prints(self, python):
        self.assertEqual(with_aiotask(python, "indication_aiotask.py"), EACH_ITS_OWN)

    @every_python
    def test_a_key_is_switched_while_the_program_runs(self, python):
        self.assertEqual(with_aiotask(python, "--switch", "0.5=global", "indication_aiotask.py"), "0abc" * 5 + "c" * 24)
        self.assertEqual(with_aiotask(python, "--switch", "0.5=symbol:global", "indication_aiotask.py"), "0abc" * 5 + "c" * 24)
        self.assertEqual(with_aiotask(python, "--switch", "0.5=global", "indication_aiotask.py", fallback=True), "0abc" * 5 + "c" * 24)

    @every_python
    def test_a_key_is_kept_in_every_storage(self, python):
        for storage, expected in NATIVE.items():
            with self.subTest(storage=storage):
                self.assertEqual(with_aiotask(python, "--switch", f"0={storage}", "indication_aiotask.py"), expected)

    @every_python
    def test_a_key_has_the_storage_of_the_task_factory(self, python):
        for factory, storage in (("task_factory", 3), ("copying_task_factory", 4), ("chainmap_task_factory", 5)):
            with self.subTest(factory=factory):
                plain = recordings.run([python, "aiotask_factories.py", factory], PYTHONPATH=PACKAGES)
                done = record(RECORDER, python, "aiotask_factories.py", factory, PYTHONPATH=PACKAGES)
                self.assertEqual(done.as_plain(), plain.as_plain())
                self.assertEqual({variable.b & 0xFF for variable in done.of("variable")}, {storage})
                self.assertEqual({found.a for found in done.of("found")}, {"None"}, "a value has an unknown writer")  # a default has none


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    PACKAGES = recordings.aiotask_context()
    unittest.main()
