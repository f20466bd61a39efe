# SPDX-License-Identifier: MIT
"""The spool (recorder/spool.h), written in Python: for a Python that does not load the extension.

Records are gathered in a list of numbers of 64 bits, two for each, and written a few thousand at a time: what is in the file is whole, also
after the process was killed, but the last moments are lost then."""

import array
import mmap
import os
import struct
import sys
import threading
import time

MAGIC = b"LSPOOL\0\1"
HEAD_BYTES, TEXT_AT, GATHERED = 4096, 1024, 4096
CLOCK, STRING, THREAD, FILE, STOPPED = 1, 2, 3, 4, 33
FALLBACK, LIVE, PAUSED = 2, 16, 32
UNKNOWN = 0xFFFFFFFF
get_ident = threading.get_ident  # the original: programs replace it, as gevent does


class State:
    """What is asked for at each handle."""

    __slots__ = ("fresh", "task", "yielded", "loop", "is_odd", "asked")

    def __init__(self):
        self.fresh = None  # a loop that is about to begin an iteration
        self.task = None  # that runs, as long as only one thread runs any
        self.yielded = False  # it has called call_soon for its next step
        self.loop = None  # the loop that was said last
        self.asked = None  # who waits at the queue that was last found empty or full, and their `wait` record
        self.is_odd = True  # several threads write, or nothing is recorded: the quick ways are not to be taken


