"""The program, seen from a shell where there is no display: what all tests of the command line have in common."""

import os
import pathlib
import subprocess
import tempfile
import unittest

_path = ""

ONLY_C = "c" * 40
EACH_ITS_OWN = "0abc" * 10
STORAGES = ("argument", "global", "thread-local", "context-shared", "context-copy", "context-chainmap", "contextvar")
# Of those that the tests below speak of. What every program prints is compared with its own table in tests/core/scenario.
OUTPUTS = {
    "indication": dict.fromkeys(STORAGES, EACH_ITS_OWN) | {"global": ONLY_C, "thread-local": ONLY_C},
    "indication-main": dict.fromkeys(STORAGES, EACH_ITS_OWN) | {"global": ONLY_C, "thread-local": ONLY_C, "context-shared": ONLY_C},
}
PROGRAMS = (
    "indication", "indication-main", "threads", "created-before-set", "pool-worker", "captured-callback", "mutable-value", "child-set",
    "reset-elsewhere", "lock-fairness", "nested-cancel", "equal-deadlines", "lost-wakeup", "blocking-call",
)
DOCUMENT = pathlib.Path(__file__).resolve().parents[3] / "docs" / "programs.md"


def set_program_path(path):
    global _path
    _path = os.path.abspath(path)


def program_path():
    return _path


def without_display():
    return {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def loopscope(*arguments, **options):
    """Runs the program where there is no display; gives what it did."""
    options = {"capture_output": True, "text": True, "timeout": 120, "env": without_display(), "check": False} | options
    return subprocess.run([program_path(), *arguments], **options)


def is_png(path):
    return path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


class Program(unittest.TestCase):
    def assert_one_line(self, done, code):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertRegex(done.stderr, r"\Aloopscope: [^\n]+\n\Z")


class InSession(Program):
    """Each test has a folder, and a session of its own, in which Loopscope puts what it removes again."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.session = self.folder / "session"
        self.session.mkdir()
        self.environment = {**without_display(), "XDG_RUNTIME_DIR": str(self.session)}
