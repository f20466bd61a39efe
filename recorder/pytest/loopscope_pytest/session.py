# SPDX-License-Identifier: MIT
"""A run of pytest with Loopscope."""

import hashlib
import pathlib
import re
import sys

import pytest
from loopscope_pytest import testers, wishes
from loopscope_pytest.executable import Executable
from loopscope_pytest.recording import Recorder

LONGEST_NAME = 180  # of a file, without its ending
TITLE = "Loopscope"
ANY_ORDER = "ready"  # the schedule of a loop that takes its ready queue in an order of its own


def begin(config):
    """Registers what does what the command line asks for. Raises pytest.UsageError."""
    wish = wishes.parse(config.getoption("--loopscope"))
    if sys.version_info < (3, 8) or sys.implementation.name != "cpython":
        raise pytest.UsageError("--loopscope needs CPython 3.8 or later")
    failing = Failing(config)
    config.pluginmanager.register(failing, "loopscope-failing")
    if wish.mode != "fail":
        from loopscope_pytest.exploring import Exploring

        config.pluginmanager.register(Exploring(wish, failing), "loopscope-exploring")


def file_name(node):
    """Returns the name of a test's recording: its ID, with no character that a file system or a shell might take amiss. Where some were left out, so
    that two tests might come to one name, a part of the ID's hash follows."""
    plain = node.replace(".py::", "-").replace("::", "-").replace("/", ".")
    name = re.sub(r"[^\w.=+-]+", "_", plain)[:LONGEST_NAME]
    if name != plain:
        name += "-" + hashlib.sha256(node.encode()).hexdigest()[:6]
    return name + ".loopscope"


def ordinary_of(target):
    """Returns the path of the recording of asyncio's own order that stands beside another one."""
    return target.with_suffix(".ordinary.loopscope")


def say(report, text):
    """Adds a text to a failure, as a section of its own; where a plugin has made the failure a plain text, behind that."""
    if hasattr(report.longrepr, "addsection"):
        report.longrepr.addsection(TITLE, text)
    else:
        report.sections.append((TITLE, text))


class Failing:
    """Records each test, and keeps the recordings of those that fail."""

    def __init__(self, config):
        self.folder = pathlib.Path(config.getoption("--loopscope-folder"))
        self.executable = Executable()
        self.recorder = Recorder(self.executable)
        self.target = None  # of the test that runs

    def pytest_unconfigure(self):
        """Removes what is left of the records."""
        self.recorder.close()

    def pytest_collection_finish(self):
        """Looks for testers that the tests import."""
        testers.watch(self.recorder)

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item):
        """Records a test from its first fixture to its last. What an earlier run has left of it is removed."""
        self.target = self.folder / file_name(item.nodeid)
        for path in (self.target, ordinary_of(self.target)):
            if path.exists():
                path.unlink()
        self.recorder.begin()
        yield
        self.recorder.drop()

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_setup(self):
        """Watches the streams that pytest has put in place for this phase."""
        self.recorder.watch_output()
        yield

    @pytest.hookimpl(hookwrapper=True, trylast=True)
    def pytest_runtest_call(self):
        """Watches the streams, for `capsys` has put others there."""
        self.recorder.watch_output()
        yield

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        """Keeps the recording of a phase that failed, and says where."""
        outcome = yield
        report = outcome.get_result()
        if report.failed and self.recorder.records:
            text = self.keep(item, call)
            if text:
                say(report, text)

    def keep(self, item, call):
        """Makes a trace of what a test has done. Returns what to say of it; "" where there is nothing to be seen."""
        spool = self.recorder.keep(call.excinfo.value if call.excinfo else None)
        note = ", ".join(filter(None, [item.nodeid, self.recorder.run])) + f": {why_of(call)}"
        schedule = ANY_ORDER if self.recorder.run else ""
        wrong = self.executable.make_trace(spool, self.target, item.name, note, schedule)
        pathlib.Path(spool).unlink()
        if wrong is None:
            return ""
        return f"There is no recording: {wrong}" if wrong else f"Recorded: {self.target}\nTo see it: loopscope open '{self.target}'"


def why_of(call):
    """Returns what a test has failed by, in a line."""
    return call.excinfo.exconly(tryshort=True).splitlines()[0] if call.excinfo else "it was to fail, and did not"
