"""Tests of the random programs: over many seeds everything that may occur does occur."""

import collections
import pathlib
import tempfile
import unittest

from bodies import LEAVES, NESTS, WIDE_LEAVES
from generate import STORAGES, format_program, generate
from reference import TOO_DEEP
from reference_process import NOT_FOUND, ReferenceProcess, find_python
from operations import needed_version
from rim import RIM_LEAVES, RIM_NESTS

SEEDS = range(1000)
OUTCOMES = {
    "ok", "deadlock", "CancelledError", "TimeoutError", "ValueError", "RuntimeError", "ExceptionGroup",
}


def operations_of(body):
    """The names of all operations in a body, nested ones too."""
    for operation, *arguments in body:
        yield operation
        if operation in NESTS or operation in RIM_NESTS:
            for argument in arguments[1:] if operation == "task_group" else arguments:
                if isinstance(argument, list):
                    yield from operations_of(argument)


class Documents(unittest.TestCase):
    """What can be told from the programs without running them."""

    def test_the_same_seed_gives_the_same_program(self):
        self.assertEqual(format_program(generate(7)), format_program(generate(7)))
        self.assertNotEqual(generate(7), generate(8))

    def test_every_operation_occurs(self):
        counts = collections.Counter()
        for seed in SEEDS:
            for body in generate(seed)["coroutines"].values():
                counts.update(operations_of(body))
        self.assertEqual(set(counts), {*LEAVES, *NESTS})
        self.assertGreater(min(counts.values()), len(SEEDS) // 10, counts)

    def test_every_operation_of_the_wide_vocabulary_occurs_there_and_nowhere_else(self):
        counts = collections.Counter()
        for seed in SEEDS:
            for body in generate(seed, wide=True)["coroutines"].values():
                counts.update(operations_of(body))
        self.assertEqual(set(counts), {*LEAVES, *WIDE_LEAVES, *NESTS})
        self.assertGreater(min(counts.values()), len(SEEDS) // 10, counts)

    def test_every_operation_at_the_rim_occurs_there_and_so_do_eager_tasks_and_closing(self):
        counts = collections.Counter()
        programs = [generate(seed, rim=True) for seed in SEEDS[:400]]
        for program in programs:
            for body in program["coroutines"].values():
                counts.update(operations_of(body))
        self.assertEqual(set(counts), {*LEAVES, *WIDE_LEAVES, *RIM_LEAVES, *NESTS, *RIM_NESTS})
        self.assertGreater(min(counts.values()), len(programs) // 20, counts)
        self.assertEqual({(program["eager"], program["closes"]) for program in programs},
                         {(True, True), (True, False), (False, True), (False, False)})

    def test_each_version_has_what_most_programs_use_and_none_has_what_all_use(self):
        needed = collections.Counter(needed_version(generate(seed, rim=True)) for seed in SEEDS[:400])
        self.assertEqual(set(needed), {(3, 11), (3, 12), (3, 13)})
        self.assertGreater(needed[3, 11], 200, needed)
        self.assertGreater(min(needed.values()), 20, needed)

    def test_every_value_of_every_setting_occurs(self):
        programs = [generate(seed) for seed in SEEDS]
        seen = {key: {program[key] for program in programs}
                for key in ("step_cost", "storage", "permits", "queue_size")}
        self.assertEqual(seen, {"step_cost": {0, 1, 2, 5}, "storage": set(STORAGES),
                                "permits": {0, 1, 2, 3}, "queue_size": {0, 1, 2}})
        self.assertEqual({len(program["roots"]) for program in programs}, {1, 2, 3, 4, 5})


class Outcomes(unittest.TestCase):
    """What the programs do when asyncio runs them."""

    @classmethod
    def setUpClass(cls):
        python = find_python()
        if python is None:
            raise unittest.SkipTest(NOT_FOUND)
        cls.too_deep, cls.outputs = 0, []
        with tempfile.TemporaryDirectory() as folder, ReferenceProcess(python) as reference:
            for seed in SEEDS:
                path = pathlib.Path(folder, "program.json")
                path.write_text(format_program(generate(seed)), encoding="utf-8")
                status, output = reference.run(path)
                cls.too_deep += status == TOO_DEEP
                if status != TOO_DEEP:
                    cls.outputs.append([line.split(" ") for line in output.decode().splitlines()])

    def test_every_way_to_end_occurs(self):
        ends = collections.Counter(lines[-1][2] for lines in self.outputs)
        self.assertEqual(set(ends), OUTCOMES)
        self.assertGreater(min(ends.values()), len(SEEDS) // 100, ends)

    def test_every_exception_is_caught_somewhere(self):
        caught = collections.Counter(
            kind for lines in self.outputs
            for kind in {line[3] for line in lines[:-1] if line[2] == "caught"})
        self.assertEqual(set(caught), OUTCOMES - {"ok", "deadlock"})
        self.assertGreater(min(caught.values()), len(SEEDS) // 50, caught)

    def test_few_programs_are_too_deep_or_say_nothing(self):
        self.assertLess(self.too_deep, len(SEEDS) // 10)
        silent = sum(len(lines) <= 2 for lines in self.outputs)
        self.assertLess(silent, len(SEEDS) // 8)


if __name__ == "__main__":
    unittest.main()
