# SPDX-License-Identifier: MIT
"""The program `loopscope`, which makes traces of what the recorder writes, and has the recorder's files."""

import os
import shutil
import subprocess

import pytest

VARIABLE = "LOOPSCOPE"


def installed_beside():
    """Returns the path of the program that was installed with this plugin, by a wheel; None: there is none."""
    try:
        import loopscope
    except ImportError:
        return None
    return loopscope.program() if hasattr(loopscope, "program") else None  # a folder of that name is a package, too


class Executable:
    """The program, found by the environment variable LOOPSCOPE, beside this plugin, or in PATH. Raises pytest.UsageError where there is none."""

    def __init__(self):
        named = os.environ.get(VARIABLE)
        self.path = shutil.which(named or installed_beside() or "loopscope")
        if self.path is None:
            where = f"{VARIABLE} names '{named}', which cannot be run" if named else f"it is not in PATH; name it by the variable {VARIABLE}"
            raise pytest.UsageError(f"--loopscope needs the program loopscope: {where}")

    def recorder_folder(self, spare):
        """Returns the folder with the recorder's files for Python; `spare` is one for them, where the user has no cache."""
        done = self.run("spool", "--recorder", spare)
        if done.returncode:
            raise pytest.UsageError(f"{self.path} does not say where its recorder is: {done.stderr.strip()}")
        return done.stdout.strip()

    def make_trace(self, spool, target, name, note="", schedule=""):
        """Makes a trace of a spool. Returns what is wrong, a sentence; "" where the file is there; None where nothing ran on a loop. `target` is a
        path where nothing is."""
        target.parent.mkdir(parents=True, exist_ok=True)
        done = self.run("spool", spool, "-o", target, "--name", name, "--note", note, "--schedule", schedule)
        if done.returncode:
            return done.stderr.strip() or f"{self.path} ended with {done.returncode}"
        return "" if target.exists() else None

    def run(self, *words):
        """Runs a command of it, and returns what became of that."""
        return subprocess.run([self.path, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
