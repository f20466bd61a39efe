"""Pages for browsers, which the program fills: what is inside, and what is said where there is none to fill."""

import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from program import Program, program_path, without_display

EMPTY = '<html><script type="application/json" id="contents">null</script><p>Loopscope</p></html>\n'
LESSON = "---\ntitle: Mine\nsummary: of one stop\nprogram: indication\nstorage: global\n---\n\nLook.\n\n## Here\n\n- at: print 2\n- ask: next print\n\nLook there.\n"


class Pages(Program):
    """The program is installed into a folder, with a page that has nothing but the place for contents."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        (self.folder / "bin").mkdir()
        (self.folder / "share" / "loopscope").mkdir(parents=True)
        self.program = self.folder / "bin" / "loopscope"
        shutil.copy(program_path(), self.program)
        self.page = self.folder / "share" / "loopscope" / "loopscope.html"
        self.page.write_text(EMPTY)

    def run_installed(self, *arguments):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=120, env=without_display(), check=False, cwd=self.folder)

    def contents(self, name):
        """Returns what a page has inside."""
        text = (self.folder / name).read_text()
        self.assertTrue(text.endswith("<p>Loopscope</p></html>\n"))
        return json.loads(re.search(r'id="contents">(.*?)</script>', text, re.DOTALL)[1])

    def trace_of(self, contents):
        """Returns the events of the trace inside, as text."""
        (self.folder / "inside.loopscope").write_bytes(base64.b64decode(contents["trace"]))
        done = self.run_installed("convert", "inside.loopscope", "inside.txt")
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / "inside.txt").read_text()

    def test_a_run_is_inside_with_its_note_and_view(self):
        done = self.run_installed("run", "indication", "--html", "run.html", "--save", "run.loopscope", "--note", "</script> here", "--at", "250", "--theme", "light")
        self.assertEqual(done.returncode, 0, done.stderr)
        contents = self.contents("run.html")
        self.assertEqual({name: contents[name] for name in ("title", "note", "at", "theme", "file")},
                         {"title": "indication", "note": "</script> here", "at": "250", "theme": "light", "file": "indication.loopscope"})  # fmt: skip
        self.run_installed("convert", "run.loopscope", "run.txt")
        self.assertEqual(self.trace_of(contents), (self.folder / "run.txt").read_text())

    def test_a_file_is_converted(self):
        self.run_installed("run", "pool-worker", "--save", "t.loopscope", "--note", "Of a file")
        done = self.run_installed("convert", "t.loopscope", "t.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        contents = self.contents("t.html")
        self.assertEqual((contents["title"], contents["note"]), ("pool-worker", "Of a file"))
        self.assertIn("pool-worker", self.trace_of(contents))

    def test_a_lesson_and_a_demo_are_inside_as_they_are_written(self):
        (self.folder / "mine.md").write_text(LESSON)
        done = self.run_installed("lesson", "mine.md", "--html", "mine.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.contents("mine.html"), {"title": "Mine", "file": "mine.md", "lesson": LESSON})
        done = self.run_installed("play", "post", "--html", "post.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("## ", self.contents("post.html")["demo"])

    def test_where_there_is_no_page_a_sentence_names_what_makes_it(self):
        self.page.unlink()
        done = self.run_installed("run", "indication", "--html", "run.html")
        self.assertEqual(done.returncode, 1)
        self.assertIn("./dev web", done.stderr)
        self.assertFalse((self.folder / "run.html").exists())

    def test_a_page_of_something_else_is_not_filled(self):
        self.page.write_text("<html></html>")
        done = self.run_installed("run", "indication", "--html", "run.html")
        self.assertEqual(done.returncode, 1)
        self.assertIn("./dev web", done.stderr)

    def test_what_makes_no_sense_is_refused_before_anything_runs(self):
        for reason, arguments in (
            ("has to end in .html", ("run", "indication", "--html", "run.txt")),
            ("--html needs a lesson", ("lesson", "--html", "l.html")),
            ("no such file", ("lesson", "nonsense", "--html", "l.html")),
        ):
            with self.subTest(arguments=arguments):
                done = self.run_installed(*arguments)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertIn(reason, done.stderr)
