"""What Ctrl C (SIGINT), SIGTERM and SIGHUP do: all three end what goes on, leave nothing temporary and lose nothing."""

import os
import pathlib
import signal
import subprocess
import tempfile

from program import Program, is_png, loopscope, program_path, without_display
from terminal_test import LONG, PATIENCE

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Of which other formats take seconds to write.
LARGE = ("run", "indication", "--set", "duration=100", "--set", "interval=0.001")


class Signals(Program):
    @classmethod
    def setUpClass(cls):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would stay ignored, also in the program
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.large = pathlib.Path(cls.temporary.name) / "large.loopscope"
        assert loopscope(*LARGE, "--save", str(cls.large)).returncode == 0

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def start(self, *arguments, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | options
        running = subprocess.Popen([program_path(), *arguments], env=without_display(), cwd=self.folder, **options)
        self.addCleanup(running.communicate)
        self.addCleanup(running.kill)
        return running

    def wait_until(self, running, condition):
        while not condition():
            self.assertIsNone(running.poll(), "it has ended before it was stopped")

    def files(self):
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}

    def is_writing(self, running):
        """Whether a file of the folder is open that is not there yet, be it one without a name."""
        try:
            links = [os.readlink(f"/proc/{running.pid}/fd/{each}") for each in os.listdir(f"/proc/{running.pid}/fd")]
        except OSError:
            return False
        return any(link.startswith(os.path.realpath(self.folder)) and ("(deleted)" in link or ".tmp" in link) for link in links)

    def assert_ends(self, running, number):
        running.send_signal(number)
        self.assertEqual(running.wait(PATIENCE), 128 + number)

    def test_end_a_run_and_keep_what_it_had(self):
        for number in SIGNALS:
            with self.subTest(number):
                running = self.start(*LONG, "--save", f"{number}.loopscope")
                growing = self.folder / f"{number}.recording.loopscope"
                self.wait_until(running, lambda: growing.exists() and growing.stat().st_size > 10_000)
                self.assert_ends(running, number)
                self.assertEqual(list(self.files()), [f"{number}.loopscope"])
                self.assertIn(b"stopped before the program was over", running.stderr.read())
                done = loopscope("convert", f"{number}.loopscope", "again.loopscope", cwd=self.folder)
                self.assertRegex(done.stderr, r"\Aloopscope: \d+ events\n\Z")
                for path in self.folder.iterdir():
                    path.unlink()

    def test_end_what_is_written_and_leave_the_old_file(self):
        for number in SIGNALS:
            for name in ("t.txt", "t.csv", "t.json", "t.pftrace"):
                with self.subTest(number, name=name):
                    (self.folder / name).write_text("old")
                    before = self.files()
                    running = self.start("convert", str(self.large), name)
                    self.wait_until(running, lambda: self.is_writing(running))
                    self.assert_ends(running, number)
                    self.assertEqual(self.files(), before)

    def test_end_what_a_run_writes_for_others_and_leave_its_recording(self):
        for number in SIGNALS:
            with self.subTest(number):
                running = self.start(*LARGE, "--save", "t.loopscope", "--chrome", "t.json")
                self.wait_until(running, lambda: (self.folder / "t.loopscope").exists() and self.is_writing(running))
                self.assert_ends(running, number)
                self.assertEqual(list(self.files()), ["t.loopscope"])
                (self.folder / "t.loopscope").unlink()

    def test_end_pictures_and_leave_whole_ones(self):
        for number in SIGNALS:
            with self.subTest(number):
                running = self.start("play", "post", "--pictures", "pictures", "--size", "640x360")
                pictures = self.folder / "pictures"
                self.wait_until(running, lambda: pictures.exists() and any(path.suffix == ".png" for path in pictures.iterdir()))
                self.assert_ends(running, number)
                for path in pictures.iterdir():
                    self.assertTrue(is_png(path) and path.read_bytes().endswith(b"IEND\xaeB`\x82"), path)
                    path.unlink()

    def test_end_drawing_and_leave_nothing(self):
        for option, name in (("--png", "t.png"), ("--svg", "t.svg")):
            for number in SIGNALS:
                with self.subTest(number, option=option):
                    running = self.start("open", str(self.large), option, name)
                    self.wait_until(running, lambda: self.has_open(running, self.large))
                    self.assert_ends(running, number)
                    self.assertEqual(self.files(), {})

    def has_open(self, running, path):
        try:
            return any(os.path.samefile(f"/proc/{running.pid}/fd/{each}", path) for each in os.listdir(f"/proc/{running.pid}/fd"))
        except OSError:
            return False

    def test_end_what_only_reads_and_waits(self):
        for number in SIGNALS:
            with self.subTest(number), subprocess.Popen(
                [program_path(), "lesson", "--text", "global"], env=without_display(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as running:
                running.stdout.read(1)
                self.assert_ends(running, number)

    def test_of_a_terminal_that_hangs_up_do_not_end_what_was_told_to_go_on(self):
        running = self.start(*LONG, "--save", "t.loopscope", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        growing = self.folder / "t.recording.loopscope"
        self.wait_until(running, growing.exists)
        running.send_signal(signal.SIGHUP)
        size = growing.stat().st_size
        self.wait_until(running, lambda: growing.stat().st_size > size + 50_000)
        self.assert_ends(running, signal.SIGTERM)
