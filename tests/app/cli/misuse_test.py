"""What makes no sense, and what cannot be done: one sentence, and an exit code."""

import os
import pathlib
import subprocess
import tempfile
import unittest

from program import Program, loopscope


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
        ("run", "indication", "--scale", "0.1"),
        ("run", "indication", "--scale", "nan"),
        ("run", "indication", "--scale", "large"),
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
