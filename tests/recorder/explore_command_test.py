#!/usr/bin/env python3
"""`loopscope explore` of Python programs as its users meet it, from a shell: explore_command_test.py PROGRAM [UNITTEST OPTIONS]

Without a Python that can be recorded it exits with 77, "skipped".
"""

import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import pythons
import recordings

PYTHONS = []
PATIENCE = 120

# The post's first program, made small: two symbols, three tenths of a second.
SMALL = """import asyncio
global_symbol = '.'
async def indication(timeout):
    while True:
        print(global_symbol, end='')
        await asyncio.sleep(timeout)
async def sleep(t, indication_t, symbol='.'):
    global global_symbol
    global_symbol = symbol
    task = asyncio.get_running_loop().create_task(indication(indication_t))
    await asyncio.sleep(t)
    task.cancel()
async def main():
    await asyncio.gather(sleep(0.3, 0.1, '0'), sleep(0.3, 0.1, 'a'))
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
"""
TWIN = ("indication", "--set", "symbols=0a", "--set", "duration=0.3", "--set", "step-cost=0")

LOST_UPDATE = """import asyncio
balance = 0
async def slow():
    global balance
    await asyncio.sleep(0.1)
    before = balance
    await asyncio.sleep(0.1)
    balance = before + 1
async def quick():
    global balance
    for _ in range(2):
        await asyncio.sleep(0.1)
    balance += 1
async def main():
    await asyncio.gather(slow(), quick(), *(asyncio.sleep(0.05 * each) for each in range(8)))
    print(balance)
asyncio.run(main())
"""

FAILS = """import asyncio
cache = {}
async def fill():
    await asyncio.sleep(0.1)
    cache['a'] = 1
async def use():
    await asyncio.sleep(0.1)
    print(cache['a'])
async def forgotten():
    await asyncio.sleep(0.1)
    if 'a' not in cache: raise ValueError('no a')
async def main():
    asyncio.create_task(forgotten())
    await asyncio.gather(fill(), use())
    await asyncio.sleep(1)
asyncio.run(main())
"""

DEADLOCKS = """import asyncio
async def take(first, second, pause):
    await asyncio.sleep(0.1)
    async with first:
        if pause: await asyncio.sleep(pause)
        async with second:
            print('got')
async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(take(a, b, 0.1), take(b, a, 0))
asyncio.run(main())
"""


