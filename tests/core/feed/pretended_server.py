"""Pretends to be a schedule server for tests: pretended_server.py BEHAVIOUR FOLDER

Its program asks four times for one of two alternatives, and prints "kept", or "lost" where it takes the second one at point 2. What else it
does, the behaviour says: see `outcome` and `main`."""

import os
import random
import signal
import socket
import struct
import sys
import time

CLOCK, STRING, THREAD, _, LOOP, ITERATION, _, RUN, RAN = range(1, 10)
TASK, OUTPUT, EXIT, CHOICE = 16, 28, 32, 41
OK, EXCEPTION, STOPPED = 0, 1, 4
POINTS = 4


class Spool:
    def __init__(self):
        self.records = []
        self.texts = []

    def add(self, kind, subject=0, a=0, b=0):
        self.records.append(struct.pack("<4I", kind, subject, a, b))

    def text(self, text):
        data = text.encode()
        self.texts.append(text)
        self.add(STRING, len(self.texts), len(data))
        for at in range(0, len(data), 16):
            self.records.append(data[at:at + 16].ljust(16, b"\0"))
        return len(self.texts)

    def write(self, path):
        head = (b"LSPOOL\0\1" + struct.pack("<Q", len(self.records))).ljust(4096, b"\0")
        with open(path, "wb") as file:
            file.write(head + b"".join(self.records))


def choices(fields):
    """The alternatives that a request names, one for each point."""
    if len(fields) > 2:
        chance = random.Random(int(fields[2]))
        return [chance.randrange(2) for _ in range(POINTS)]
    taken = [0] * POINTS
    for word in fields[1].split(","):
        point, _, alternative = word.partition("=")
        if point.isdecimal() and int(point) < POINTS:
            taken[int(point)] = int(alternative)
    return taken


def outcome(behaviour, taken, runs_here):
    """What the program prints, how it ends, and the exception that ends it."""
    printed = "lost" if taken[2] else "kept"
    if behaviour == "random":
        printed = f"a\nb {os.urandom(4).hex()}"
    elif behaviour == "remembers" and runs_here > 1 or behaviour == "decays" and runs_here > 70:
        printed += " again"
    elif behaviour == "decays-when-lost" and runs_here > 2 and taken[2]:
        printed += f" {runs_here}"
    elif behaviour == "address":
        printed += f" <object at 0x7f{os.urandom(4).hex()}>"
    elif behaviour == "fails" and taken[2]:
        return printed, EXCEPTION, "KeyError at app.py:12"
    return printed, STOPPED if behaviour == "endless" else OK, ""


def run(behaviour, folder, fields, runs_here):
    taken = choices(fields)
    printed, ending, failure = outcome(behaviour, taken, runs_here)
    spool = Spool()
    spool.add(THREAD, 1, spool.text("MainThread"))
    if behaviour != "no-loop":
        spool.add(LOOP, 1)
        spool.add(TASK, 1, spool.text("main"))
        for alternative in taken:
            spool.add(CHOICE, 0, 2, alternative)
        if behaviour == "breaks-when-lost" and taken[2]:
            spool.add(RAN, 1, 0, 2)
        spool.add(ITERATION, 1, 1)
        spool.add(RUN, 1)
        spool.add(OUTPUT, 1, spool.text(printed + "\n"))
        if behaviour == "reports":
            spool.add(OUTPUT, 2, spool.text(f"at {os.urandom(4).hex()}\n"))
        spool.add(RAN, 1, 0, 2)
    spool.add(EXIT, 0, spool.text(failure.partition(" ")[0]) if failure else 0, ending)
    path = os.path.join(folder, f"{os.getpid()}.spool")
    spool.write(path)
    return f"ran\t{path}\t{len(spool.records)}\t{1 if failure else 0}\t{failure}\t"


def connected(folder):
    """A connection to whoever asks."""
    made = socket.socket(socket.AF_UNIX)
    made.connect(os.path.join(folder, "schedules"))
    return made


def main():
    behaviour, folder = sys.argv[1:]
    if behaviour == "leaves":
        sys.exit("Traceback\nloopscope: there is no module 'app'.")
    connection = connected(folder)
    if behaviour == "starts-others":
        import subprocess  # takes time

        other = subprocess.Popen(["sleep", "1000"])
        with open(os.path.join(os.path.dirname(folder), "other"), "w", encoding="utf-8") as file:
            file.write(f"{other.pid}\n")
    runs_here = 0
    lines = connection.makefile(encoding="utf-8")
    while line := lines.readline():
        fields = line.rstrip("\n").split("\t")
        runs_here += fields[0] == "here"
        if behaviour == "refuses":
            answer = "refused\t'app.py' reads the terminal; pass it what it reads."
        elif behaviour == "cannot-fork" and fields[0] == "fork":
            answer = "cannot\tit cannot be forked while 1 thread runs."
        elif behaviour in ("cannot-fork", "dies") and fields[0] == "here" and runs_here > (1 if behaviour == "cannot-fork" else 5):
            os.kill(os.getpid(), signal.SIGKILL)
        elif fields[0] == "copy":
            if not os.fork():
                connection = connected(folder)
                lines, runs_here = connection.makefile(encoding="utf-8"), 0
                continue
            answer = "copied"
        elif behaviour == "silent" or behaviour == "silent-when-lost" and choices(fields)[2]:
            run(behaviour, folder, fields, runs_here)
            time.sleep(1000)
        elif behaviour == "talks":
            answer = "hello"
        else:
            answer = run(behaviour, folder, fields, runs_here if fields[0] == "here" else 0)
        connection.sendall(answer.encode() + b"\n")


main()
