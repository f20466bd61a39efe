# SPDX-License-Identifier: MIT
"""A loop's selector under a schedule. It is called once between two iterations, and does there what BaseEventLoop._run_once does behind it: it takes what
came by descriptors, takes the timers that are due, and looks at the ready queue, each in the order that is chosen. _run_once finds nothing more to do.

The points and their order are those of core/loop/event_loop_timers.cpp and event_loop.cpp."""

import select

from loopscope_recorder import course, descriptors, virtual_clock
from loopscope_recorder.schedule import IO, JITTER, JITTER_PARTS, READY
from loopscope_recorder.virtual_clock import NEVER

ON_ITS_WAY = 0.001  # s: what one socket of this machine sends to another one takes less


class Selector(virtual_clock.Selector):
    """Stands before the selector of a loop that takes a course."""

    def __init__(self, selector, loop, clock, taken, backend):
        super().__init__(selector, loop, clock)
        self._course = taken
        self._plan = taken.plan
        self._first_deadline = backend.first_deadline
        self._take_due = backend.take_due
        self._files = getattr(selector, "_fd_to_key", None)  # what is registered, without a call where it is known
        epoll = getattr(selector, "_selector", None)
        self._poll = epoll.poll if type(epoll) is select.epoll else None  # asked first, as nearly always nothing has come
        self._late = set()  # descriptors that were ready, and are reported an iteration later

    def select(self, timeout=None):
        """Returns an empty list: all that is ready is in the loop's ready queue."""
        loop, taken = self._loop, self._course
        if taken.handles >= taken.most:
            taken.check()
        ready, scheduled = loop._ready, loop._scheduled
        if self._poll is None or self._poll(0):
            self.take_events(ready, 0)
        if taken.turnstile.jobs:
            taken.turnstile.run_some(ready, scheduled)
        while not ready and not loop._stopping and self._first_deadline(scheduled) > self._clock.nanoseconds:
            self.wait_for_more(ready, scheduled)
        if scheduled:
            if self._plan.jitter:
                self.begin_late()
            self._take_due(scheduled, ready, self._clock.nanoseconds, self._plan.ties)
        if self._plan.ready and len(ready) > 1:
            self.shuffle(ready)
        taken.handles += len(ready)
        return []

    def take_events(self, ready, timeout):
        """Makes what is to be called for descriptors ready. The loop's own only says that somebody has woken it, which takes no handle here: when it
        says so is not the schedule's choice."""
        events = self._selector.select(timeout)
        if not events:
            return
        own = self._loop._ssock.fileno()
        others = [event for event in events if event[0].fd != own]
        if len(others) < len(events):
            self._loop._read_from_self()
        if others:
            self._loop._process_events(self.chosen(ready, others) if self._plan.io else others)

    def chosen(self, ready, events):
        """Returns the events that are reported now, in the order that is chosen. Where something else could happen before, one may have to wait for the
        next iteration."""
        before, self._late, now = self._late, set(), []
        left = self._course.shuffled(IO, events)
        while left:
            event = left.pop(0)
            name = event[0].fd, event[1]
            if name not in before and (ready or now or left or self._loop._scheduled) and self._course.choose(IO, 2):
                self._late.add(name)
            else:
                now.append(event)
        return now

    def wait_for_more(self, ready, scheduled):
        """Lets the clock jump to the next deadline. Where somebody else could wake the loop it waits for that, which takes no time."""
        turnstile = self._course.turnstile
        deadline = self._first_deadline(scheduled)
        if turnstile.jobs:
            deadline = min(deadline, turnstile.next_time())
        if not self._late:
            self.wait_for_others(ready, deadline)
            if ready or self._late:
                return
        if deadline == NEVER:
            self._course.end(course.DEADLOCK)
        self._late.clear()
        self._clock.move_to(deadline)
        if turnstile.jobs:
            turnstile.run_some(ready, scheduled)

    def wait_for_others(self, ready, deadline):
        who, known = descriptors.NOBODY, self._files
        if known is None:
            known = self._selector.get_map()
        if len(known) > 1:
            own = self._loop._ssock.fileno()
            who = descriptors.who_writes([key.fd for key in known.values() if key.fd != own])
        if who == descriptors.OTHERS or self._course.turnstile.others_run():
            self.take_events(ready, None if deadline == NEVER else (deadline - self._clock.nanoseconds) / 1e9)
        elif who == descriptors.KERNEL:
            self.take_events(ready, ON_ITS_WAY)

    def begin_late(self):
        """Delays the iteration, as if the steps before it, or the rest of the machine, had taken longer."""
        part = self._course.choose(JITTER, JITTER_PARTS + 1)
        self._clock.move_to(self._clock.nanoseconds + self._plan.jitter * part // JITTER_PARTS)

    def shuffle(self, ready):
        """Puts the ready queue into another order, which asyncio never does."""
        handles = self._course.shuffled(READY, ready)
        ready.clear()
        ready.extend(handles)