class Explored(program.InSession):
    def write(self, text, name="app.py"):
        (self.folder / name).write_text(text)
        return name

    def command(self, *arguments, python=None):
        return [program.program_path(), "explore", "--python", python or PYTHONS[0], *map(str, arguments)]

    def explore(self, *arguments, python=None):
        done = subprocess.run(self.command(*arguments, python=python), cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)  # fmt: skip
        self.assertEqual(list(self.session.iterdir()), [], "it leaves something behind")
        return done

    def loopscope(self, *arguments):
        done = program.loopscope(*map(str, arguments), cwd=self.folder, env=self.environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def rows(self, done):
        """What stands behind `yes` or `no` in each row of the table, and its schedule."""
        self.assertEqual(done.returncode, 0, done.stderr)
        return re.findall(r"(?m)^ +\d+\. .*  (?:yes|no) +(.*)\n +(\S.*)$", done.stdout)

    def outputs(self, done):
        return {row.split()[-1] for row, _ in self.rows(done)}


class Outcomes(Explored):
    def test_of_the_post_are_those_of_its_native_twin(self):
        self.write(SMALL)
        for storage in ("global", "contextvar"):
            native = program.loopscope("explore", *TWIN, "--storage", storage, "--exhaustive")
            expected = set(re.findall(r"(?m)  yes  ([0a]+)$", native.stdout))
            self.assertGreater(len(expected), 2)
            for python in PYTHONS:
                with self.subTest(storage=storage, python=python):
                    done = self.explore("--exhaustive", "--freedoms", "ties", "--watch", "global_symbol", "--switch", f"0={storage}", "app.py", python=python)
                    self.assertIn(", all there are", done.stdout)
                    self.assertEqual(self.outputs(done), expected)

    def test_of_a_lost_update_is_found_and_shrunk_to_one_deviation(self):
        self.write(LOST_UPDATE)
        done = self.explore("--schedules", "200", "app.py")
        schedules = {row.split()[-1]: schedule for row, schedule in self.rows(done)}
        self.assertEqual(set(schedules), {r"1\n", r"2\n"})
        self.assertEqual(sorted(schedule.count("=") for schedule in schedules.values() if schedule != "asyncio's own order"), [1])

    def test_are_told_apart_by_exception_and_place_and_by_what_nobody_retrieved(self):
        self.write(FAILS)
        rows = [row for row, _ in self.rows(self.explore("--schedules", "100", "app.py"))]
        self.assertTrue(any(re.match(r"ok +1\\n$", row) for row in rows), rows)
        self.assertTrue(any(re.match(r"KeyError at app.py:8 +\(nothing\)$", row) for row in rows), rows)
        self.assertTrue(any(row.startswith("ok, never retrieved: ValueError at app.") for row in rows), rows)

    def test_are_deadlocks_too(self):
        self.write(DEADLOCKS)
        rows = [row for row, _ in self.rows(self.explore("--schedules", "50", "app.py"))]
        self.assertEqual(sorted(row.split()[0] for row in rows), ["deadlock", "ok"])

    def test_are_the_same_bytes_for_a_seed(self):
        self.write(SMALL)
        runs = [self.explore("--schedules", "60", "--jitter", "0.05", "--seed", "3", "app.py").stdout for _ in range(2)]
        self.assertEqual(runs[0], runs[1])
        self.assertIn("each iteration may begin", runs[0])

    def test_that_asyncio_could_not_have_are_marked(self):
        self.write("import asyncio\nasync def say(text): print(text, end='')\nasync def main():\n"
                   "    await asyncio.gather(*map(say, 'xyz'))\nasyncio.run(main())\n")  # fmt: skip
        done = self.explore("--schedules", "60", "--ready", "app.py")
        self.assertEqual(len(self.outputs(done)), 6)
        self.assertRegex(done.stdout, r"(?m)  yes  xyz$")
        self.assertRegex(done.stdout, r"(?m)  no   zyx$")

    def test_of_random_numbers_are_the_same_each_time_and_in_what_is_run_again(self):
        self.write("import asyncio, random\n\n\nasync def main():\n    print(random.random())\n\n\nasyncio.run(main())\n")
        done = self.explore("--schedules", "10", "app.py")
        self.assertIn("10 schedules, 1 different output\n", done.stdout)
        again = self.loopscope("record", "--python", PYTHONS[0], "--schedule", "ties", "app.py")
        self.assertIn(again.strip(), done.stdout)

    def test_of_a_module_are_explored_as_well(self):
        self.write(LOST_UPDATE)
        done = self.explore("--schedules", "5", "-m", "app")
        self.assertRegex(done.stdout, r"(?m)^app: 5 schedules")
        self.assertTrue((self.folder / "app-explored" / "ordinary.loopscope").exists())


class Files(Explored):
    def setUp(self):
        super().setUp()
        self.write(LOST_UPDATE)
        self.done = self.explore("--schedules", "60", "-o", "found", "--watch", "balance", "app.py")
        self.other, = (number for number, (_, schedule) in enumerate(self.rows(self.done), 1) if schedule != "asyncio's own order")

    def test_of_outcomes_open_with_their_schedule_and_source(self):
        names = sorted(path.name for path in (self.folder / "found").iterdir())
        self.assertEqual(names, ["1.loopscope", "2.loopscope", "ordinary.loopscope"])
        drawn = program.loopscope("open", str(self.folder / "found" / "1.loopscope"), "--svg", str(self.folder / "t.svg"))
        self.assertEqual(drawn.returncode, 0, drawn.stderr)
        self.assertRegex(drawn.stderr, r"Note: outcome 1 of 2: ok, in \d+\.\d\d % of 60 schedules; this one is ")
        self.assertIn("balance", self.loopscope("convert", "found/1.loopscope", "t.txt") + (self.folder / "t.txt").read_text())

    def test_are_compared_as_the_last_line_says(self):
        command = re.search(r"To compare: +loopscope (compare .*)", self.done.stdout)[1]
        self.assertEqual(command, f"compare found/ordinary.loopscope found/{self.other}.loopscope")
        text = self.loopscope(*command.split())
        self.assertRegex(text, r"\Aordinary  2\\n\n\d         1\\n\n +\^")
        self.assertRegex(text, r"(?m)^They part at handle \d+:\n  ordinary: at 0\.200 s, task \d: The timer of .*\n  \d: at 0\.200 s, task 3: The timer of quick")
        self.assertRegex(text, r"(?m)^They first differ at print 1: under ordinary main prints '2'; under \d main prints '1'\.$")
        self.assertRegex(text, r"(?m)^Why:\n  ordinary: main resumes: all that it gathered is done\. It prints '2'")

    def test_are_made_again_by_the_command_that_is_said(self):
        command = re.search(r"To run it again: loopscope (record --schedule '(\S+)' .*)", self.done.stdout)
        words = command[1].replace("'", "").split()
        again = subprocess.run([program.program_path(), *words], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
                               text=True, timeout=PATIENCE, check=False)  # fmt: skip
        self.assertEqual((again.returncode, again.stdout), (0, "1\n"), again.stderr)
        one, other = (self.folder / name for name in ("one.csv", "other.csv"))
        self.loopscope("convert", "app.loopscope", one)
        self.loopscope("convert", f"found/{self.other}.loopscope", other)
        self.assertEqual(one.read_bytes(), other.read_bytes())

    def test_of_an_earlier_exploration_do_not_stay(self):
        (self.folder / "found" / "3.loopscope").write_bytes(b"old")
        self.explore("--schedules", "60", "-o", "found", "app.py")
        self.assertFalse((self.folder / "found" / "3.loopscope").exists())


class Sentences(Explored):
    def assert_sentence(self, done, code, *parts):
        self.assert_one_line(done, code)
        self.assertEqual(done.stdout, "")
        for part in parts:
            self.assertIn(part, done.stderr)

    def test_say_that_a_program_prints_differently_by_itself(self):
        self.write("import asyncio, random\nasync def main():\n    print('a')\n    print(random.SystemRandom().random())\nasyncio.run(main())\n")
        self.assert_sentence(self.explore("app.py"), 1, "'app.py' does not do the same when it is run again", "line 2 of its output is '0.", "seed its random")
        self.assertEqual([path.name for path in self.folder.glob("*-explored")], [], "there is nothing in it")

    def test_say_that_a_program_does_not_end(self):
        self.write("import asyncio\nasync def main():\n    while True: await asyncio.sleep(1)\nasyncio.run(main())\n")
        self.assert_sentence(self.explore("app.py"), 1, "'app.py' does not end")

    def test_say_why_a_program_cannot_be_explored(self):
        self.write("print('no loop')")
        self.assert_sentence(self.explore("app.py"), 1, "nothing of 'app.py' ran on an asyncio loop")
        self.write("import asyncio\nasync def main()\n")
        self.assert_sentence(self.explore("app.py"), 1, "'app.py' fails before anything", "SyntaxError")
        self.assert_sentence(self.explore("none.py"), 2, "'none.py' does not exist")
        self.assert_sentence(self.explore("-m", "no_such_module"), 1, "no_such_module")

    def test_say_that_a_folder_cannot_be_written(self):
        self.write(LOST_UPDATE)
        self.assert_sentence(self.explore("-o", "app.py", "app.py"), 1, "cannot write the traces into the folder app.py")

    def test_say_which_option_is_wrong(self):
        self.write(LOST_UPDATE)
        for wrong in (["--schedules", "0"], ["--jitter", "soon"], ["--freedoms", "ties,time"], ["--lines", "some"], ["--storage", "contextvar"], ["--all"]):
            with self.subTest(wrong=wrong):
                self.assert_sentence(self.explore(*wrong, "app.py"), 2)
        self.assert_one_line(program.loopscope("explore", "indication", "--freedoms", "io"), 2)
        self.assert_one_line(program.loopscope("explore", "indication", "--watch", "x"), 2)
        self.assert_one_line(program.loopscope("record", "--schedule", "often", str(self.folder / "app.py")), 2)


class Interrupted(Explored):
    def test_leaves_nothing_behind_and_tells_what_it_knows(self):
        self.write(LOST_UPDATE)
        running = subprocess.Popen(self.command("--schedules", "100000000", "app.py"), cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip
        self.addCleanup(running.kill)
        end = time.monotonic() + PATIENCE
        while len(list(self.session.glob("*/*.spool"))) < 2:
            self.assertLess(time.monotonic(), end, "it did not begin")
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        said, complaint = running.communicate(timeout=PATIENCE)
        self.assertEqual(running.returncode, 128 + signal.SIGINT, complaint)
        self.assertTrue(not said or "schedule" in said, said)
        self.assertEqual(list(self.session.iterdir()), [])
        self.assertEqual(list(self.folder.glob("*-explored")), [])


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    if not pythons.all_pythons(recordings.OLDEST):
        print(f"No Python from 3.8 on was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    PYTHONS = recordings.tested_pythons()
    unittest.main()
