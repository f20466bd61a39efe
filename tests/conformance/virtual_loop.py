"""asyncio's own event loop under a virtual clock.

Time is in whole ticks, kept as a float as asyncio expects, and moves in two ways only:
after each handle that is run it advances by the step cost, and when nothing is ready,
waiting moves it to the first deadline.  All else is CPython's BaseEventLoop.
"""

import asyncio
import weakref


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


class OrderedGenerators(weakref.WeakKeyDictionary):
    """A weak set of generators in insertion order, for shutdown_asyncgens to close them in."""

    def add(self, generator):
        """Add a generator; it stays where it is if it is there already."""
        self[generator] = None

    def discard(self, generator):
        """Remove a generator if it is there."""
        self.pop(generator, None)


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
        self._asyncgens = OrderedGenerators()
        self.eager = False  # whether tasks start inside create_task

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

    def call_soon_threadsafe(self, callback, *args, context=None):
        """As asyncio's, but there is no selector to wake."""
        return self.call_soon(callback, *args, context=context)

    def create_task(self, coroutine, **options):
        """As asyncio's, but the loop holds the task.

        An eager task is made here and not by a factory: its name is known from the first step on
        in every version, as it is with eager_task_factory from 3.13.3 on.  And a factory is called
        here, for 3.13.0 calls a task without a name "None" where there is one.
        """
        place = len(self._tasks)  # an eager task makes others before it is made itself
        self._tasks.append(None)
        factory = self.get_task_factory()
        if factory:
            given = {key: value for key, value in options.items() if value is not None}
            task = factory(self, coroutine, **given)
        elif self.eager:
            task = asyncio.Task(coroutine, loop=self, eager_start=True, **options)
        else:
            task = super().create_task(coroutine, **options)
        self._tasks[place] = task
        return task

    def unfinished_tasks(self, loop=None):
        """What asyncio.all_tasks returns, in the order in which they were made."""
        return [task for task in self._tasks if task and not task.done()]

    def _run_charged(self, callback, *args):
        """Run one handle's callback; a handle skipped as cancelled never comes here."""
        try:
            callback(*args)
        finally:
            self.advance(self._step_cost)

    def _process_events(self, event_list):
        """BaseEventLoop's hook for I/O events, of which there are none."""
