"""asyncio's own event loop under a virtual clock.

Time is in whole ticks, kept as a float as asyncio expects, and moves in two ways only:
after each handle that is run it advances by the step cost, and when nothing is ready,
waiting moves it to the first deadline.  All else is CPython's BaseEventLoop.
"""

import asyncio


class Deadlock(Exception):
    """Nothing is ready and no timer is scheduled: the loop would wait for ever."""


class _Waiting:
    """Stands where a selector would: there is no I/O, so waiting only moves the clock."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        """Wait for `timeout` ticks, None being for ever; return no I/O events."""
        if timeout is None:
            raise Deadlock
        self._loop.advance(timeout)
        return []


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop without I/O whose clock is moved by what it runs.

    Every task is held until the loop goes, so that none is collected half-way:
    asyncio itself holds tasks weakly, and a collected coroutine runs its `finally` blocks.
    """

    def __init__(self, step_cost):
        super().__init__()
        self.set_debug(False)  # whatever PYTHONASYNCIODEBUG says
        self._clock_resolution = 0.5  # a timer is due when its deadline <= now
        self._selector = _Waiting(self)
        self._now = 0.0
        self._step_cost = step_cost
        self._tasks = []

    def time(self):
        """The virtual time in ticks."""
        return self._now

    def advance(self, ticks):
        """Move the clock forward."""
        self._now += ticks

    def call_soon(self, callback, *args, context=None):
        """As asyncio's, but the handle is charged for when it is run."""
        return super().call_soon(self._run_charged, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        """As asyncio's, but the handle is charged for when it is run."""
        return super().call_at(when, self._run_charged, callback, *args, context=context)

    def create_task(self, *args, **kwargs):
        """As asyncio's, but the loop holds the task."""
        task = super().create_task(*args, **kwargs)
        self._tasks.append(task)
        return task

    def _run_charged(self, callback, *args):
        """Run one handle's callback; a handle skipped as cancelled never comes here."""
        try:
            callback(*args)
        finally:
            self.advance(self._step_cost)

    def _process_events(self, event_list):
        """BaseEventLoop's hook for I/O events, of which there are none."""
