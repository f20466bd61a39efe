"""The reference interpreter as one long-lived process that runs many programs."""

import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import pythons

VERSION = (3, 13)
NOT_FOUND = f"No Python 3.13 was found {pythons.WHERE}."

_SCRIPT = pathlib.Path(__file__).with_name("reference.py")


def find_python():
    """The command of a Python 3.13 that runs, or None."""
    return pythons.find_python(VERSION)


class ReferenceProcess:
    """`reference.py --batch`; a context manager that ends the process when left."""

    def __init__(self, python):
        self._process = subprocess.Popen(
            [python, _SCRIPT, "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, path):
        """Run the program in a file; return the exit status and the output as bytes."""
        self._process.stdin.write(f"{path}\n".encode())
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("The reference process ended before it answered.")
        status, length = (int(word) for word in answer.split())
        return status, self._process.stdout.read(length)
