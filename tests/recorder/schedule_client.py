"""Asks a schedule server (recorder/python/schedule_server.py) as Loopscope does, and reads what it has recorded."""

import collections
import ctypes
import os
import pathlib
import socket
import subprocess
import tempfile

from recordings import PROGRAMS, spool_dump

NO_RANDOM_ADDRESSES = 0x0040000  # ADDR_NO_RANDOMIZE of personality(2)
FREEDOMS = ("tie", "jitter", "ready", "io", "set", "thread")  # core/loop/chooser.hpp

Answer = collections.namedtuple("Answer", "code failure unretrieved records")


class Server:
    """A server for one program. `with` ends it."""

    def __init__(self, recorder, python, *arguments, folder=PROGRAMS, stdin=subprocess.DEVNULL, **environment):
        self.folder = tempfile.TemporaryDirectory(prefix="schedules-")
        command = [python, recorder / "launch.py", self.folder.name, "--explore", *map(str, arguments)]
        around = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", **environment}
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(pathlib.Path(self.folder.name) / "schedules"))
            listener.listen()
            personality = ctypes.CDLL(None).personality
            self.process = subprocess.Popen(
                command, cwd=folder, stdin=stdin, stderr=subprocess.PIPE, env=around, preexec_fn=lambda: personality(NO_RANDOM_ADDRESSES)
            )
            listener.settimeout(120)
            self.socket = listener.accept()[0]
        self.lines = self.socket.makefile("rw", encoding="utf-8", newline="\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.socket.close()
        self.process.communicate(timeout=120)
        self.folder.cleanup()

    def ask(self, *fields):
        """Returns the fields of the answer to a request."""
        self.lines.write("\t".join(map(str, fields)) + "\n")
        self.lines.flush()
        return self.lines.readline().rstrip("\n").split("\t")

    def run(self, mode, schedule="", *seed):
        """Runs the program once; returns an Answer."""
        kind, *told = self.ask(mode, schedule, *seed)
        if kind != "ran":
            raise AssertionError(f"{kind}: {told}")
        spool, count, code, failure, unretrieved = told
        with open(spool, "rb") as file:
            assert int.from_bytes(file.read(16)[8:], "little") == int(count)
        return Answer(int(code), failure, unretrieved, named(spool_dump.read(spool)))


def named(records):
    """Returns records with handles numbered in the order in which they are announced, in place of their addresses."""
    numbers, story, last = {}, [], 0
    for record in records:
        low, high = record.a, record.b & 0xFFFF
        if record.kind in ("ready", "io", "timer", "descriptor"):
            last += 1
            numbers[low, high] = last
        if record.kind in ("ready", "io", "timer", "descriptor", "due", "handle_cancel", "wake", "run"):
            is_step = record.kind == "wake" or (record.kind == "run" and record.subject)
            record = record._replace(a=0 if is_step else numbers.get((low, high), 0), b=record.b >> 16)
        elif record.kind == "wait" and (record.subject, high) in numbers:
            record = record._replace(subject=numbers[record.subject, high], b=0)
        story.append(record)
    return story


def output_of(answer):
    """Returns what the program wrote to its standard output."""
    return "".join(record.a for record in answer.records if record.kind == "output" and record.subject & 0xFF == 1)


def choices_of(answer):
    """Returns the choices that were made: freedom, alternatives, the one that was taken."""
    return [(FREEDOMS[record.subject], record.a, record.b) for record in answer.records if record.kind == "choice"]


def ending_of(answer):
    """Returns exit code, exception and Ending of the record that ends a run."""
    return next((record.subject, record.a, record.b) for record in answer.records if record.kind == "exit")
