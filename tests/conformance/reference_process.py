"""The reference interpreter as one long-lived process that runs many programs."""

import pathlib
import subprocess
import sys

from reference import TOO_DEEP
import pyodide_node

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import pythons

# The versions of asyncio that the native loop follows, and the one that it follows unless told otherwise.
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
USUAL = "3.13"
VERSION = (3, 13)
NOT_FOUND = f"No Python 3.13 was found {pythons.WHERE}."

_SCRIPT = pathlib.Path(__file__).with_name("reference.py")


def find_python(version=USUAL):
    """The command of a Python of a version that runs, or None."""
    return pythons.find_python(tuple(map(int, version.split("."))))


def find_reference(version, pyodide=None):
    """A function that starts a reference of a version, or None if there is nothing to start.

    `pyodide` is a folder in which npm has installed the CPython that runs under node, for a version of
    which there is no other.
    """
    python = find_python(version)
    if python:
        return lambda: ReferenceProcess([python, _SCRIPT, "--batch"])
    if pyodide and version == pyodide_node.VERSION:
        return lambda: PyodideProcess(pyodide)
    return None


class ReferenceProcess:
    """`reference.py --batch`; a context manager that ends the process when left."""

    def __init__(self, command):
        self._command = command if isinstance(command, list) else [command, _SCRIPT, "--batch"]
        self._start()

    def _start(self):
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _end(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._end()

    def run(self, path):
        """Run the program in a file; return the exit status and the output as bytes."""
        self._process.stdin.write(f"{path}\n".encode())
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("The reference process ended before it answered.")
        status, length = (int(word) for word in answer.split())
        return status, self._process.stdout.read(length)


class PyodideProcess(ReferenceProcess):
    """The same under node, where nothing can be forked, and a process takes longer to start than a hundred programs.

    Its stack is shallow.  A program for which the machine's is too little is the last one of its process.
    """

    def __init__(self, folder):
        self._programs = 0
        super().__init__(pyodide_node.command(folder))

    def run(self, path):
        if self._programs == pyodide_node.PROGRAMS_A_PROCESS:
            self._restart()
        self._programs += 1
        status, output = super().run(path)
        if status != pyodide_node.SPENT:
            return status, output
        self._restart()
        return TOO_DEEP, output

    def _restart(self):
        self._programs = 0
        self._end()
        self._start()
