# SPDX-License-Identifier: MIT
"""What exploring a test has found: the shortest schedule that it fails under, its recording, and one of asyncio's own order beside it."""

import os
import shlex

from loopscope_pytest.recording import copy_spool
from loopscope_pytest.session import ordinary_of


class Found:
    """The shortest schedule that a test fails under, of those that it was run under."""

    def __init__(self, exploring, item):
        self.exploring = exploring
        self.item = item
        self.spool = os.path.join(exploring.recorder.folder, "shortest.spool")
        self.ordinary = os.path.join(exploring.recorder.folder, "ordinary.spool")
        self.schedule = ""
        self.told = None
        self.deviations = 0

    def look_at(self, told):
        """Keeps a run that fails if none before it was as short, and one of asyncio's own order that does not. One that has ended its process under a seed
        has no schedule, but is run again under the one that this came to."""
        if told["schedule"] is None:
            return
        deviations = len([word for word in told["schedule"].split(",") if word[:1].isdecimal()])
        if not told["code"] and not deviations:
            copy_spool(self.exploring.trial.spool, self.ordinary)
        elif told["code"] and (self.told is None or deviations < self.deviations):
            self.take(told, deviations)

    def take(self, told, deviations=0):
        """Keeps a run."""
        self.schedule, self.told, self.deviations = told["schedule"], told, deviations
        copy_spool(self.exploring.trial.spool, self.spool)

    def report(self):
        """Returns pytest's report of the failure; None where there is none."""
        data, config = self.told["report"], self.item.config
        return config.hook.pytest_report_from_serializable(config=config, data=data) if data else None

    def described(self):
        """Returns what is to be said of the schedule."""
        choices = "one choice" if self.deviations == 1 else f"{self.deviations} choices"
        if self.deviations == 0:
            return f"It fails in asyncio's own order on the virtual clock: {self.schedule}"
        return f"It fails under a schedule that differs from asyncio's own order in {choices}: {self.schedule}"

    def recorded(self):
        """Makes the recording. Returns where it is, and how to run the test so again."""
        target = self.exploring.failing.target
        note = f"{self.item.nodeid} under {self.schedule}" + (f": {self.told['note']}" if self.told["note"] else "")
        wrong = self.exploring.executable.make_trace(self.spool, target, self.item.name, note, self.schedule)
        os.unlink(self.spool)
        said = [f"There is no recording: {wrong}" if wrong else f"Recorded: {target}\nTo see it: loopscope open '{target}'"]
        if not wrong and os.path.exists(self.ordinary) and self.record_ordinary():
            said.append(f"To compare it with asyncio's own order: loopscope compare '{ordinary_of(target)}' '{target}'")
        said.append(f"To run it so again: pytest {shlex.quote(self.item.nodeid)} --loopscope=schedule:{self.schedule}")
        return "\n".join(said)

    def record_ordinary(self):
        """Makes the recording of asyncio's own order. Returns whether there is one."""
        target, note = ordinary_of(self.exploring.failing.target), f"{self.item.nodeid} in asyncio's own order"
        wrong = self.exploring.executable.make_trace(self.ordinary, target, self.item.name, note)
        os.unlink(self.ordinary)
        return wrong == ""
