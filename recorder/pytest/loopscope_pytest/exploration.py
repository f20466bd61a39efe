# SPDX-License-Identifier: MIT
"""A process of `loopscope explore`, whose requests are answered by runs of a test."""

import os
import pathlib
import selectors
import shlex
import socket
import subprocess
import sys
import tempfile

RELAY = pathlib.Path(__file__).parent / "relay.py"


class Exploration:
    """Explores a test: `trial` runs it, `found` looks at each run."""

    def __init__(self, executable, trial, found):
        self.executable = executable
        self.trial = trial
        self.found = found
        self.rests = {}  # what came by each connection and is no whole line

    def run(self, schedules, options):
        """Explores. Returns what is wrong, a sentence; "" where nothing is."""
        with tempfile.TemporaryDirectory(prefix="loopscope-") as folder, socket.socket(socket.AF_UNIX) as listening:
            path = os.path.join(folder, "pytest")
            listening.bind(path)
            listening.listen()
            python = os.path.join(folder, "python")
            write_script(python, [sys.executable, RELAY, path])
            words = ["--python", python, "--schedules", schedules, "-o", os.path.join(folder, "outcomes"), *options, self.trial.item.path]
            command = [self.executable.path, "explore", *map(str, words)]
            with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as explorer:
                said = self.serve(listening, explorer.stderr).decode("utf-8", "replace")
        if explorer.returncode == 0:
            return ""
        return f"The test cannot be explored: {(said.strip().splitlines() or ['nothing was said'])[-1].removeprefix('loopscope: ')}"

    def serve(self, listening, explorers):
        """Answers all that is asked until the explorer has ended, which closes its stream of errors. Returns what came by that."""
        said = b""
        with selectors.DefaultSelector() as waiting:
            waiting.register(listening, selectors.EVENT_READ)
            waiting.register(explorers, selectors.EVENT_READ)
            while True:
                for key, _ in waiting.select():
                    if key.fileobj is listening:
                        asked = listening.accept()[0]
                        self.rests[asked] = b""
                        waiting.register(asked, selectors.EVENT_READ)
                    elif key.fileobj is explorers:
                        piece = os.read(explorers.fileno(), 1 << 16)
                        if not piece:
                            return said
                        said += piece
                    elif not self.take(key.fileobj):
                        waiting.unregister(key.fileobj)
                        key.fileobj.close()

    def take(self, asked):
        """Takes what has come by a connection, and answers it. Returns whether more may come."""
        from loopscope_recorder import schedule_server

        piece = asked.recv(1 << 16)
        *lines, self.rests[asked] = (self.rests[asked] + piece).split(b"\n")
        try:
            for line in lines:
                asked.sendall(schedule_server.line_of(*self.answer(line.decode("utf-8"), asked)))
        except (EOFError, OSError):
            return False
        return bool(piece)

    def answer(self, line, asked):
        """Returns the fields of the answer to a request (schedule_server.py). Raises EOFError where nobody waits for it any more."""
        from loopscope_recorder import schedule_server

        try:
            mode, plan, seed = schedule_server.parsed(line)
        except schedule_server.Refused as refused:
            return "refused", refused
        if mode != "fork":
            return "cannot", "tests run in copies of pytest's process."
        told = self.trial.run(plan, seed, asked.fileno())
        if told["refusal"]:
            return "refused", told["refusal"]
        self.found.look_at(told)
        return "ran", self.trial.spool, told["records"], told["code"], told["failure"], told["unretrieved"]


def write_script(path, words):
    """Writes a program that runs a command, with what arguments it gets behind that command's."""
    with open(path, "w", encoding="utf-8") as script:
        script.write(f"#!/bin/sh\nexec {' '.join(shlex.quote(str(word)) for word in words)} \"$@\"\n")
    os.chmod(path, 0o700)
