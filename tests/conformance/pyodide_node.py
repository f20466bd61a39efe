"""CPython 3.14 as it comes from npm: pyodide, which runs under node where no such interpreter is installed."""

import pathlib
import shutil
import subprocess

VERSION = "3.14"
PACKAGE = "pyodide@314.0.7"  # CPython 3.14.2
PROGRAMS_A_PROCESS = 400  # all that they leave is kept, so that none of it ends in the middle of another
SPENT = 5  # the status of a program too deep for the machine's stack, after which the process is of no use

_SCRIPT = pathlib.Path(__file__).with_name("reference_pyodide.mjs")


def missing():
    """What has to be installed before it can be, as a sentence; nothing if all is there."""
    absent = [command for command in ("node", "npm") if shutil.which(command) is None]
    return f"There is no {' and no '.join(absent)}, so nothing runs CPython {VERSION}." if absent else ""


def install(folder):
    """Have npm install the package in a folder of its own, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "installed"
    if mark.is_file() and mark.read_text(encoding="utf-8") == PACKAGE:
        return
    subprocess.run(
        ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE],
        check=True, stdout=subprocess.DEVNULL)
    mark.write_text(PACKAGE, encoding="utf-8")


def command(folder):
    """The command that answers as `reference.py --batch` does."""
    return ["node", _SCRIPT, pathlib.Path(folder).resolve()]
