"""What exploring a test has found: the shortest schedule that it fails under, and its recording."""

import os
import shlex

from loopscope_pytest.recording import copy_spool


class Found:
    """The shortest schedule that a test fails under, of those that it was run under."""

    def __init__(self, exploring, item):
        self.exploring = exploring
        self.item = item
        self.spool = os.path.join(exploring.recorder.folder, "shortest.spool")
        self.schedule = ""
        self.told = None
        self.deviations = 0

    def take(self, told):
        """Keeps a run if none before it was as short."""
        deviations = len([word for word in told["schedule"].split(",") if word[:1].isdecimal()])
        if self.told is not None and deviations >= self.deviations:
            return
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
        again = f"To run it so again: pytest {shlex.quote(self.item.nodeid)} --loopscope=schedule:{self.schedule}"
        return f"There is no recording: {wrong}\n{again}" if wrong else f"Recorded: {target}\nTo see it: loopscope open '{target}'\n{again}"
