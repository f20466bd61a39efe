"""Lessons by typed answers, and demos as pictures."""

import os
import pathlib
import re
import subprocess
import tempfile

from program import DOCUMENT, Program, is_png, loopscope, program_path, without_display


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
        self.assertEqual(said.count("is not a possible answer here"), 2)
        self.assertIn("you said   sleep(0)", said)
        self.assertIn("1 of 6 questions were answered", said)

    def test_without_a_single_answer_says_so_and_fails(self):
        self.file.write_text(LESSON % "Before.")
        for lesson in (self.file, "global"):
            for options in ((), ("--text",)):
                for answers in ("", "what\n", "x" * 100_000):
                    with self.subTest(lesson=lesson, options=options, answers=answers[:4]):
                        done = loopscope("lesson", lesson, *options, input=answers)
                        self.assert_one_line(done, 1)
                        self.assertIn("no question was answered", done.stderr)
                        self.assertIn("\nThe input has ended; 0 of ", done.stdout)

    def test_of_one_s_own_is_read_again_while_it_is_played(self):
        self.file.write_text(LESSON % "Before.")
        with subprocess.Popen([program_path(), "lesson", self.file], env=without_display(), text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as playing:
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
        self.assertIn("mine.md:7: 'print one' is not a place to stop at", done.stderr)
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
