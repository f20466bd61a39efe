"""Finds the Pythons of this machine: on PATH, in pyenv's folder even if none is active there, or named in LOOPSCOPE_PYTHON."""

import functools
import os
import pathlib
import subprocess
import sys

NEWEST_FIRST = ("python3.14", "python3.13", "python3.12", "python3.11", "python3")
WHERE = "on PATH, in pyenv's versions or in LOOPSCOPE_PYTHON"


@functools.lru_cache(maxsize=None)  # each test asks again
def version_of(command):
    """Returns the version of a Python, such as (3, 13); (0,) if it does not run."""
    try:
        asked = [command, "-c", "import sys; print(*sys.version_info[:2])"]
        return tuple(map(int, subprocess.run(asked, capture_output=True, check=True, text=True).stdout.split()))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return (0,)


def of_pyenv():
    """Returns the commands of all Pythons 3 that pyenv has installed, the newest first."""
    root = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv")
    found = {path: path.parts[-3].removeprefix("3.").split(".") for path in root.glob("versions/3.*/bin/python3")}
    # A version that is not a number, such as 3.14-dev, comes last: it is meant only if there is no other.
    return sorted(map(str, found), key=lambda path: [int(part) if part.isdigit() else -1 for part in found[pathlib.Path(path)]], reverse=True)


def all_pythons(oldest):
    """Returns a command for each installed version of Python from `oldest` on, the newest first; only the one in LOOPSCOPE_PYTHON if it is set."""
    named = os.environ.get("LOOPSCOPE_PYTHON")
    commands = [named] if named else [*NEWEST_FIRST, *of_pyenv(), sys.executable]
    by_version = {}
    for command in commands:
        by_version.setdefault(version_of(command), command)
    return [by_version[version] for version in sorted(by_version, reverse=True) if version >= oldest]


def of_old():
    """Returns the commands of pyenv's Pythons before 3.8, which cannot be recorded."""
    root = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv")
    return [str(path) for path in sorted(root.glob("versions/*/bin/python")) if (0,) < version_of(str(path)) < (3, 8)]


def find_python(version):
    """Returns the command of a Python of that version, or None."""
    return next((command for command in all_pythons(version) if version_of(command) == version), None)
