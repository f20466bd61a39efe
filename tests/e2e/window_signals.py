"""What Ctrl C (SIGINT), SIGTERM and SIGHUP do to a window: they close it as its user does."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import window
from window import PATIENCE, Window


class Signals(Window):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="loopscope-window-"))
        self.addCleanup(shutil.rmtree, self.folder)
        super().setUp()

    def is_saving(self):
        """Whether a file of the folder is on its way, or there."""
        links = []
        for each in pathlib.Path(f"/proc/{self.program.pid}/fd").iterdir():
            with contextlib.suppress(OSError):  # one that was closed meanwhile
                links.append(os.readlink(each))
        return (self.folder / "indication.loopscope").exists() or any(
            link.startswith(str(self.folder)) and ("(deleted)" in link or ".tmp" in link) for link in links
        )

    def test_close_it_once_what_it_was_saving_is_saved(self):
        long = ("run", "indication", "--set", "duration=100", "--set", "interval=0.001", "--save", "long.loopscope")
        subprocess.run([window.LOOPSCOPE, *long], cwd=self.folder, check=True, capture_output=True, timeout=PATIENCE)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                self.restart("open", "long.loopscope")
                self.open("ctrl+shift+s")
                self.hold("ctrl+a", *"indication")
                window.run("xdotool", "keydown", "Return")
                self.frames()
                window.run("xdotool", "keyup", "Return")
                until = time.monotonic() + PATIENCE
                while not self.is_saving() and time.monotonic() < until:
                    self.frames(1)
                self.program.send_signal(number)
                self.assertEqual(self.program.wait(PATIENCE), 128 + number)
                self.assertEqual(self.program.stderr.read(), b"")
                self.assertEqual((self.folder / "indication.loopscope").read_bytes(), (self.folder / "long.loopscope").read_bytes())
                self.assertEqual(len(list(self.folder.iterdir())), 2)
                (self.folder / "indication.loopscope").unlink()

    def test_close_one_that_does_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                self.restart()
                self.program.send_signal(number)
                self.assertEqual(self.program.wait(PATIENCE), 128 + number)
                self.assertEqual(self.program.stderr.read(), b"")
