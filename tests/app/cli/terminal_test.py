"""What is shown on a terminal while something takes long, and what Ctrl C does then."""

import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import tempfile
import time

from program import Program, loopscope, program_path, without_display

# Runs until there are more events than a trace may have: longer than any test waits.
LONG = ("run", "indication", "--set", "duration=3600", "--set", "interval=0.001", "--set", "symbols=" + "abcdefghijklmnop" * 4)
PATIENCE = 120
BEFORE_THE_FIRST = 0.3  # seconds until progress is shown, as in app/cli/progress_line.cpp


def wait_until_worked(process, seconds):
    """Until a program has had so much of the processors, on all of its threads: on a busy machine that takes longer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        user, system = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        if (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") >= seconds:
            return
        time.sleep(0.01)
    raise AssertionError("the program does not run")


class Terminal:
    """A program whose stderr is a terminal, and what it has shown there so far."""

    def __init__(self, *arguments):
        self._mine, its = pty.openpty()
        self._output = tempfile.TemporaryFile()
        self.process = subprocess.Popen([program_path(), *arguments], env=without_display(), stdin=subprocess.DEVNULL, stdout=self._output, stderr=its)
        os.close(its)
        self.shown = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self._mine)
        self._output.close()

    def read(self):
        """Takes what is shown next. Gives whether more may come."""
        if not select.select([self._mine], [], [], 0.1)[0]:
            return True
        try:
            data = os.read(self._mine, 65536)
        except OSError:  # so a terminal tells that nobody writes to it any more
            return False
        self.shown += data.decode()
        return bool(data)

    def read_until(self, pattern):
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, self.shown) and time.monotonic() < end and self.read():
            pass
        return re.search(pattern, self.shown)

    def read_to_end(self):
        while self.read():
            pass
        return self.process.wait(PATIENCE)

    def output(self):
        self._output.seek(0)
        return self._output.read().decode()


class Progress(Program):
    def test_of_a_long_run_is_shown_and_then_gone(self):
        with Terminal(*LONG) as terminal:
            self.assertTrue(terminal.read_until(r"\d+\.\d million events, at \d+\.\d+ s"), terminal.shown)
            terminal.process.send_signal(signal.SIGINT)
            terminal.read_to_end()
            # What was shown is erased before the last words.
            self.assertRegex(terminal.shown, r"\r\x1b\[Kloopscope: \d+ events")

    def test_of_a_short_run_is_not(self):
        for _ in range(20):  # until one is short, which the machine may be too busy for
            begin = time.monotonic()
            with Terminal("run", "indication") as terminal:
                self.assertEqual(terminal.read_to_end(), 0)
                if time.monotonic() - begin < BEFORE_THE_FIRST:
                    self.assertRegex(terminal.shown, r"\Aloopscope: [^\r\n]*\r\n\Z")
                    return
        self.skipTest("no run is short on this machine now")

    def test_is_for_terminals_only(self):
        with subprocess.Popen([program_path(), *LONG], env=without_display(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
            wait_until_worked(running, 4 * BEFORE_THE_FIRST)  # then on a terminal it would have been shown
            running.send_signal(signal.SIGINT)
            self.assertRegex(running.communicate(timeout=PATIENCE)[1], r"\Aloopscope: [^\n]+\n\Z")


class Interrupt(Program):
    def test_of_a_long_run_keeps_what_has_run(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "long.loopscope"
            with Terminal(*LONG, "--save", str(path)) as terminal:
                self.assertTrue(terminal.read_until("million events"), terminal.shown)
                terminal.process.send_signal(signal.SIGINT)
                self.assertEqual(terminal.read_to_end(), 130)
                events = int(re.search(r"loopscope: (\d+) events.*; stopped before the program was over", terminal.shown)[1])
                self.assertRegex(terminal.output(), r"\Ap+\n\Z")  # the global, which p wrote last
            again = loopscope("convert", str(path), str(pathlib.Path(folder) / "again.loopscope"))
            self.assertEqual((again.returncode, again.stderr), (0, f"loopscope: {events} events\n"))