class Spool:
    """One process's spool. All methods want the GIL only, as every Python function has it between two of its instructions: a record that
    another thread writes in the midst of several that belong together is told by its `thread` record."""

    def __init__(self):
        self.gathered = []
        self.extend = self.gathered.extend
        self.file = -1
        self.recording = False
        self.state = State()
        self.virtual = None  # the virtual clock's nanoseconds
        self.gate = None  # where the program can be paused: a Gate
        self.lines = 1
        self.is_users = lambda path: not path.startswith("<")

    def open(self, path, about, flags, limit):
        """Creates the file and begins. Raises OSError."""
        if self.file < 0:
            os.register_at_fork(after_in_child=self.leave_to_parent)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
        os.ftruncate(self.file, HEAD_BYTES)
        os.lseek(self.file, HEAD_BYTES, os.SEEK_SET)
        self.head = mmap.mmap(self.file, HEAD_BYTES)
        self.published, self.limit = 0, limit // 16
        self.texts, self.threads, self.files = {}, {}, {}
        self.writer = self.said_file = None
        self.gate = self.make_gate(path) if flags & LIVE else None
        self.began = self.now() if self.virtual is None else 0
        self.base = self.began  # where the last `clock` record is, on the clock that `now` asks
        text = about.encode("utf-8", "surrogateescape")[: HEAD_BYTES - TEXT_AT - 1]
        flags = (flags | FALLBACK) & ~(0 if self.gate else LIVE | PAUSED)
        struct.pack_into("<QIIIIIIQ", self.head, 8, 0, int(flags & PAUSED > 0), 0, 0, os.getpid(), flags, 0, time.time_ns())
        self.head[TEXT_AT : TEXT_AT + len(text)] = text
        self.head[: len(MAGIC)] = MAGIC
        self.keep_head()
        del self.gathered[:]
        self.recording = True

    def keep_head(self):
        """Writes the head to the file where that does not share its memory: WebAssembly has a copy of it."""
        if sys.platform == "emscripten":
            self.head.flush()

    def make_gate(self, path):
        """Returns the gate of the head; None where there can be none, which is said."""
        try:
            from loopscope_recorder.fallback_gate import Gate

            gate = self.gate or Gate(self)
            gate.attach(self.head, os.path.dirname(path))
            return gate
        except (ImportError, AttributeError, KeyError, OSError):
            from loopscope_recorder import words

            words.say("without the recorder's extension this program cannot be paused.")
            return None

    def now(self):
        """Returns the nanoseconds of the clock that records are stamped with: CLOCK_MONOTONIC, of which time.perf_counter_ns is the quicker function,
        less what it stood at the gate, or the virtual clock, which begins at 0."""
        if self.virtual is not None:
            return self.virtual
        return time.perf_counter_ns() if self.gate is None else self.gate.now()

    def on_clock(self, seconds):
        """Returns where on the recording's clock `seconds` of the loop's clock are."""
        return max(0, round(seconds * 1e9) - self.began)

    def record(self, kind, subject, second):
        """Appends a record; `second` has its last two fields, the first one in the low half. Says the thread and the time where they are others."""
        if not self.recording:
            return
        ident = get_ident()
        if ident != self.writer:
            self.say_thread(ident)
        self.take_time()
        self.extend((kind | subject << 32, second))

    def take_time(self):
        """Writes the time as it is now: all records but `clock` stand right behind the last one."""
        now = self.now()
        if now > self.base:
            self.base = now
            self.extend((CLOCK, now - self.began))

    def say_thread(self, ident):
        if ident not in self.threads:
            thread = threading._active.get(ident)
            self.threads[ident] = len(self.threads) + 1, self.text(getattr(thread, "_name", None) or "")
            self.state.is_odd = len(self.threads) > 1
        number, name = self.threads[ident]
        self.writer = ident
        self.extend((THREAD | number << 32, name))

    def text(self, text):
        """Returns a string's number, having written it if it is new."""
        number = self.texts.get(text)
        if number is None and self.recording:
            number = self.texts[str(text)] = len(self.texts) + 1
            data = text.encode("utf-8", "surrogatepass")
            words = array.array("Q", data + b"\0" * (-len(data) % 16))
            self.extend((STRING | number << 32, len(data), *words))
        return number or 0

    def value(self, value):
        """Returns the number of a value's text, for which no code of the program's runs."""
        kind = type(value)
        if kind is str:
            return self.text(value)
        if kind is int and value.bit_length() <= 63 or kind in (float, bool, bytes) or value is None:
            return self.text(repr(value))
        return self.text(f"<{type.__dict__['__name__'].__get__(kind)}>")

    def line_in(self, path, line):
        """Returns a line, having written of which file it is; 0 where lines of that file are not recorded."""
        if not self.recording or not self.lines or not self.is_users(path):
            return 0
        if path != self.said_file:
            self.said_file = path
            is_new = path not in self.files
            number = self.files.setdefault(path, len(self.files) + 1)
            self.record(FILE, number, self.text(path) if is_new else 0)
        return line

    def line_of_caller(self, depth=2):
        """Returns the line of the innermost frame that is in one of the program's files, as `line_in` does; 0: there is none."""
        if not self.recording or not self.lines:
            return 0
        frame = sys._getframe(depth)
        while frame is not None:
            if self.is_users(frame.f_code.co_filename):
                return self.line_in(frame.f_code.co_filename, frame.f_lineno)
            frame = frame.f_back
        return 0

    def flush(self):
        """Writes what was gathered. Where that fails the recording ends; the program goes on."""
        if not self.recording:
            return
        count = len(self.gathered) // 2
        data = memoryview(array.array("Q", self.gathered[: 2 * count])).cast("B")
        del self.gathered[: 2 * count]
        try:
            while data:
                data = data[os.write(self.file, data) :]
        except OSError:
            self.recording, self.state.is_odd = False, True
            return
        self.published += count
        struct.pack_into("<Q", self.head, 8, self.published)
        self.keep_head()
        if self.limit and self.published + GATHERED > self.limit:
            self.stop(f"the limit of {self.limit * 16 / 1e6:.1f} MB is reached")

    def stop(self, why):
        """Ends the recording; the program goes on."""
        limit, self.limit = self.limit, 0
        self.record(STOPPED, 0, self.text(why))
        self.flush()
        self.recording, self.limit, self.state.is_odd = False, limit, True

    def leave_to_parent(self):
        """Makes a forked child silent."""
        self.recording, self.state.is_odd = False, True
        del self.gathered[:]
        if self.gate is not None:
            self.gate.forget()
