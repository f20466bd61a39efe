"""Two runs side by side, and many schedules."""

import pathlib
import re
import tempfile

from program import Program, STORAGES, loopscope


class Comparison(Program):
    def test_prints_both_outputs_with_their_differences_marked_and_says_who_printed_what_first(self):
        done = loopscope("compare", "indication", "--storage", "global", "--storage", "contextvar")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "global      " + "c" * 40)
        self.assertEqual(lines[1], "contextvar  " + "0abc" * 10)
        self.assertEqual(lines[2], "            " + " ".join(["^^^"] * 10))
        self.assertEqual(lines[4], "They first differ at print 1: under global indication(0) prints 'c', written by sleep(c); "
                                   "under contextvar indication(0) prints '0', written by sleep(0).")
        self.assertEqual(lines[5], "30 of 40 prints differ.")

    def test_says_how_many_prints_of_a_side_are_stale(self):
        done = loopscope("compare", "pool-worker")
        self.assertEqual(done.stdout.splitlines()[-1], "Under contextvar 3 of 4 prints are stale.")
        self.assertNotIn("Under global", done.stdout)

    def test_of_what_is_equal_says_so_and_succeeds(self):
        done = loopscope("compare", "indication", "--storage", "argument", "--storage", "contextvar")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("argument and contextvar print the same.", done.stdout)
        self.assertNotIn("^", done.stdout)

    def test_of_parameters_changes_those_of_the_second_side(self):
        done = loopscope("compare", "indication", "--storage", "contextvar", "--other-set", "duration=0.5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("contextvar, duration=0.5", done.stdout)
        self.assertIn("They first differ at print 21: ", done.stdout)
        self.assertIn("nothing is printed any more", done.stdout)

    def test_of_two_versions_of_asyncio_names_them_and_is_under_one_storage(self):
        done = loopscope("compare", "child-set", "--asyncio", "3.11", "--asyncio", "3.12")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.splitlines()[:3],
                         ["contextvar, asyncio 3.11  acc", "contextvar, asyncio 3.12  acd", " " * 28 + "^"])
        self.assertRegex(done.stdout, r"(?m)^They first differ at print 3: under contextvar, asyncio 3\.11 ")
        same = loopscope("compare", "child-set", "--asyncio", "3.12", "--asyncio", "3.13")
        self.assertIn("contextvar, asyncio 3.12 and contextvar, asyncio 3.13 print the same.", same.stdout)

    def test_of_one_version_of_asyncio_is_of_both_sides(self):
        done = loopscope("compare", "child-set", "--asyncio", "3.11")
        self.assertRegex(done.stdout, r"^global +\S+\ncontextvar +\S+\n")

    def test_of_long_outputs_comes_in_blocks(self):
        done = loopscope("compare", "indication", "--set", "duration=5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("150 of 200 prints differ.", done.stdout)
        self.assertLessEqual(max(map(len, done.stdout.splitlines()[:10])), 100)

    def test_fails_with_a_sentence_on_what_makes_no_sense(self):
        for arguments in (("nonsense",), ("indication", "--storage", "nonsense"), ("indication", "--other-set", "interval=0"),
                          ("indication", "--size", "1x1"), ("indication", *("--storage", "global") * 3),
                          ("indication", *("--asyncio", "3.11") * 3), ("indication", "--asyncio", "3.10")):
            with self.subTest(arguments=arguments):
                done = loopscope("compare", *arguments)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")
                self.assertRegex(done.stderr, r"^loopscope: .+\n$")

    def test_is_drawn_without_a_display(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "picture.png"
            done = loopscope("compare", "indication", "--png", str(path), "--size", "640x360")
            self.assertEqual(done.returncode, 0, done.stderr)
            data = path.read_bytes()
            self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
            self.assertEqual(data[16:24], (640).to_bytes(4, "big") + (360).to_bytes(4, "big"))


class ComparisonOfFiles(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def save(self, name, program, *arguments):
        path = str(self.folder / name)
        self.assertEqual(loopscope("run", program, "--save", path, *arguments).returncode, 0)
        return path

    def test_prints_both_outputs_where_they_part_the_first_difference_and_why(self):
        ordinary = self.save("ordinary.loopscope", "equal-deadlines", "--set", "symbols=012")
        other = self.save("1.loopscope", "equal-deadlines", "--set", "symbols=012", "--schedule", "ties,0=1")
        done = loopscope("compare", ordinary, other)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertRegex(lines[0], r"^ordinary  [012]{3}$")
        self.assertRegex(lines[1], r"^1         [012]{3}$")
        self.assertRegex(lines[2], r"^ +\^")
        self.assertRegex(done.stdout, r"(?m)^They part at handle 5:\n  ordinary: at 0.100 s, task 2: .*\n  1: at 0.100 s, task 3: ")
        self.assertRegex(done.stdout, r"(?m)^They first differ at print \d: under ordinary \w+.* prints '\d'.*; under 1 ")
        self.assertRegex(done.stdout, r"(?m)^Why:\n  ordinary: .* prints '0'.*\n  1: .* prints '1'")

    def test_that_are_the_same_says_so(self):
        one, other = (self.save(name, "child-set") for name in ("a.loopscope", "b.loopscope"))
        done = loopscope("compare", one, other)
        self.assertIn("a and b print the same.", done.stdout)
        self.assertNotIn("part", done.stdout)
        self.assertNotIn("Why", done.stdout)

    def test_says_that_they_end_differently(self):
        one = self.save("a.loopscope", "child-set", "--until", "0.01")
        other = self.save("b.loopscope", "child-set")
        self.assertRegex(loopscope("compare", one, other).stdout, r"(?m)^a has no end, b ends with ok\.$")

    def test_is_drawn(self):
        one = self.save("a.loopscope", "indication")
        other = self.save("b.loopscope", "indication", "--storage", "contextvar")
        picture = self.folder / "picture.png"
        done = loopscope("compare", one, other, "--png", str(picture), "--size", "640x360")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    def test_that_cannot_be_is_one_sentence(self):
        one = self.save("a.loopscope", "child-set")
        self.assert_one_line(loopscope("compare", one, str(self.folder / "none.loopscope")), 1)
        self.assert_one_line(loopscope("compare", one, one, "--storage", "global"), 2)
        self.assert_one_line(loopscope("compare", one, one, "--asyncio", "3.11"), 2)
        self.assert_one_line(loopscope("compare", one, one, "--png", one), 2)
        self.assert_one_line(loopscope("compare", one), 2)


class Exploration(Program):
    def test_lists_every_output_with_its_share_and_says_what_asyncio_could_do(self):
        done = loopscope("explore", "equal-deadlines", "--set", "symbols=012", "--exhaustive")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("6 schedules, all there are, 6 different outputs", done.stdout)
        self.assertEqual(done.stdout.count(" 16.67 % "), 6)
        for output in ("012", "021", "102", "120", "201", "210"):
            self.assertRegex(done.stdout, rf"(?m)  yes  {output}$")
        self.assertIn("asyncio could do that", done.stdout)
        self.assertNotIn("could not", done.stdout)

    def test_says_that_asyncio_could_not_reorder_its_ready_queue(self):
        done = loopscope("explore", "mutable-value", "--exhaustive", "--ready", "--storage", "contextvar")
        self.assertIn("asyncio could not do that", done.stdout)
        self.assertRegex(done.stdout, r"(?m)  yes  ccc$")
        self.assertRegex(done.stdout, r"(?m)  no   aaa$")

    def test_is_the_same_each_time(self):
        runs = [loopscope("explore", "indication", "--jitter", "0.05", "--schedules", "300", "--seed", "3") for _ in range(2)]
        self.assertEqual(runs[0].stdout, runs[1].stdout)
        self.assertIn("It leaks in asyncio's own order already.", runs[0].stdout)

    def test_counts_stale_prints_in_a_column_of_their_own(self):
        done = loopscope("explore", "pool-worker", "--storage", "contextvar", "--exhaustive")
        self.assertRegex(done.stdout, r"(?m)share +times +leaks +stale +asyncio")
        self.assertRegex(done.stdout, r"(?m)100.00 % +1 +0 +3 +yes +aaaa$")
        self.assertNotIn("stale", loopscope("explore", "pool-worker", "--storage", "global", "--exhaustive").stdout)

    def test_takes_every_storage(self):
        done = loopscope("explore", "created-before-set", "--all", "--exhaustive")
        for storage in STORAGES:
            self.assertRegex(done.stdout, rf"(?m)^{storage}: 1 schedule, all there are, 1 different output$")

    def test_names_schedules_that_run_takes(self):
        done = loopscope("explore", "equal-deadlines", "--exhaustive", "--schedules", "50")
        rows = re.findall(r"  yes  (\S+)\n +(ties\S*)\n", done.stdout)
        self.assertGreater(len(rows), 10)
        for output, schedule in rows[:5]:
            self.assertEqual(loopscope("run", "equal-deadlines", "--schedule", schedule).stdout, output + "\n")

    def test_is_of_the_version_of_asyncio_that_is_named(self):
        done = loopscope("explore", "child-set", "--storage", "contextvar", "--asyncio", "3.11", "--exhaustive")
        self.assertRegex(done.stdout, r"(?m)  yes  acc$")
        self.assertIn("loopscope run child-set --set asyncio=3.11 --schedule SCHEDULE", done.stdout)
        self.assertRegex(loopscope("explore", "child-set", "--storage", "contextvar", "--exhaustive").stdout, r"(?m)  yes  acd$")

    def test_of_what_makes_no_sense_is_one_sentence(self):
        for wrong in (["nothing"], ["indication", "--asyncio", "3.9"], ["indication", "--freedoms", "io"], ["indication", "--schedules", "0"], ["indication", "--jitter", "soon"], ["indication", "--storage", "x"]):
            with self.subTest(wrong=wrong):
                self.assert_one_line(loopscope("explore", *wrong), 2)
        self.assert_one_line(loopscope("run", "indication", "--schedule", "often"), 2)
