"""Files that a command is asked to write: none is lost to a slip."""

import os
import pathlib
import subprocess
import tempfile

from program import Program, loopscope, program_path, without_display
from terminal_test import LONG, PATIENCE

SIZE = ("--size", "640x360")


class Outputs(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.run_in_folder("run", "indication", "--save", "t.loopscope", "--chrome", "t.json")
        (self.folder / "in").mkdir()
        os.symlink("t.loopscope", self.folder / "link.loopscope")
        os.symlink("t.json", self.folder / "link.json")
        os.symlink("new.loopscope", self.folder / "dangling.json")
        os.link(self.folder / "t.json", self.folder / "hard.json")
        os.link(self.folder / "t.json", self.folder / "hard.png")
        os.symlink("t.loopscope", self.folder / "drawing.svg")

    def run_in_folder(self, *arguments, **options):
        return loopscope(*arguments, cwd=self.folder, **options)

    def content(self):
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}

    def assert_refused(self, reason, *arguments, **options):
        before = self.content()
        done = self.run_in_folder(*arguments, **options)
        self.assert_one_line(done, 2)
        self.assertIn(reason, done.stderr)
        self.assertEqual(self.content(), before)

    def test_that_are_also_read_are_refused_through_any_link(self):
        for out in ("t.json", "./t.json", "in/../t.json", "link.json", "hard.json"):
            with self.subTest(out=out):
                self.assert_refused("it is the file that is read", "convert", "t.json", out)
        self.assert_refused("it is the file that is read", "convert", "link.json", "t.json")
        self.assert_refused("it is the file that is read", "convert", "t.loopscope", "link.loopscope")
        self.assert_refused("it is the file that is read", "open", "t.json", "--png", "hard.png")
        self.assert_refused("it is the file that is read", "open", "t.loopscope", "--svg", "drawing.svg")

    def test_that_are_one_file_are_refused(self):
        one = "it is the file that --save writes"
        os.symlink("t.loopscope", self.folder / "other.json")
        self.assert_refused(one, "run", "indication", "--save", "t.loopscope", "--chrome", "other.json")
        self.assert_refused(one, "run", "indication", "--save", "new.loopscope", "--chrome", "dangling.json")
        self.assert_refused(one, "run", "indication", "--save", "in/../link.loopscope", "--svg", "drawing.svg")

    def test_have_the_ending_of_what_is_in_them(self):
        for option, name, ending in (
            ("--save", "t.json", ".loopscope"), ("--save", "t", ".loopscope"), ("--save", ".loopscope", ".loopscope"), ("--save", "", ".loopscope"),
            ("--chrome", "t.loopscope", ".json"), ("--perfetto", "t.json", ".pftrace"), ("--png", "a.svg", ".png"), ("--svg", "a.png", ".svg"),
        ):
            with self.subTest(option=option, name=name):
                self.assert_refused(f"has to end in {ending}", "run", "indication", option, name)
        self.assert_refused("has to end in .png", "open", "t.loopscope", "--png", "a.svg")
        self.assert_refused("has to end in .svg", "open", "t.loopscope", "--svg", "a.png")
        self.assert_refused("has to end in .png", "compare", "indication", "--png", "a.loopscope")
        self.assert_refused("has to end in .loopscope, .html, .json, .pftrace, .txt or .csv", "convert", "t.json", "t.doc")
        self.assert_refused("it is a name for recordings under way", "run", "indication", "--save", "a.recording.loopscope")
        self.assert_refused("it is a name for recordings under way", "convert", "t.json", "a.recording.loopscope")

    def test_are_not_stdout(self):
        for arguments in (
            ("run", "indication", "--save", "-"), ("run", "indication", "--chrome", "-"), ("run", "indication", "--perfetto", "-"),
            ("run", "indication", "--png", "-"), ("run", "indication", "--svg", "-"), ("convert", "t.json", "-"), ("open", "t.json", "--png", "-"),
            ("open", "t.json", "--svg", "-"), ("compare", "indication", "--png", "-"), ("play", "post", "--pictures", "-"),
        ):
            with self.subTest(arguments=arguments):
                self.assert_refused("stdout is for printed output", *arguments)
        self.assert_refused("printed output goes there", "run", "indication", "--save", "/dev/stdout")
        with open(self.folder / "out.loopscope", "wb") as out:
            done = self.run_in_folder("run", "indication", "--save", "out.loopscope", capture_output=False, stdout=out, stderr=subprocess.PIPE)
            self.assert_one_line(done, 2)
            self.assertIn("printed output goes there", done.stderr)

    def test_that_a_demo_draws_are_not_the_demo(self):
        (self.folder / "demo").write_text("---\ntitle: A demo\nprogram: indication\n---\n\n## One\n\nA caption.\n\n- do: Next print\n")
        (self.folder / "pictures").mkdir()
        os.link(self.folder / "demo", self.folder / "pictures" / "01-one.png")
        done = self.run_in_folder("play", "demo", "--pictures", "pictures", *SIZE)
        self.assert_one_line(done, 2)
        self.assertIn("it is the file that is read", done.stderr)
        self.assertEqual(os.listdir(self.folder / "pictures"), ["01-one.png"])

    def test_may_be_a_device_of_any_name(self):
        done = self.run_in_folder("run", "indication", "--save", "/dev/null")
        self.assertEqual(done.returncode, 0, done.stderr)


