"""Records programs for tests: by every Python from 3.8 on that is installed, with the extension that a test names on its command line.

Python's own files of the recorder and the extension are put together into a folder, as `loopscope record` unpacks them.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
sys.path.append(str(ROOT / "tests" / "support"))
import pythons
import spool_dump

OLDEST = (3, 8)
AIOTASK = "aiotask-context==0.6.1 --hash=sha256:e5984b786d5a576300785f03a44110b1ae3722347d05d48f3de663630fdfa6d9"


def read_arguments():
    """Takes the extension off the command line and returns the folder with the recorder; ends the test where there is no Python."""
    if not pythons.all_pythons(OLDEST):
        print(f"No Python 3.8 or newer was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    return unpack(pathlib.Path(sys.argv.pop(1)))


def unpack(extension):
    """Returns a new folder, for the life of this process, with all that launch.py needs."""
    folder = tempfile.TemporaryDirectory(prefix="recorder-")
    unpack.folders.append(folder)
    for file in [*(ROOT / "recorder" / "python").glob("*.py"), extension]:
        shutil.copy(file, folder.name)
    return pathlib.Path(folder.name)


unpack.folders = []


def tested_pythons():
    """Returns the Pythons that tests record with: the newest and the oldest; all that are installed where LOOPSCOPE_EVERY_PYTHON is set, as it is by
    ./dev nightly."""
    found = pythons.all_pythons(OLDEST)
    if "LOOPSCOPE_EVERY_PYTHON" in os.environ or "LOOPSCOPE_PYTHON" in os.environ:
        return found
    return list(dict.fromkeys([found[0], found[-1]]))


def every_python(test):
    """Makes a test of one Python a test of each of `tested_pythons`."""

    def tests(self):
        for python in tested_pythons():
            with self.subTest(python=python):
                test(self, python)

    tests.__doc__ = test.__doc__
    return tests


class Run:
    """What became of a program: its exit code, what it wrote to both streams, and the records of its spools, by process."""

    def __init__(self, code, out, err, spools=()):
        self.code = code
        self.out = out
        self.err = err
        self.spools = {int(path.stem): path for path in spools}

    @property
    def records(self):
        """The records of the only process, or of the first one."""
        return spool_dump.read(self.spools[min(self.spools)])

    def of(self, *kinds):
        return [record for record in self.records if record.kind in kinds]

    def ours(self):
        """The lines on stderr that are Loopscope's."""
        return [line for line in self.err.splitlines() if line.startswith("loopscope: ")]

    def as_plain(self):
        """What the program itself has said and done."""
        theirs = [line for line in self.err.splitlines() if not line.startswith("loopscope: ")]
        return self.code, self.out, theirs


def run(command, stdin="", folder=PROGRAMS, **environment):
    """Runs a command, and returns its Run. Hashes are fixed, so that sets have the same order in two runs."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    around.update(environment, PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0")
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=around, input=stdin, cwd=folder)
    return Run(done.returncode, done.stdout, done.stderr)


def record(recorder, python, *arguments, **options):
    """Runs `launch.py FOLDER ARGUMENTS...` and returns its Run, with the spools in a folder for the life of this process."""
    folder = tempfile.TemporaryDirectory(prefix="spool-")
    unpack.folders.append(folder)
    done = run([python, recorder / "launch.py", folder.name, *map(str, arguments)], **options)
    done.spools = {int(path.stem): path for path in pathlib.Path(folder.name).glob("*.spool")}
    return done


def aiotask_context():
    """Returns a folder for PYTHONPATH with aiotask_context in it: copied from whichever Python has it, as Debian's may, or from PyPI. None,
    with the reason in `aiotask_context.why`, where neither can be had."""
    folder = tempfile.TemporaryDirectory(prefix="packages-")
    unpack.folders.append(folder)
    where = "import aiotask_context, os; print(os.path.dirname(aiotask_context.__file__))"
    for python in [*pythons.all_pythons(OLDEST), *filter(None, [shutil.which("python3", path=os.defpath)])]:
        found = run([python, "-c", where])
        if found.code == 0:
            shutil.copytree(found.out.strip(), pathlib.Path(folder.name) / "aiotask_context")
            return folder.name
    wanted = pathlib.Path(folder.name) / "wanted.txt"
    wanted.write_text(AIOTASK, encoding="utf-8")
    pip = [pythons.all_pythons(OLDEST)[0], "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", folder.name, "-r", wanted]
    done = run(pip)
    aiotask_context.why = f"aiotask_context is not installed, and PyPI does not answer: {done.err.strip().splitlines()[-1:]}"
    return folder.name if done.code == 0 else None
