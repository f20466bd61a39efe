# SPDX-License-Identifier: MIT
"""Marked tests under many schedules: `loopscope explore` says which, and this process runs them."""

import gc

import pytest
from _pytest.runner import CallInfo, runtestprotocol
from loopscope_pytest import wishes
from loopscope_pytest.exploration import Exploration
from loopscope_pytest.found import Found
from loopscope_pytest.session import TITLE, say
from loopscope_pytest.trial import Sibling, Trial, why_not_forked

MARK = "loopscope"


class Exploring:
    """Runs each marked test as it is, and if it passes, under schedules: those that `loopscope explore` asks for, or one that was named."""

    def __init__(self, wish, failing):
        self.wish = wish
        self.failing = failing
        self.executable = failing.executable
        self.recorder = failing.recorder
        self.trial = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """Runs a marked test; leaves the others to pytest."""
        mark = item.get_closest_marker(MARK)
        if mark is None:
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        reports = runtestprotocol(item, log=False, nextitem=Sibling(item))
        call = next((report for report in reports if report.when == "call"), None)
        if call is not None and call.passed and not any(report.failed for report in reports):
            self.try_schedules(item, mark, call)
        tear_down(item, nextitem, reports)
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, call):
        """Notes what a test under a schedule fails by."""
        outcome = yield
        if self.trial is not None and call.excinfo is not None and outcome.get_result().failed:
            self.trial.errors.append(call.excinfo.value)

    def try_schedules(self, item, mark, call):
        """Runs a test that passes under schedules, and makes its report that of a failure where it fails under one."""
        self.recorder.drop()
        why = why_not_forked() or wishes.what_is_wrong(mark)
        if why:
            return fail(call, f"The test is not run under schedules: {why}.")
        self.trial = Trial(self.recorder, item)
        gc.collect()
        gc.freeze()  # what is here already no copy need look at, nor write to
        try:
            if self.wish.mode == "explore":
                self.explore(item, mark, call)
            else:
                self.follow(item, call)
        finally:
            gc.unfreeze()
            self.trial = None

    def follow(self, item, call):
        """Runs a test under the schedule that was named."""
        from loopscope_recorder import schedule

        try:
            told = self.trial.run(schedule.parse(self.wish.schedule), None)
        except schedule.WrongSchedule as wrong:
            return fail(call, f"--loopscope=schedule: {wrong}")
        if told["refusal"]:
            return fail(call, told["refusal"])
        found = Found(self, item)
        found.take(told)
        text = found.recorded()
        if told["code"]:
            return fail_as(call, found.report(), text)
        return call.sections.append((TITLE, text))

    def explore(self, item, mark, call):
        """Runs a test under the schedules that `loopscope explore` asks for."""
        found = Found(self, item)
        wrong = Exploration(self.executable, self.trial, found).run(self.wish.schedules, wishes.options_of(mark))
        if wrong:
            fail(call, wrong)
        elif found.told:
            fail_as(call, found.report(), f"{found.described()}\n{found.recorded()}")


def fail(call, sentence):
    """Makes a test's report that of a failure, which a sentence says."""
    call.outcome, call.longrepr = "failed", sentence


def fail_as(call, report, text):
    """Makes a test's report that of a failure under a schedule, of which the text says what there is to know. The other report is None where the test has
    ended its process."""
    if report is None:
        fail(call, "The test has ended its process.")
    else:
        call.outcome, call.longrepr, call.sections = "failed", report.longrepr, report.sections
    say(call, text)


def tear_down(item, nextitem, reports):
    """Tears down what the next test does not need beside the test's own fixtures, and adds a report of what goes wrong there. The hooks of a teardown
    have been called already."""
    done = CallInfo.from_call(lambda: item.session._setupstate.teardown_exact(nextitem), "teardown", reraise=(KeyboardInterrupt,))
    if done.excinfo is not None:
        reports.append(item.ihook.pytest_runtest_makereport(item=item, call=done))
