# SPDX-License-Identifier: MIT
"""A run of a test under a schedule, in a forked child."""

import json
import os
import selectors
import signal
import sys
import threading

from _pytest.runner import runtestprotocol
from loopscope_pytest.recording import HEAD_BYTES, records_of

CHILD = "child.spool"
TOLD = ("code", "failure", "unretrieved", "report", "note", "refusal", "schedule")
FREEDOMS = ("ties", "io", "sets", "threads", "ready")


class Sibling:
    """Stands for the test that comes next: one of the same class or module, for which all fixtures that are wider than a test stay."""

    def __init__(self, item):
        self.chain = item.listchain()[:-1]

    def listchain(self):
        """Returns what this stands in, as pytest's nodes do."""
        return self.chain


class Trial:
    """Runs a test again and again, each time in a copy of this process: all fixtures that are wider than the test are as they are, and stay so."""

    def __init__(self, recorder, item):
        self.recorder = recorder
        self.item = item
        self.errors = []  # what the test failed by; of the child
        self.spool = os.path.join(recorder.folder, CHILD)

    def run(self, plan, seed, ended=None):
        """Returns what became of the test, by the names of TOLD, and the number of records. Where the descriptor `ended` has something to read, nobody
        waits for that any more: raises EOFError."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                os.close(reading)
                self.recorder.backend.follow_parent()
                with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                    json.dump(self.told_or_why(plan, seed), pipe, default=str)
            finally:
                os._exit(0)
        os.close(writing)
        try:
            text = read_all(reading, ended)
        finally:
            os.close(reading)
            os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
        return json.loads(text) if text else self.ended(plan, seed, status)

    def ended(self, plan, seed, status):
        """Returns what is known of a test that has ended its process."""
        choices = [plan.choices.get(point, 0) for point in range(max(plan.choices, default=-1) + 1)]
        code = os.WTERMSIG(status) + 128 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        with open(self.spool, "rb") as spool:
            records = records_of(spool.read(HEAD_BYTES))
        schedule = text_of(plan, choices) if seed is None else None
        return {**dict.fromkeys(TOLD, ""), "code": code or 1, "schedule": schedule, "records": records}

    def told_or_why(self, plan, seed):
        """Returns what `told` returns; where something goes wrong that is not the test's, what that is."""
        try:
            return self.told(plan, seed)
        except Exception as error:
            return {**dict.fromkeys(TOLD, ""), "code": 1, "refusal": f"it cannot be run under a schedule: {described(error)}", "records": 0}

    def told(self, plan, seed):
        """Runs the test in this process, and returns what becomes of it."""
        from loopscope_recorder import explored_program

        taken = begin(self.recorder, self.spool, plan, seed)
        hooks = self.item.config.hook
        reports = runtestprotocol(self.item, log=False, nextitem=Sibling(self.item))
        failed = [report for report in reports if report.failed]
        error = self.errors[0] if self.errors else None
        code = 1 if failed else 0
        failure = explored_program.note_end(error, code)
        taken.is_over = True
        refusal = taken.refusal or ("" if taken.loops else why_no_loop(self.item))
        report = hooks.pytest_report_to_serializable(config=self.item.config, report=failed[0]) if failed else ""
        told = (code, failure, explored_program.unretrieved(), report, described(error), refusal, text_of(plan, self.recorder.backend.choices()))
        return {**dict(zip(TOLD, told)), "records": self.recorder.backend.count()}


def begin(recorder, spool, plan, seed):
    """Begins a spool of this process, and has its loops follow a schedule. Returns the course that they take."""
    import asyncio  # noqa: F401

    from loopscope_recorder import course, guards

    recording = recorder.module.Recording
    recording.said.virtual = recording.said.explore = True
    recorder.module.install_clock(recording.said)
    taken = course.Course.now = course.Course(recorder.backend, recording.clock, plan, seed)
    if "uvloop" in sys.modules:
        guards.refuse_uvloop(sys.modules["uvloop"])
    recorder.backend.virtual_time(0.0)
    recorder.open(spool)
    return taken


def text_of(plan, choices):
    """Returns a schedule as it is written: what is free, and each choice that is not asyncio's own (core/explore/schedule.cpp)."""
    words = [word for word in FREEDOMS if getattr(plan, word)]
    if plan.jitter:
        words.insert(1 if plan.ties else 0, f"jitter={plan.jitter / 1e9:.9f}".rstrip("0"))
    return ",".join([*words, *(f"{point}={taken}" for point, taken in enumerate(choices) if taken)])


def described(error):
    """Returns an exception's type and what it says, in a line; "" for none."""
    return f"{type(error).__name__}: {error}".splitlines()[0] if error is not None else ""


def why_no_loop(item):
    """Returns why a test cannot be explored that has made no loop."""
    return f"{item.nodeid} makes no event loop of its own: explore tests of asyncio code whose loop is not that of a fixture of a wider scope"


def read_all(descriptor, ended):
    """Returns all that comes by a pipe. Raises EOFError where the descriptor `ended` has something to read."""
    text = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(descriptor, selectors.EVENT_READ)
        if ended is not None:
            waiting.register(ended, selectors.EVENT_READ)
        while True:
            if any(key.fd == ended for key, _ in waiting.select()):
                raise EOFError
            piece = os.read(descriptor, 1 << 16)
            if not piece:
                return text
            text += piece


def why_not_forked():
    """Returns why this process cannot be copied; "" where it can."""
    others = [thread.name for thread in threading.enumerate() if thread is not threading.current_thread()]
    return f"threads run beside the tests: {others[0]}" if others else ""
