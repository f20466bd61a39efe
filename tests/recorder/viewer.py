"""A viewer for tests: steps a recorded program through the head of its spool (recorder/spool.h), as `loopscope live` does.

Nothing is guessed: what a test waits for has a condition, and an end after minutes, so that one that hangs says so."""

import ctypes
import mmap
import pathlib
import platform
import signal
import struct
import subprocess
import tempfile
import time

import recordings
import spool_dump

FUTEX = {"x86_64": 202, "aarch64": 98}  # the number of the system call
GATE, PERMITS, PAUSED = 4, 5, 6  # words of the head
PATIENCE = 120  # seconds


def wait_until(condition, what):
    """Waits until `condition()` is true; raises TimeoutError, which says what was waited for."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.0005)


def published(spool):
    """Returns how many records of a spool are whole."""
    with spool.open("rb") as file:
        head = file.read(16)
    return struct.unpack_from("<Q", head, 8)[0] if len(head) == 16 else 0


class Viewer:
    """A program that stands before its first handle. To be used in a `with`, which ends it."""

    def __init__(self, recorder, python, *arguments, folder=None, starter=(), **options):
        self.own_folder = tempfile.TemporaryDirectory(prefix="live-")
        self.folder = pathlib.Path(folder or self.own_folder.name)
        command = [*starter, python, str(recorder / "launch.py"), str(self.folder), "--live", "--paused", *map(str, arguments)]
        self.begin(command, cwd=recordings.PROGRAMS, **options)

    def begin(self, command, **options):
        """Starts the program, and waits for its spool."""
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        wait_until(lambda: any(map(published, self.spools())) or self.process.poll() is not None, "the program has no spool")
        self.spool = min(self.spools(), key=lambda path: path.stat().st_ctime_ns)
        with self.spool.open("r+b") as file:
            self.head = mmap.mmap(file.fileno(), spool_dump.HEAD_BYTES)
        self.words = memoryview(self.head).cast("I")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self.words.release()
        self.head.close()
        self.own_folder.cleanup()

    def spools(self):
        return list(self.folder.glob("*.spool"))

    @property
    def published(self):
        return struct.unpack_from("<Q", self.head, 8)[0]

    def records(self):
        return spool_dump.read(self.spool)

    def wake(self, word):
        """Wakes who waits for a word of the head: FUTEX_WAKE."""
        here = ctypes.c_uint32.from_buffer(self.head, 4 * word)
        if platform.machine() in FUTEX:
            ctypes.CDLL(None).syscall(FUTEX[platform.machine()], ctypes.byref(here), 1, 1 << 30, None, None, 0)
        del here

    def wait_for_pause(self):
        """Waits until the program stands before a handle with no permit left."""
        wait_until(lambda: self.words[PERMITS] == 0 and self.words[PAUSED] == 1 or self.process.poll() is not None, "the program does not stand")
        if self.process.poll() is not None:
            raise AssertionError(f"the program has ended:\n{self.process.stderr.read()}")

    def give(self, permits=1):
        """Gives permits to a program that has none left."""
        self.words[PERMITS] = permits
        self.wake(PERMITS)

    def step(self, handles=1):
        """Lets handles run, one by one, and waits for the pause behind each."""
        for _ in range(handles):
            self.wait_for_pause()
            self.give()
            self.wait_for_pause()

    def is_over(self):
        return self.process.poll() is not None

    def step_to_the_end(self, most=2000, pause=None):
        """Lets handle after handle run until the program ends, calling `pause` before each; returns how many it were."""
        for steps in range(most):
            wait_until(lambda: self.is_over() or self.words[PERMITS] == 0 and self.words[PAUSED] == 1, "the program does not go on")
            if self.is_over():
                return steps
            if pause is not None:
                pause()
            self.give()
        raise AssertionError(f"it has not ended after {most} handles")

    def open(self):
        """Lets the program run freely."""
        self.words[GATE] = 0
        self.wake(PERMITS)

    def close(self):
        """Has the program stand before its next handle."""
        self.words[GATE] = 1

    def end(self, seconds=PATIENCE):
        """Waits for the end of the program; returns its Run."""
        out, err = self.process.communicate(timeout=seconds)
        return recordings.Run(self.process.returncode, out, err)

    def send(self, number):
        self.process.send_signal(number)


def plain(python, *arguments):
    """Returns the Run of a program that is not recorded."""
    return recordings.run([python, *map(str, arguments)])


def interrupted(python, *arguments, ready):
    """Returns the Run of a program that is not recorded and gets a SIGINT once it has printed the line `ready`."""
    with subprocess.Popen([python, *map(str, arguments)], cwd=recordings.PROGRAMS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline()
        assert first == ready, first
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        return recordings.Run(process.returncode, first + out, err)
