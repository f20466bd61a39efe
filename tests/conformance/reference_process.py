"""The reference interpreter as one long-lived process that runs many programs."""

import os
import pathlib
import subprocess

VERSION = (3, 13)
NOT_FOUND = "No Python 3.13 was found: put python3.13 on PATH or name it in LOOPSCOPE_PYTHON."

_SCRIPT = pathlib.Path(__file__).with_name("reference.py")
_PRINT_VERSION = "import sys; print(*sys.version_info[:2])"


def find_python():
    """The command of a Python 3.13 that runs, or None."""
    command = os.environ.get("LOOPSCOPE_PYTHON", "python3.13")
    try:
        answer = subprocess.run(
            [command, "-c", _PRINT_VERSION], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return command if answer.stdout.split() == [str(number) for number in VERSION] else None


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
