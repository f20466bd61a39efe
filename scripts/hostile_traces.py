# SPDX-License-Identifier: MIT
"""Small `.loopscope` files that ask for much: what a stranger may write to have a reader take gigabytes or minutes. docs/trace_format.md
describes the format. Used by small_files.py.
"""

import ctypes
import struct

_zstd = ctypes.CDLL("libzstd.so.1")
_zstd.ZSTD_compressBound.restype = ctypes.c_size_t
_zstd.ZSTD_compressBound.argtypes = [ctypes.c_size_t]
_zstd.ZSTD_compress.restype = ctypes.c_size_t
_zstd.ZSTD_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
_xxhash = ctypes.CDLL("libxxhash.so.0")
_xxhash.XXH64.restype = ctypes.c_uint64
_xxhash.XXH64.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64]

KINDS = (
    "begin clock iteration step suspend finish callback callback_end skip spawn name ready wake timer timer_due timer_cancel cancel variable"
    " set get print print_value storage stop thread end"
).split()
KIND = {name: number for number, name in enumerate(KINDS)}
YIELD, EAGER, SLEEP_CALLBACK = 0, 1, 1
MILLION = 1_000_000


def number(value):
    """A number of the format: seven bits a byte."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(difference):
    return number(difference * 2 if difference >= 0 else -difference * 2 - 1)


def text(value):
    return number(len(value)) + value


def info(program=b"attack", source=b"", parameters=(0, b"")):
    """What a file begins with. `parameters`: how many, and their bytes."""
    return text(program) + text(b"attack.py") + text(source) + text(b"a stranger") + number(parameters[0]) + parameters[1]


class Run:
    """So many events of one kind, or of several by turns, whose fields go on by the same steps."""

    def __init__(self, count, **kinds):
        """`kinds`: of each kind the fields (subject, a, b), each a pair: the first value, and by how much it grows from event to event."""
        self.count = count
        self.kinds = kinds

    def raw(self, distances):
        """The events as a chunk holds them. `distances`: kinds whose `a` is told as a distance back."""
        pattern = bytes(KIND[name] for name in self.kinds)
        out = [pattern * self.count, bytes(len(pattern) * self.count)]
        for name in sorted(self.kinds, key=KIND.get):
            for field, (first, step) in enumerate(self.kinds[name]):
                if name in distances and field == 1:
                    first, step = distances[name]
                out.append(zigzag(first) + zigzag(step) * (self.count - 1))
        return b"".join(out)

    @property
    def size(self):
        return self.count * len(self.kinds)

    def after(self, done):
        """The run that goes on after so many rounds."""
        moved = {name: tuple((first + step * done, step) for first, step in fields) for name, fields in self.kinds.items()}
        return Run(self.count - done, **moved)


class File:
    """A `.loopscope` file that is written chunk by chunk."""

    def __init__(self, level=3, **of_info):
        self.level = level
        self.parts = [b"\x89LSC\r\n\x1a\n" + struct.pack("<II", 1, 0)]
        self.chunks = self.events = self.strings = 0
        self.chunk(b"INFO", info(**of_info))

    def chunk(self, kind, raw, times=1):
        bound = _zstd.ZSTD_compressBound(len(raw))
        stored = ctypes.create_string_buffer(bound)
        size = _zstd.ZSTD_compress(stored, bound, raw, len(raw), self.level)
        body = stored[:size]
        for _ in range(times):
            head = kind + struct.pack("<III", len(raw), size, self.chunks)
            self.chunks += 1
            self.parts.append(head + struct.pack("<Q", _xxhash.XXH64(head + body, len(head) + size, 0)) + body)
        return self

    def add(self, run=None, strings=(), distances=None):
        """A chunk of strings and a run."""
        raw = run.raw(distances or {}) if run else b""
        count = run.size if run else 0
        self.chunk(
            b"EVTS",
            number(self.events) + number(self.strings) + number(len(strings)) + b"".join(map(text, strings)) + number(count) + raw,
        )
        self.events += count
        self.strings += len(strings)
        return self

    def add_all(self, run, rounds=65_536, distances=None):
        """A long run as chunks of so many rounds each."""
        while run.count > 0:
            part = Run(min(rounds, run.count), **run.kinds)
            self.add(part, distances=distances)
            run = run.after(part.count)
        return self

    def begin(self, *strings):
        return self.add(Run(1, begin=ZEROS), strings)

    def end(self):
        self.chunk(b"DONE", number(self.events) + number(self.strings))
        return b"".join(self.parts)


ZERO = (0, 0)
ZEROS = (ZERO, ZERO, ZERO)
NEXT = (1, 1)


def prints(count, rounds=65_536, string=b"x"):
    return File().begin(string).add_all(Run(count, print=(ZERO, NEXT_STRING, ZERO)), rounds).end()


NEXT_STRING = (1, 0)  # always the first


def parameters(count):
    return File(parameters=(count, bytes(2 * count))).begin().end()


def source_lines(count):
    return File(source=b"\n" * count).begin().end()


def marks(count):
    return File().begin().chunk(b"NOTE", text(b"") + number(count) + bytes(2 * count)).end()


def notes(size, times=1):
    return File().begin().chunk(b"NOTE", text(b"n" * size) + number(0), times).end()


def strings(count):
    file = File(9).begin()
    words = [b"%x" % each for each in range(count)]
    for first in range(0, count, 100_000):
        file.add(strings=words[first : first + 100_000])
    return file.end()


def unknown_chunks(count, size):
    return File().begin().chunk(b"LATE", bytes(size), count).end()


def empty_chunks(count):
    file = File().begin()
    return file.chunk(b"EVTS", number(1) + bytes(3), count).end()


def program_name(size):
    return File(program=b"p" * size).begin().end()


def waiting_tasks(count):
    return File().begin().add_all(Run(count, spawn=(NEXT, ZERO, ZERO))).end()


def ended_tasks(count):
    """Tasks that are started at once and end at once."""
    run = Run(count, spawn=(NEXT, ZERO, (EAGER, 0)), step=(NEXT, ZERO, ZERO), finish=(NEXT, ZERO, ZERO))
    return File().begin().add_all(run).end()


def nested_tasks(count):
    """Tasks each of which is started at once by the one before it; then each ends."""
    file = File().begin().add_all(Run(count, spawn=(NEXT, ZERO, (EAGER, 0)), step=(NEXT, ZERO, ZERO)))
    return file.add_all(Run(count, finish=((count, -1), ZERO, ZERO))).end()


def deep_leaks(depth, count):
    """Prints of the last of many generations, of what a stranger wrote."""
    file = File().begin(b"x").add(Run(1, variable=(NEXT, (1, 0), (1, 0))))
    file.add(Run(2, spawn=(NEXT, ZERO, (EAGER, 0)), step=(NEXT, ZERO, ZERO), set=(NEXT, (1, 0), (1, 0)), finish=(NEXT, ZERO, ZERO)))
    file.add_all(Run(depth, spawn=((3, 1), ZERO, (EAGER, 0)), step=((3, 1), ZERO, ZERO)))
    last = (depth + 2, 0)
    file.add(Run(1, get=(last, (4, 0), (1, 0))))
    get = file.events - 1
    # What is stored is how far back the read is.
    for first in range(0, count, 65_536):
        size = min(65_536, count - first)
        run = Run(size, print_value=(last, (get, 0), ZERO))
        file.add(run, distances={"print_value": (file.events - get, 1)})
    return file.end()


def running_timers(count):
    return File().begin().add_all(Run(count, timer=ZEROS)).end()


def cancelled_timers(count):
    return File().begin().add_all(Run(count, timer=ZEROS, timer_cancel=(ZERO, NEXT, ZERO))).end()


def due_timers_cancelled(count):
    """Timers that are due all at once and then cancelled, the last first."""
    file = File().begin().add_all(Run(count, timer=ZEROS)).add_all(Run(count, timer_due=(ZERO, NEXT, ZERO)))
    return file.add_all(Run(count, timer_cancel=(ZERO, (count, -1), ZERO))).end()


def ready_callbacks(count):
    return File().begin().add_all(Run(count, ready=ZEROS)).end()


def any_order(count):
    """A schedule of its own, in which what became ready last runs first."""
    file = File()
    file.chunk(b"SCHD", text(b"ready")).begin().add_all(Run(count, spawn=(NEXT, ZERO, ZERO)))
    file.add(Run(1, iteration=((1, 0), (count, 0), ZERO)))
    return file.add_all(Run(count, step=((count, -1), ZERO, ZERO), finish=((count, -1), ZERO, ZERO))).end()


def variables(count):
    return File().begin().add_all(Run(count, variable=(NEXT, ZERO, ZERO))).end()


def tasks_and_variables(tasks, count):
    file = File().begin().add_all(Run(tasks, spawn=(NEXT, ZERO, (EAGER, 0)), step=(NEXT, ZERO, ZERO), finish=(NEXT, ZERO, ZERO)))
    return file.add_all(Run(count, variable=(NEXT, ZERO, ZERO))).end()


def writes(count):
    file = File().begin(b"x").add(Run(1, variable=(NEXT, ZERO, ZERO)))
    return file.add_all(Run(count, set=(ZERO, (1, 0), (1, 0)))).end()


def reads(count):
    file = File().begin(b"x").add(Run(1, variable=(NEXT, ZERO, ZERO)))
    return file.add_all(Run(count, get=(ZERO, ZERO, (1, 0)))).end()


def writing_tasks(count):
    """Roots each of which is a chain of its own, writes, and prints."""
    file = File().begin(b"x").add(Run(1, variable=(NEXT, ZERO, ZERO)))
    run = Run(
        count,
        spawn=(NEXT, ZERO, (EAGER, 0)),
        step=(NEXT, ZERO, ZERO),
        set=(NEXT, (1, 0), (1, 0)),
        print=(NEXT, (1, 0), ZERO),
        finish=(NEXT, ZERO, ZERO),
    )
    return file.add_all(run).end()


def all_at_once(tasks, timers, callbacks):
    file = File().begin().add_all(Run(tasks, spawn=(NEXT, ZERO, ZERO))).add_all(Run(timers, timer=ZEROS))
    return file.add_all(Run(callbacks, ready=ZEROS)).end()


def selections(count):
    return File().begin().add_all(Run(count, storage=ZEROS)).end()


def iterations(count):
    return File().begin().add_all(Run(count, iteration=(NEXT, ZERO, ZERO))).end()


def threads(count):
    return File().begin().add_all(Run(count, thread=(NEXT, ZERO, ZERO))).end()


def one_step_of_prints(count, string=b"x"):
    file = File().begin(string).add(Run(1, spawn=(NEXT, ZERO, (EAGER, 0)), step=(NEXT, ZERO, ZERO)))
    return file.add_all(Run(count, print=((1, 0), (1, 0), ZERO))).add(Run(1, finish=(NEXT, ZERO, ZERO))).end()


def yielding_tasks(tasks, rounds):
    """Tasks that yield by turns, as a trace of ours may: many events for each byte."""
    file = File().begin().add_all(Run(tasks, spawn=(NEXT, ZERO, ZERO)))
    for each in range(rounds):
        file.add(Run(1, iteration=((each + 1, 0), (tasks, 0), ZERO)))
        resumed = (0 if each == 0 else 1, 0)
        file.add_all(Run(tasks, step=(NEXT, ZERO, resumed), suspend=(NEXT, ZERO, (YIELD, 0))))
    return file.end()


CASES = {
    "33 million parameters": lambda: parameters(33 * MILLION),
    "a source of 32 million lines": lambda: source_lines(32 * MILLION),
    "a source of 3 million lines": lambda: source_lines(3 * MILLION),
    "96 million prints": lambda: prints(96 * MILLION, MILLION),
    "13 million prints in a chunk": lambda: prints(13 * MILLION, 13 * MILLION),
    "a text of 60 MB, printed 1,000 times": lambda: prints(1000, string=b"x" * (60 * MILLION)),
    "a text of 15 MB, printed 1,000 times": lambda: prints(1000, string=b"x" * (15 * MILLION)),
    "a text of 15 MB, printed 1,000 times in one step": lambda: one_step_of_prints(1000, b"x" * (15 * MILLION)),
    "15 million lines, printed at once": lambda: prints(1, string=b"\n" * (15 * MILLION)),
    "4 million prints in one step": lambda: one_step_of_prints(4 * MILLION),
    "30 million marks": lambda: marks(30 * MILLION),
    "10,000 marks": lambda: marks(10_000),
    "notes of 60 MB": lambda: notes(60 * MILLION),
    "notes of 1 MB, 400 times": lambda: notes(MILLION, 400),
    "400,000 strings": lambda: strings(400_000),
    "400 unknown chunks of 60 MB": lambda: unknown_chunks(400, 60 * MILLION),
    "20,000 chunks of nothing": lambda: empty_chunks(20_000),
    "a program's name of 60 MB": lambda: program_name(60 * MILLION),
    "a program's name of 60 KB": lambda: program_name(60_000),
    "10 million tasks that wait": lambda: waiting_tasks(10 * MILLION),
    "2 million tasks that have ended": lambda: ended_tasks(2 * MILLION),
    "250,000 tasks that have ended": lambda: ended_tasks(250_000),
    "250,000 tasks inside each other": lambda: nested_tasks(250_000),
    "200,000 leaks of the 200,000th generation": lambda: deep_leaks(200_000, 200_000),
    "4 million timers that run": lambda: running_timers(4 * MILLION),
    "2 million timers that were cancelled": lambda: cancelled_timers(2 * MILLION),
    "500,000 timers that are due, then cancelled": lambda: due_timers_cancelled(500_000),
    "4 million callbacks that are ready": lambda: ready_callbacks(4 * MILLION),
    "250,000 tasks that run in reverse order": lambda: any_order(250_000),
    "4 million variables": lambda: variables(4 * MILLION),
    "250 variables of 20,000 tasks": lambda: tasks_and_variables(20_000, 250),
    "250 variables of 7,000 tasks": lambda: tasks_and_variables(7_000, 250),
    "4 million writes": lambda: writes(4 * MILLION),
    "4 million reads": lambda: reads(4 * MILLION),
    "4 million selections of a storage": lambda: selections(4 * MILLION),
    "4,000 selections of a storage": lambda: selections(4000),
    "100,000 tasks, each with a write of its own": lambda: writing_tasks(100_000),
    "tasks, timers and callbacks, as many as there is room for": lambda: all_at_once(100_000, 300_000, 300_000),
    "4 million iterations": lambda: iterations(4 * MILLION),
    "1 million threads": lambda: threads(MILLION),
    "4 million events of 10,000 tasks": lambda: yielding_tasks(10_000, 200),
}
