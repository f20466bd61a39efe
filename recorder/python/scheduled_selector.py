"""A loop's selector under a schedule. It is called once between two iterations, and does there what BaseEventLoop._run_once does behind it: it takes what
came by descriptors, takes the timers that are due, and looks at the ready queue, each in the order that is chosen. _run_once finds nothing more to do.

The points and their order are those of core/loop/event_loop_timers.cpp and event_loop.cpp."""

import heapq

from loopscope_recorder import course, virtual_clock
from loopscope_recorder.schedule import JITTER, JITTER_PARTS, READY, TIE
from loopscope_recorder.virtual_clock import NEVER, nanoseconds


class Selector(virtual_clock.Selector):
    """Stands before the selector of a loop that takes a course."""

    def __init__(self, selector, loop, clock, taken, backend):
        super().__init__(selector, loop, clock)
        self._course = taken
        self._plan = taken.plan
        self._due = backend.due

    def select(self, timeout=None):
        """Returns an empty list: all that is ready is in the loop's ready queue."""
        self._course.check()
        ready = self._loop._ready
        self.take_events(self._selector.select(0))
        if not ready and (timeout is None or timeout > 0):
            self.wait_for_more(ready)
        if self._loop._scheduled:
            if self._plan.jitter:
                self.begin_late()
            self.take_due(ready, self._loop._scheduled)
        if self._plan.ready and len(ready) > 1:
            self.shuffle(ready)
        self._course.handles += len(ready)
        return []

    def take_events(self, events):
        if events:
            self._loop._process_events(events)

    def wait_for_more(self, ready):
        """Lets the clock jump to the next deadline. Where somebody else could wake the loop it waits for that, which takes no time."""
        scheduled = self._loop._scheduled
        deadline = nanoseconds(scheduled[0]._when) if scheduled else NEVER
        if not self.is_alone():
            self.take_events(self._selector.select(None if deadline == NEVER else (deadline - self._clock.nanoseconds) / 1e9))
            if ready:
                return
        if deadline == NEVER:
            self._course.end(course.DEADLOCK)
        self._clock.move_to(deadline)

    def begin_late(self):
        """Delays the iteration, as if the steps before it, or the rest of the machine, had taken longer."""
        part = self._course.choose(JITTER, JITTER_PARTS + 1)
        self._clock.move_to(self._clock.nanoseconds + self._plan.jitter * part // JITTER_PARTS)

    def take_due(self, ready, scheduled):
        """Moves the timers that are due to the ready queue: those of an equal deadline, to the nanosecond, in the order that is chosen."""
        now = self._clock.nanoseconds
        while scheduled:
            deadline = nanoseconds(scheduled[0]._when)
            if deadline > now:
                return
            tied = [heapq.heappop(scheduled)]
            while scheduled and nanoseconds(scheduled[0]._when) == deadline:
                tied.append(heapq.heappop(scheduled))
            for handle in self._course.chooser.shuffled(TIE, tied) if self._plan.ties else tied:
                handle._scheduled = False
                self._due(handle)
                ready.append(handle)

    def shuffle(self, ready):
        """Puts the ready queue into another order, which asyncio never does."""
        handles = self._course.chooser.shuffled(READY, ready)
        ready.clear()
        ready.extend(handles)
