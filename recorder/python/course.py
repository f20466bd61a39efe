# SPDX-License-Identifier: MIT
"""The course that a run of the program takes: its schedule, how far it has come, and how it is ended where it would have no end.

All that asyncio could do otherwise is chosen between two iterations, in a loop's selector (scheduled_selector.py), where the rest of asyncio takes part:
sets of tasks (ordered_sets.py) and executors (turnstile.py)."""

from loopscope_recorder import virtual_clock, words

DEADLOCK, STOPPED = 3, 4  # how a run ends: core/trace/kinds.def
MOST_HANDLES = 100_000
LAST_HANDLES = 10_000  # after the end: asyncio.run cancels what is left, and waits for it
SENTENCES = {
    DEADLOCK: "it cannot go on: nothing is ready, no timer runs, and nobody is there who could wake the loop.",
    STOPPED: f"it was stopped, having run {MOST_HANDLES} handles.",
}


class Ended(BaseException):
    """Leaves the loop where the run is over."""


class Course:
    """One run. `choose` and `shuffled` are asked for all that is free."""

    now = None  # the course of the run that is under way

    def __init__(self, backend, clock, plan, seed=None):
        from loopscope_recorder import turnstile

        self.backend = backend
        self.plan = plan
        self.choose = backend.choose
        self.shuffled = backend.shuffled
        backend.begin_choices(plan.choices, seed)
        self.turnstile = turnstile.Turnstile(self, clock)
        self.handles = 0
        self.most = MOST_HANDLES  # when to look whether it has to be ended
        self.ending = None
        self.loops = []  # all that were made
        self.refusal = ""  # why the program cannot be explored
        self.is_over = False
        self.is_told = False  # the user has to be told how it was ended
        self.names = {}  # of exceptions that nobody has retrieved, in order

    def end_of_run(self):
        """Lets go of what belongs to the program, once it has ended."""
        self.loops.clear()
        self.turnstile.jobs.clear()
        self.turnstile.executors.clear()

    def check(self):
        """Ends a run that has no end, or that was refused. Raises Ended."""
        if self.refusal:
            raise Ended(self.refusal)
        if self.handles >= self.most:
            self.end(STOPPED)

    def end(self, ending):
        """Ends the recording and the run. Raises Ended, again and again if need be."""
        if self.ending is None:
            self.ending = ending
            self.backend.finish(1, "", ending, "")
            self.backend.silence()
            if self.is_told:
                words.say(SENTENCES[ending])
        self.most = self.handles + LAST_HANDLES
        raise Ended(SENTENCES[self.ending])


def install(backend, clock):
    """Lets asyncio, which is imported, take the course of `Course.now` from now on."""
    from loopscope_recorder import ordered_sets, scheduled_selector, turnstile

    def stand_before(selector, loop, clock):
        loop._clock_resolution = 0.0  # else asyncio takes timers, for which it is too early, without asking
        loop._asyncgens = ordered_sets.new_weak_set()
        Course.now.loops.append(loop)
        return scheduled_selector.Selector(selector, loop, clock, Course.now, backend)

    backend.follow_schedule()
    virtual_clock.install(clock, stand_before)
    turnstile.install()
