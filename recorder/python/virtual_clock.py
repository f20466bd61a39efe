# SPDX-License-Identifier: MIT
"""A clock for all loops of the process that jumps to the next deadline, instead of waiting for it.

It jumps only if nobody else can wake the loop: no file descriptor but the loop's own, and no thread that is at work. Else the loop waits as
it would, and the clock goes on by the time that it waited."""

import threading
import time

FOREVER = 24 * 3600  # base_events.MAXIMUM_SELECT_TIMEOUT
NEVER = 9_000_000_000_000_000_000  # ns: a deadline that does not come


def nanoseconds(seconds):
    """Returns the whole nanoseconds of a loop's time, which is a sum of floats; NEVER for what is centuries away."""
    return int(seconds * 1e9 + 0.5) if seconds < 9e9 else NEVER


class Clock:
    """The time of all loops, in seconds since the program began; `tell(seconds)` is called whenever it goes on."""

    def __init__(self, tell):
        self.now = 0.0
        self.tell = tell

    def move(self, to):
        if to > self.now:
            self.now = to
            self.tell(to)


class WholeClock(Clock):
    """A clock that counts whole nanoseconds, so that deadlines which are meant to be equal are."""

    def __init__(self, tell):
        super().__init__(tell)
        self.nanoseconds = 0

    def move_to(self, nanoseconds):
        """Goes on to a time, if that is to come."""
        if nanoseconds > self.nanoseconds:
            self.nanoseconds = nanoseconds
            self.now = nanoseconds / 1e9
            self.tell(self.now)

    def begin_anew(self):
        """Goes back to 0, for another run of the program."""
        self.nanoseconds = 0
        self.now = 0.0
        self.tell(0.0)


class Selector:
    """Stands before a loop's selector, and lets the clock jump instead of waiting."""

    def __init__(self, selector, loop, clock):
        self._selector = selector
        self._loop = loop
        self._clock = clock

    def __getattr__(self, name):
        return getattr(self._selector, name)

    def select(self, timeout=None):
        """Returns what selectors' `select` returns."""
        alone = self.is_alone()  # asked first: a thread's last act is to wake the loop
        events = self._selector.select(0)
        if events or timeout is None or timeout <= 0:
            return events or (self._selector.select(timeout) if timeout is None else events)
        if not alone:
            return self.wait(timeout)
        deadline = self._loop._scheduled[0]._when if self._loop._scheduled and timeout < FOREVER else self._clock.now + timeout
        self._clock.move(deadline)
        return events

    def wait(self, timeout):
        began = time.monotonic()
        events = self._selector.select(timeout)
        self._clock.move(self._clock.now + (min(time.monotonic() - began, timeout) if events else timeout))
        return events

    def is_alone(self):
        """Returns whether nothing but a deadline can wake the loop."""
        return len(self._selector.get_map()) <= 1 and threading.active_count() == 1 + idle_threads(self._loop._default_executor)


def idle_threads(executor):
    """Returns the number of an executor's threads, if all of them have nothing to do; else 0 (Lib/concurrent/futures/thread.py, 3.8 to 3.13)."""
    threads = getattr(executor, "_threads", ())
    idle = getattr(getattr(executor, "_idle_semaphore", None), "_value", -1)
    return len(threads) if idle == len(threads) else 0


def install(clock, stand_before=Selector):
    """Gives all loops that asyncio makes from now on a virtual clock; `stand_before(selector, loop, clock)` returns what stands before a loop's selector."""
    from asyncio import base_events, selector_events

    kind = selector_events.BaseSelectorEventLoop
    init = kind.__init__

    def __init__(self, selector=None):
        init(self, selector)
        self._selector = stand_before(self._selector, self, clock)

    def loop_time(self):
        """Return the time according to the event loop's clock."""
        return clock.now

    kind.__init__ = __init__
    base_events.BaseEventLoop.time = loop_time
