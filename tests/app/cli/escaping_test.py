"""Text of a stranger, on its way to a terminal, a line, or a drawing."""

import json
import pathlib
import re
import tempfile
from xml.etree import ElementTree

from program import Program, loopscope

# What moves a terminal's cursor, hides something or turns it round; and what is no UTF-8.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CASES = pathlib.Path(__file__).parent / "cases"
LESSON = """---
title: Mine{0}
summary: one{0} question
program: indication
---
## The{0} first
- at: before print 1
- ask: next print

Before{0}.
"""


class Escaping(Program):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def path(self, name):
        return str(self.folder / name)

    def assert_harmless(self, text):
        self.assertIsNone(UNSEEN.search(text), ascii(text))

    def test_shows_what_a_note_holds_instead_of_doing_it(self):
        done = loopscope("open", str(CASES / "note_with_escapes.loopscope"), "--svg", self.path("t.svg"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_harmless(done.stderr)
        self.assertIn(r"Note: \x1b]0;OWNED\x07\x1b[31mred\x1b[2J", done.stderr)

    def test_shows_a_note_of_several_lines_in_one(self):
        note = "first\nloopscope: 7 events"
        self.assertEqual(loopscope("run", "indication", "--save", self.path("t.loopscope"), "--note", note).returncode, 0)
        done = loopscope("open", self.path("t.loopscope"), "--svg", self.path("t.svg"))
        self.assertEqual(done.stderr, "loopscope: Note: first\\nloopscope: 7 events\n")

    def test_shows_in_an_error_what_it_quotes(self):
        for name in ("\x1b[2J", "\x9b2J", "\u202egnp", "a\nb", "\udcff"):
            with self.subTest(name=name):
                for command in (("run", name), ("run", "indication", "--set", name), ("open", name), ("convert", name, "t.txt"),
                                ("lesson", name), ("play", name), (name,), ("run", "indication", "--storage", name)):
                    done = loopscope(*command, errors="strict")
                    self.assertIn(done.returncode, (1, 2))
                    self.assert_one_line(done, done.returncode)
                    self.assert_harmless(done.stderr)

    def test_shows_what_a_lesson_holds_instead_of_doing_it(self):
        for each in ("\x1b[2J", "\u009b2J", "\u202e", "\x7f", "\udc9b"):
            with self.subTest(each=each):
                path = self.folder / "mine.md"
                path.write_bytes(LESSON.format(each).encode(errors="surrogateescape"))
                done = loopscope("lesson", str(path), input="a\n", errors="strict")
                self.assertIn(done.returncode, (0, 1, 2))
                self.assertGreater(len(done.stdout + done.stderr), 20)
                self.assert_harmless(done.stdout + done.stderr)

    def test_shows_in_a_comparison_and_an_exploration_what_is_printed(self):
        for command in (("compare", "indication", "--set", "symbols=\x1b\n\x9b", "--set", "duration=0.3"),
                        ("explore", "equal-deadlines", "--set", "symbols=\x1b\n\x9b", "--exhaustive")):
            done = loopscope(*command, errors="strict")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assert_harmless(done.stdout)
            self.assertIn(r"\x1b", done.stdout)

    def test_of_names_that_are_no_text_makes_drawings_and_lines_that_can_be_read(self):
        file = str(CASES / "names_not_utf8.loopscope")
        self.assertEqual(loopscope("open", file, "--svg", self.path("t.svg")).returncode, 0)
        texts = [each.text for each in ElementTree.parse(self.path("t.svg")).getroot().iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("\ufffd", "".join(texts))
        for name in ("t.json", "t.pftrace", "t.txt", "t.csv"):
            self.assertEqual(loopscope("convert", file, self.path(name)).returncode, 0)
        names = [each["args"]["name"] for each in json.loads((self.folder / "t.json").read_text())["traceEvents"] if each["name"] == "thread_name"]
        self.assertEqual(len(names), 4)
        self.assert_harmless((self.folder / "t.txt").read_bytes().decode(errors="strict"))
        self.assertIn(r"'\xff\xfe\xc3('", (self.folder / "t.txt").read_text())

    def test_of_what_a_program_prints_forges_no_line_of_a_trace(self):
        forged = "c\n     7  0.000000000  end           ok"
        events = loopscope("run", "mutable-value", "--events", "--set", "symbols=" + forged).stderr.splitlines()
        self.assertEqual([int(line.split()[0]) for line in events], list(range(len(events))))
        self.assertEqual(sum(line.split()[2] == "end" for line in events), 1)
