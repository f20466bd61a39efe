#!/usr/bin/env python3
"""What the program does without a window, seen from a shell: cli_test.py PROGRAM [UNITTEST OPTIONS]"""

import csv
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unittest

LOOPSCOPE = ""

ONLY_C = "c" * 40
EACH_ITS_OWN = "0abc" * 10
STORAGES = ("argument", "global", "thread-local", "context-shared", "context-copy", "context-chainmap", "contextvar")
# Of those that the tests below speak of. What every program prints is compared with its own table in tests/core/scenario.
OUTPUTS = {
    "indication": dict.fromkeys(STORAGES, EACH_ITS_OWN) | {"global": ONLY_C, "thread-local": ONLY_C},
    "indication-main": dict.fromkeys(STORAGES, EACH_ITS_OWN) | {"global": ONLY_C, "thread-local": ONLY_C, "context-shared": ONLY_C},
}
PROGRAMS = (
    "indication", "indication-main", "threads", "created-before-set", "pool-worker", "captured-callback", "mutable-value", "child-set",
    "reset-elsewhere", "lock-fairness", "nested-cancel", "equal-deadlines", "lost-wakeup",
)
DOCUMENT = pathlib.Path(__file__).resolve().parents[3] / "docs" / "programs.md"


def without_display():
    return {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def loopscope(*arguments, **options):
    """Runs the program where there is no display; gives what it did."""
    options = {"capture_output": True, "text": True, "timeout": 120, "env": without_display(), "check": False} | options
    return subprocess.run([LOOPSCOPE, *arguments], **options)


class Program(unittest.TestCase):
    def assert_one_line(self, done, code):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertRegex(done.stderr, r"\Aloopscope: [^\n]+\n\Z")


class Output(Program):
    def test_is_what_each_program_prints_under_each_storage(self):
        for program, outputs in OUTPUTS.items():
            for storage, output in outputs.items():
                with self.subTest(program=program, storage=storage):
                    done = loopscope("run", program, "--storage", storage)
                    self.assertEqual(done.stdout, output + "\n")
                    self.assertEqual(done.returncode, 0)

    def test_is_that_of_global_unless_told_otherwise(self):
        self.assertEqual(loopscope("run", "indication").stdout, ONLY_C + "\n")

    def test_is_the_same_for_names_with_underscores(self):
        for storage in ("thread_local", "context_shared", "context_copy", "context_chainmap"):
            with self.subTest(storage=storage):
                done = loopscope("run", "indication-main", "--storage", storage)
                self.assertEqual(done.stdout, OUTPUTS["indication-main"][storage.replace("_", "-")] + "\n")

    def test_ends_with_a_newline_also_if_nothing_is_printed(self):
        self.assertEqual(loopscope("run", "indication", "--until", "0").stdout, "\n")

    def test_stops_at_a_time_of_the_loop_s_clock(self):
        self.assertEqual(loopscope("run", "indication", "--until", "0.45").stdout, "c" * 20 + "\n")
        self.assertEqual(loopscope("run", "indication", "--until", "450ms", "--storage", "contextvar").stdout, "0abc" * 5 + "\n")
        self.assertEqual(loopscope("run", "indication", "--until", "100").stdout, ONLY_C + "\n")

    def test_changes_with_the_program_s_parameters(self):
        done = loopscope("run", "indication", "--set", "interval=0.25", "--set", "symbols=xyz", "--storage", "contextvar")
        self.assertEqual(done.stdout, "xyz" * 4 + "\n")
        self.assertEqual(loopscope("run", "indication", "--set", "symbols=日本", "--set", "duration=0.15").stdout, "本" * 4 + "\n")

    def test_changes_when_the_storage_is_switched_on_the_way(self):
        done = loopscope("run", "indication", "--switch", "0.45=contextvar")
        self.assertEqual(done.stdout, "c" * 20 + "0abc" * 5 + "\n")
        done = loopscope("run", "indication", "--switch", "250ms=contextvar", "--switch", "0.45=thread_local")
        self.assertEqual(done.stdout, "c" * 12 + "0abc" * 2 + "c" * 20 + "\n")
        self.assertEqual(done.returncode, 0)

    def test_is_not_mixed_with_what_is_said_to_people(self):
        done = loopscope("run", "indication")
        self.assertIn("40 prints", done.stderr)
        self.assertIn("30 leak", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_says_so_if_it_stopped_early(self):
        self.assertIn("before the program was over", loopscope("run", "indication", "--until", "0.2").stderr)
        self.assertNotIn("before the program was over", loopscope("run", "indication").stderr)


class Events(Program):
    def test_are_the_same_bytes_every_time(self):
        for storage in ("global", "contextvar"):
            first, second = (loopscope("run", "indication", "--events", "--storage", storage) for _ in range(2))
            self.assertEqual(first.stderr, second.stderr)
            self.assertEqual(first.stdout, second.stdout)
            self.assertGreater(first.stderr.count("\n"), 500)

    def test_are_numbered_lines_from_the_beginning_to_the_end(self):
        lines = loopscope("run", "indication", "--events").stderr.splitlines()
        self.assertEqual([int(line.split()[0]) for line in lines], list(range(len(lines))))
        self.assertEqual(lines[0].split()[2], "begin")
        self.assertEqual(lines[-1].split()[2:], ["end", "ok"])

    def test_tell_who_wrote_what_is_printed(self):
        events = loopscope("run", "indication", "--events").stderr
        self.assertEqual(len(re.findall(r"print_value .*'c' written at \d+", events)), 40)


class Misuse(Program):
    """One line on stderr that says what is wrong, nothing on stdout, and exit code 2."""

    CASES = (
        ("frobnicate",),
        ("run",),
        ("run", "no-such-program"),
        ("run", ""),
        ("run", "indication", "and-another"),
        ("run", "indication", "--storage", "drawer"),
        ("run", "indication", "--storage"),
        ("run", "indication", "--no-such-option"),
        ("run", "indication", "--set"),
        ("run", "indication", "--set", "interval"),
        ("run", "indication", "--set", "colour=red"),
        ("run", "indication", "--set", "=1"),
        ("run", "indication", "--set", "interval=0"),
        ("run", "indication", "--set", "interval=-1"),
        ("run", "indication", "--set", "interval=1e9"),
        ("run", "indication", "--set", "interval=nan"),
        ("run", "indication", "--set", "interval=soon"),
        ("run", "indication", "--set", "symbols="),
        ("run", "indication", "--size", "0x0"),
        ("run", "indication", "--size", "99999x99999"),
        ("run", "indication", "--size", "abc"),
        ("run", "indication", "--size", "1920"),
        ("run", "indication", "--size", "1920x"),
        ("run", "indication", "--size", "1920x1080x2"),
        ("run", "indication", "--size", "-1920x1080"),
        ("run", "indication", "--at", "99999"),
        ("run", "indication", "--at", "-1"),
        ("run", "indication", "--at", "late"),
        ("run", "indication", "--at", "99999999999999999999"),
        ("run", "indication", "--until", "abc"),
        ("run", "indication", "--until", "-1"),
        ("run", "indication", "--until", ""),
        ("run", "indication", "--switch"),
        ("run", "indication", "--switch", "contextvar"),
        ("run", "indication", "--switch", "0.1"),
        ("run", "indication", "--switch", "0.1=drawer"),
        ("run", "indication", "--switch", "soon=global"),
        ("run", "indication", "--switch", "-1=global"),
        ("programs", "no-such-program"),
        ("programs", "indication", "and-another"),
        ("programs", "--no-such-option"),
        ("run", "lock-fairness", "--set", "rounds=0"),
        ("run", "lock-fairness", "--set", "rounds=1.5"),
        ("run", "child-set", "--set", "symbols=abc"),
        ("--no-such-option",),
        ("--storage", "drawer"),
        ("--program", "no-such-program"),
        ("--set", "interval"),
    )

    def test_is_answered_with_one_line(self):
        for arguments in self.CASES:
            with self.subTest(arguments=arguments):
                done = loopscope(*arguments)
                self.assert_one_line(done, 2)
                self.assertEqual(done.stdout, "")

    def test_names_what_there_is_to_choose_from(self):
        self.assertIn("indication-main", loopscope("run", "nothing").stderr)
        self.assertIn("context-chainmap", loopscope("run", "indication", "--storage", "nothing").stderr)
        self.assertIn("interval", loopscope("run", "indication", "--set", "nothing=1").stderr)

    def test_names_the_range_of_what_is_out_of_it(self):
        for program, setting, allowed in (
            ("indication", "interval=0", "from 0.001 to 3600 seconds"),
            ("lock-fairness", "rounds=1001", "from 1 to 1000"),
            ("child-set", "symbols=abc", "a text of 4 characters"),
        ):
            self.assertIn(allowed, loopscope("run", program, "--set", setting).stderr)

    def test_leaves_no_picture_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            for wrong in (("--at", "99999"), ("--size", "0x0"), ("--until", "abc"), ("--storage", "drawer")):
                self.assert_one_line(loopscope("run", "indication", "--png", f"{folder}/picture.png", *wrong), 2)
                self.assertEqual(os.listdir(folder), [])


class Failure(Program):
    """What was asked for is sound but cannot be done: exit code 1."""

    def assert_fails(self, done, about):
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"\Aloopscope: [^\n]+\n\Z")
        self.assertIn(about, done.stderr)

    def test_of_a_picture_in_a_folder_that_is_not_there(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assert_fails(loopscope("run", "indication", "--png", f"{folder}/no/picture.png", "--size", "640x360"), f"{folder}/no")
            self.assertEqual(os.listdir(folder), [])

    def test_of_a_picture_that_is_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "picture.png").mkdir()
            self.assert_fails(loopscope("run", "indication", "--png", f"{folder}/picture.png", "--size", "640x360"), "picture.png")
            self.assertEqual(os.listdir(folder), ["picture.png"])

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_of_output_that_nobody_takes(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            self.assert_fails(loopscope("run", "indication", stdout=full, stderr=subprocess.PIPE, capture_output=False), "output")

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_of_lists_and_help_that_nobody_takes(self):
        for arguments in (("programs",), ("--help",)):
            with self.subTest(arguments=arguments), open("/dev/full", "w", encoding="ascii") as full:
                done = loopscope(*arguments, stdout=full, stderr=subprocess.PIPE, capture_output=False)
                self.assertEqual(done.returncode, 1)

    def test_of_a_window_without_a_display_says_what_can_be_done(self):
        done = loopscope()
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("loopscope: "), done.stderr)
        self.assertIn("no display", done.stderr)
        self.assertIn("loopscope run indication --png", done.stderr)

    def test_of_a_window_without_a_display_names_the_program_that_was_asked_for(self):
        self.assertIn("loopscope run indication-main --png", loopscope("--program", "indication-main").stderr)


class Lists(Program):
    def output_of(self, *arguments):
        done = loopscope(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_of_programs_have_a_line_for_each(self):
        lines = self.output_of("programs").splitlines()
        self.assertEqual(tuple(line.split()[0] for line in lines), PROGRAMS)
        for line in lines:
            self.assertRegex(line, r"^[a-z-]+ +\S.*\S$")
            self.assertLessEqual(len(line), 100)

    def test_of_a_program_tell_its_parameters_and_what_it_prints_and_why(self):
        for program in PROGRAMS:
            with self.subTest(program=program):
                text = self.output_of("programs", program)
                self.assertTrue(text.startswith(f"{program}: "))
                self.assertRegex(text, r"(?m)^  --set step-cost=1us +loop time that each handle takes; 0 to 1 s$")
                self.assertTrue(all(storage in text for storage in STORAGES) or "every storage" in text)
                for output in set(OUTPUTS.get(program, {}).values()):
                    self.assertIn(f"    {output}\n", text)
                for line in text.splitlines():
                    self.assertLessEqual(len(line), 120, line)
        text = self.output_of("programs", "lock-fairness")
        self.assertRegex(text, r"(?m)^  --set rounds=3 +how often each takes the lock; 1 to 1000$")

    def test_of_programs_in_markdown_are_the_page_of_the_manual(self):
        self.assertEqual(self.output_of("programs", "--markdown"), DOCUMENT.read_text(encoding="utf-8"),
                         f"Write it anew: loopscope programs --markdown > {DOCUMENT.relative_to(DOCUMENT.parents[1])}")

    def test_of_one_program_in_markdown_are_its_section(self):
        section = self.output_of("programs", "child-set", "--markdown")
        self.assertIn("## child-set", section)
        self.assertIn(section, DOCUMENT.read_text(encoding="utf-8"))

    def test_of_options_are_given_by_help(self):
        for arguments, words in ((("--help",), ("run", "programs", "--storage")), (("run", "--help"), ("--png", "--until", "--set", "--events"))):
            done = loopscope(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(done.stderr, "")
            for word in words:
                self.assertIn(word, done.stdout)


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

    def test_of_long_outputs_comes_in_blocks(self):
        done = loopscope("compare", "indication", "--set", "duration=5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("150 of 200 prints differ.", done.stdout)
        self.assertLessEqual(max(map(len, done.stdout.splitlines()[:10])), 100)

    def test_fails_with_a_sentence_on_what_makes_no_sense(self):
        for arguments in (("nonsense",), ("indication", "--storage", "nonsense"), ("indication", "--other-set", "interval=0"),
                          ("indication", "--size", "1x1"), ("indication", *("--storage", "global") * 3)):
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

    def test_of_what_makes_no_sense_is_one_sentence(self):
        for wrong in (["nothing"], ["indication", "--schedules", "0"], ["indication", "--jitter", "soon"], ["indication", "--storage", "x"]):
            with self.subTest(wrong=wrong):
                self.assert_one_line(loopscope("explore", *wrong), 2)
        self.assert_one_line(loopscope("run", "indication", "--schedule", "often"), 2)


class Picture(Program):
    def test_needs_no_display_and_leaves_the_output_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "picture.png"
            done = loopscope("run", "indication", "--png", str(path), "--size", "640x360")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout, ONLY_C + "\n")
            self.assertEqual(os.listdir(folder), ["picture.png"])
            data = path.read_bytes()
            self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
            self.assertEqual(data[16:24], (640).to_bytes(4, "big") + (360).to_bytes(4, "big"))

    def test_replaces_the_one_that_was_there(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "picture.png"
            path.write_bytes(b"old")
            self.assertEqual(loopscope("run", "indication", "--png", str(path), "--size", "320x320").returncode, 0)
            self.assertEqual(path.read_bytes()[:4], b"\x89PNG")
            self.assertEqual(os.listdir(folder), ["picture.png"])


LESSONS = ("global", "thread-local", "argument", "context", "contextvars", "traps")
LESSON = """---
title: Mine
summary: one question
program: indication
---
## The first
- at: before print 1
- ask: next print

%s
"""


def example(first_line):
    """What the manual has for a file whose second line is this."""
    indented = re.findall(r"(?:^(?: {4}.*)?\n)+", (DOCUMENT.parent / "lessons.md").read_text(), re.MULTILINE)
    lines = next(block for block in indented if f"    {first_line}\n" in block).splitlines()
    lines = [line[4:] for line in lines]
    return "\n".join(lines[lines.index("---") :]) + "\n"


def is_png(path):
    return path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


class Lesson(Program):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "mine.md"

    def play(self, lesson, answers):
        done = loopscope("lesson", lesson, input="".join(each + "\n" for each in answers))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def right_answers(self, lesson):
        """What the lesson itself says that it is, after the first choice everywhere."""
        said = self.play(lesson, ["1"] * 20)
        return re.findall(r"^   it is      (.*)$", said, re.MULTILINE)

    def test_without_a_name_lists_the_six(self):
        listed = loopscope("lesson").stdout.splitlines()
        self.assertEqual([line.split()[0] for line in listed], list(LESSONS))

    def test_is_played_with_right_answers_from_a_pipe(self):
        for lesson in LESSONS:
            with self.subTest(lesson=lesson):
                answers = self.right_answers(lesson)
                said = self.play(lesson, answers)
                self.assertIn(f"\n{len(answers)} of {len(answers)} as you said.\n", said)
                self.assertEqual(said.count("As you said."), len(answers))

    def test_is_played_with_wrong_answers_from_a_pipe(self):
        for lesson in LESSONS:
            with self.subTest(lesson=lesson):
                answers = self.right_answers(lesson)
                choices = [re.findall(r"^     \d\) (.*)$", part, re.MULTILINE) for part in self.play(lesson, answers).split("== ")]
                wrong = [next(each for each in some if each != right) for some, right in zip(filter(None, choices), answers)]
                said = self.play(lesson, wrong)
                self.assertIn(f"\n0 of {len(answers)} as you said.\n", said)
                self.assertEqual(re.findall(r"^   you said   (.*)$", said, re.MULTILINE), wrong)

    def test_of_the_global_knows_what_everybody_knows(self):
        self.assertEqual(self.right_answers("global"), ["sleep(0)", "c", "sleep(c)", "c", "30", "b" * 20])

    def test_explains_what_is_no_answer_and_asks_again(self):
        said = self.play("global", ["sleep", "x", "sleep(0)"])
        self.assertEqual(said.count("is none of the answers that are possible here"), 2)
        self.assertIn("you said   sleep(0)", said)
        self.assertIn("1 of 6 questions were answered", said)

    def test_of_one_s_own_is_read_again_while_it_is_played(self):
        self.file.write_text(LESSON % "Before.")
        with subprocess.Popen([LOOPSCOPE, "lesson", self.file], env=without_display(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as playing:
            said = ""
            while not said.endswith("   > "):
                said += playing.stdout.read(1)
            self.assertIn("Before.", said)
            self.file.write_text(LESSON % "After.")
            os.utime(self.file, (2_000_000_000, 2_000_000_000))
            said, _ = playing.communicate("a\nc\n")
        self.assertIn("The lesson was edited, so here is this stop again.", said)
        self.assertIn("After.", said)
        self.assertIn("1 of 1 as you said.", said)

    def test_of_the_manual_can_be_played(self):
        self.file.write_text(example("title: Two tasks, one cell"))
        self.assertEqual(self.right_answers(self.file), ["b", "ab" * 10])

    def test_with_a_mistake_is_one_sentence_with_its_line(self):
        self.file.write_text(LESSON.replace("before print 1", "print one") % "")
        done = loopscope("lesson", self.file)
        self.assert_one_line(done, 2)
        self.assertIn("mine.md:7: 'print one' is no place to stop at", done.stderr)
        self.assert_one_line(loopscope("lesson", "nothing"), 2)
        self.assert_one_line(loopscope("lesson", "global", "--window"), 1)


class Demo(Program):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_of_the_post_leaves_a_picture_of_each_step(self):
        done = loopscope("play", "post", "--pictures", self.folder / "new", "--size", "960x540")
        self.assertEqual(done.returncode, 0, done.stderr)
        pictures = sorted((self.folder / "new").iterdir())
        self.assertEqual(done.stderr.split(), [str(each) for each in pictures])
        self.assertGreaterEqual(len(pictures), 5)
        self.assertTrue(all(map(is_png, pictures)))
        self.assertEqual(len({each.read_bytes() for each in pictures}), len(pictures), "no step looks like another")

    def test_of_the_manual_can_be_shown(self):
        (self.folder / "d.md").write_text(example("title: Mine"))
        done = loopscope("play", self.folder / "d.md", "--pictures", self.folder, "--size", "640x360")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(is_png(self.folder / "01-somebody-is-wrong.png"))

    def test_looks_the_same_each_time(self):
        (self.folder / "d.md").write_text("---\ntitle: D\nprogram: indication\n---\n## One\n- do: 3 times Next print\n")
        for name in "ab":
            loopscope("play", self.folder / "d.md", "--pictures", self.folder / name, "--size", "640x360")
        self.assertEqual((self.folder / "a" / "01-one.png").read_bytes(), (self.folder / "b" / "01-one.png").read_bytes())

    def test_with_a_mistake_is_one_sentence_with_its_line(self):
        (self.folder / "d.md").write_text("---\ntitle: D\nprogram: indication\n---\n## One\n- do: Nxt print\n")
        done = loopscope("play", self.folder / "d.md", "--pictures", self.folder / "new")
        self.assert_one_line(done, 2)
        self.assertIn("d.md:6: there is no command 'Nxt print'", done.stderr)
        self.assert_one_line(loopscope("play", "nothing"), 2)
        self.assert_one_line(loopscope("play", "post", "--pictures", "/proc/nowhere"), 1)


class Files(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def path(self, name):
        return str(self.folder / name)

    def record(self, *options):
        done = loopscope("run", "indication", "--storage", "contextvar", "--save", self.path("t.loopscope"), *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, EACH_ITS_OWN + "\n")

    def convert(self, one, other):
        done = loopscope("convert", self.path(one), self.path(other))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "")
        return (self.folder / other).read_bytes()

    def test_a_recording_converts_to_what_the_run_itself_writes(self):
        self.record("--chrome", self.path("run.json"), "--perfetto", self.path("run.pftrace"))
        self.assertEqual(self.convert("t.loopscope", "t.json"), (self.folder / "run.json").read_bytes())
        self.assertEqual(self.convert("t.loopscope", "t.pftrace"), (self.folder / "run.pftrace").read_bytes())
        self.assertEqual(self.convert("t.loopscope", "again.loopscope"), (self.folder / "t.loopscope").read_bytes())
        lines = loopscope("run", "indication", "--storage", "contextvar", "--events").stderr
        self.assertEqual(self.convert("t.loopscope", "t.txt").decode(), lines)
        self.assertEqual(len(list(csv.DictReader(self.convert("t.loopscope", "t.csv").decode().splitlines()))), lines.count("\n"))

    def test_a_chrome_trace_is_json_with_a_thread_for_each_task(self):
        self.record("--chrome", self.path("t.json"))
        records = json.loads((self.folder / "t.json").read_text())["traceEvents"]
        threads = {each["tid"] for each in records if each["name"] == "thread_name"}
        self.assertEqual(threads, set(range(9)))
        flows = {phase: sorted(each["id"] for each in records if each["ph"] == phase) for phase in "sf"}
        self.assertTrue(set(flows["f"]) <= set(flows["s"]))
        self.assertEqual(len([each for each in records if each["ph"] == "i" and each["cat"] == "print"]), 40)

    def test_another_tool_s_trace_becomes_one_of_ours(self):
        (self.folder / "t.json").write_text('[{"ph":"X","ts":5,"dur":3,"pid":1,"tid":2,"name":"work"},')
        self.convert("t.json", "t.loopscope")
        self.assertIn(b"'work'", self.convert("t.loopscope", "t.txt"))

    def test_opening_one_draws_a_picture_without_a_display(self):
        self.record()
        done = loopscope("open", self.path("t.loopscope"), "--png", self.path("t.png"), "--size", "640x360")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "t.png").read_bytes()[:4], b"\x89PNG")

    def test_a_note_is_kept_and_said(self):
        self.record("--note", "look at c")
        self.convert("t.loopscope", "again.loopscope")
        done = loopscope("open", self.path("again.loopscope"), "--png", self.path("t.png"), "--size", "640x360")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Note: look at c\n", done.stderr)
        self.assert_one_line(loopscope("run", "indication", "--note", "nowhere"), 2)

    def test_a_recording_that_was_cut_opens_and_says_so(self):
        self.record()
        whole = (self.folder / "t.loopscope").read_bytes()
        (self.folder / "cut.loopscope").write_bytes(whole[:-10])
        done = loopscope("convert", self.path("cut.loopscope"), self.path("t.txt"))
        self.assertEqual(done.returncode, 0)
        self.assertIn("without an end, as when recording was interrupted", done.stderr)

    def test_what_cannot_be_done_is_one_sentence(self):
        self.record()
        self.assert_one_line(loopscope("open", self.path("none.loopscope")), 1)
        self.assert_one_line(loopscope("open", str(self.folder)), 1)
        self.assert_one_line(loopscope("convert", self.path("t.loopscope"), self.path("t.doc")), 2)
        self.assert_one_line(loopscope("open", self.path("t.loopscope"), "--png", "p.png", "--at", "99999"), 2)
        self.assert_one_line(loopscope("run", "indication", "--save", "/nowhere/t.loopscope"), 1)

    def test_a_full_disk_is_one_sentence_and_leaves_what_there_was_room_for(self):
        limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        done = loopscope("run", "indication", "--save", self.path("t.loopscope"), preexec_fn=limited)
        self.assert_one_line(done, 1)
        self.assertEqual(len((self.folder / "t.loopscope").read_bytes()), 1000)


if __name__ == "__main__":
    LOOPSCOPE = os.path.abspath(sys.argv.pop(1))
    unittest.main()
