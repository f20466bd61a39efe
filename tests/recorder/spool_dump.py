#!/usr/bin/env python3
"""Reads a spool (recorder/spool.h) and prints its records, a line each; asserts that they are sound.

    spool_dump.py FILE            prints the records
    spool_dump.py --check FILE    prints how many there are of each kind

As a module: `read(path)` gives the records as tuples, with texts in place of their numbers where that is what they hold, and raises
`Unsound` where a rule of spool.h is broken: numbers are not in order of appearance, a `ran` is not the innermost `run`'s of its thread, time
runs back.
"""

import collections
import mmap
import pathlib
import re
import struct
import sys

HEAD_BYTES = 4096
HEADER = pathlib.Path(__file__).resolve().parents[2] / "recorder" / "spool.h"
UNKNOWN = 0xFFFFFFFF


class Unsound(Exception):
    """A rule of spool.h is broken."""


def _kinds():
    """Returns the numbers and names of the kinds of records, as spool.h has them."""
    body = re.search(r"enum \{\s*SPOOL_CLOCK = 1,.*?\};", HEADER.read_text(encoding="utf-8"), re.DOTALL).group(0)
    names = re.findall(r"^\s*SPOOL_([A-Z_]+)[ =,/\n]", body, re.MULTILINE)
    return {number: name.lower() for number, name in enumerate(names, 1)}


KINDS = _kinds()
Record = collections.namedtuple("Record", "kind time thread subject a b")
TEXTS = {"thread": "a", "file": "a", "loop": "a", "ran": "a", "ready": "subject", "io": "subject", "timer": "subject", "task": "a", "task_name": "a",
         "variable": "a", "set": "a", "found": "a", "default": "a", "output": "a", "job": "a", "job_end": "a", "message": "a", "exit": "a",
         "stopped": "a", "connection": "a", "serve": "a", "copy": "a"}  # fmt: skip
NUMBERED = ("thread", "file", "loop", "task", "variable", "put", "connection")


class Reader:
    """What is known while the records go by."""

    def __init__(self, data):
        self.data = data
        if data[:8] != b"LSPOOL\0\1":
            raise Unsound("it has no magic")
        self.published, = struct.unpack_from("<Q", data, 8)
        if len(data) < HEAD_BYTES + self.published * 16:
            raise Unsound("it is shorter than what is published")
        self.strings = {0: ""}
        self.last = dict.fromkeys(NUMBERED, 0)
        self.thread, self.clock, self.time = 0, 0, 0
        self.steps = collections.defaultdict(list)
        self.file = 0

    def records(self):
        """Yields the records, raw strings left out."""
        at = 0
        while at < self.published:
            head, subject, a, b = struct.unpack_from("<IIII", self.data, HEAD_BYTES + at * 16)
            kind = KINDS.get(head & 0xFF)
            at += 1
            if kind is None:
                raise Unsound(f"record {at} is of kind {head & 0xff}")
            if kind == "string":
                at = self._string(at, subject, a)
                continue
            if kind == "clock":
                self.clock = a | b << 32
            elif self.time > self.clock + (head >> 8):
                raise Unsound(f"record {at} ({kind}): time runs back")
            self.time = self.clock + (head >> 8)
            record = Record(kind, self.time, self.thread, subject, a, b)
            try:
                self._follow(record)
            except Unsound as error:
                raise Unsound(f"record {at} ({record}): {error}") from None
            yield self._with_texts(record._replace(thread=self.thread))

    def _string(self, at, number, size):
        if number != len(self.strings):
            raise Unsound(f"string {number} comes after {len(self.strings) - 1}")
        begin = HEAD_BYTES + at * 16
        self.strings[number] = self.data[begin : begin + size].decode("utf-8", "surrogatepass")
        return at + (size + 15) // 16

    def _with_texts(self, record):
        field = TEXTS.get(record.kind)
        if field is None:
            return record
        number = getattr(record, field)
        if number not in self.strings:
            raise Unsound(f"{record} names a string that is not there")
        return record._replace(**{field: self.strings[number]})

    def _follow(self, record):
        if record.kind in NUMBERED:
            self._number(record)
        if record.kind == "thread":
            self.thread = record.subject
        if record.kind == "run":
            self.steps[self.thread].append(record.subject)
        if record.kind == "ran":
            steps = self.steps[self.thread]
            if not steps or steps.pop() != record.subject:
                raise Unsound("no such step runs on this thread")
        if record.kind in ("wake", "task_name", "task_cancel", "run") and record.subject > self.last["task"]:
            raise Unsound("the task was not made")
        if not self.thread and record.kind != "clock":
            raise Unsound("no thread was said")

    def _number(self, record):
        last = self.last[record.kind]
        is_new = record.kind != "loop" or record.b == 0
        if is_new and record.kind not in ("thread", "file") and record.subject != last + 1:
            raise Unsound(f"it comes after {last}")
        if not 0 < record.subject <= last + 1:
            raise Unsound(f"it comes after {last}")
        self.last[record.kind] = max(last, record.subject)


def read(path):
    """Returns the records of the spool at `path`. Raises Unsound."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return list(Reader(data).records())


def main(arguments):
    """Prints a spool."""
    records = read(arguments[-1])
    if arguments[0] == "--check":
        for kind, count in sorted(collections.Counter(record.kind for record in records).items()):
            print(f"{count:8} {kind}")
        return
    for record in records:
        print(f"{record.time / 1e9:.6f} {record.thread} {record.kind} {record.subject!r} {record.a!r} {record.b:#x}")


if __name__ == "__main__":
    main(sys.argv[1:])