class Recording(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.path = self.folder / "t.loopscope"
        self.growing = self.folder / "t.recording.loopscope"

    def start(self, wait_for=10_000):
        running = subprocess.Popen([program_path(), *LONG, "--save", self.path], env=without_display(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(running.wait, PATIENCE)
        self.addCleanup(running.kill)
        while not self.growing.exists() or self.growing.stat().st_size < wait_for:
            self.assertIsNone(running.poll())
        return running

    def events_of(self, path):
        done = loopscope("convert", str(path), str(self.folder / "events.txt"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / "events.txt").read_bytes()

    def test_over_a_good_one_leaves_it_alone_until_it_is_whole(self):
        self.assertEqual(loopscope("run", "indication", "--save", str(self.path)).returncode, 0)
        before = self.path.read_bytes()
        self.start().kill()
        self.assertEqual(self.path.read_bytes(), before)
        self.assert_one_line(loopscope("run", "indication", "--storage", "drawer", "--save", str(self.path)), 2)
        self.assertEqual(self.path.read_bytes(), before)

    def test_of_a_file_that_is_being_recorded_is_refused_at_once(self):
        running = self.start()
        os.symlink("t.loopscope", self.folder / "link.loopscope")
        for name in ("t.loopscope", "link.loopscope"):
            done = loopscope("run", "indication", "--save", str(self.folder / name))
            self.assert_one_line(done, 1)
            self.assertIn("another Loopscope is recording it", done.stderr)
        running.terminate()
        self.assertEqual(running.wait(PATIENCE), 143)
        self.assertIn(b"iteration", self.events_of(self.path))

    def test_that_was_killed_opens_and_is_kept_by_the_next(self):
        self.start().kill()
        killed = self.events_of(self.growing)
        done = loopscope("run", "indication", "--save", str(self.path))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("what it had is now called", done.stderr)
        self.assertEqual(self.events_of(self.folder / "t.interrupted.loopscope"), killed)
        self.assertIn(b"end", self.events_of(self.path))
        self.assertFalse(self.growing.exists())

    def test_goes_to_a_pipe_as_before(self):
        pipe = self.folder / "pipe.loopscope"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
            done = loopscope("run", "indication", "--save", str(pipe))
            (self.folder / "copy.loopscope").write_bytes(reader.communicate(timeout=PATIENCE)[0])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"end", self.events_of(self.folder / "copy.loopscope"))

    def test_is_saved_also_if_the_picture_cannot_be(self):
        self.assert_one_line(loopscope("run", "indication", "--save", str(self.path), "--at", "99999"), 2)
        self.assertIn(b"end", self.events_of(self.path))
