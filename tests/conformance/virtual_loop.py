"""asyncio's own event loop under a virtual clock.

Time is in whole ticks, kept as a float as asyncio expects, and moves in three ways only:
after each handle that is run it advances by the step cost, when nothing is ready, waiting
moves it to the first deadline, and a handle may block.  All else is CPython's BaseEventLoop.
"""

import asyncio
import weakref

from turns import Turns


class Deadlock(Exception):
    """Nothing is ready and no timer is scheduled: the loop would wait for ever."""


class _Waiting:
    """Stands where a selector would: there is no I/O but what wakes the loop, so waiting lets threads work and moves the clock."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        """Wait for `timeout` ticks, None being for ever; return what woke the loop, if anything did."""
        loop = self._loop
        end = None if timeout is None else loop.time() + timeout
        loop.turns.work()
        while not loop.woken and (following := loop.turns.next_time()) is not None:
            if end is not None and following > end:
                break
            loop.advance(following - loop.time())
            loop.turns.work()
        if loop.woken:
            loop.woken = False
            return [loop.read_from_self]
        if end is None:
            raise Deadlock
        loop.advance(end - loop.time())
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
        self.turns = Turns(self)
        self.woken = False  # by call_soon_threadsafe, since it last looked

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
        """As asyncio's, which wakes the selector by a byte in a pipe."""
        handle = self.call_soon(callback, *args, context=context)
        self.woken = True
        return handle

    def read_from_self(self):
        """The callback that takes what is in the pipe."""

    def run_in_executor(self, executor, func, *args):
        """As asyncio's, but the threads of the loop's own executor take turns with it."""
        if executor is None and self._default_executor is None and not self._executor_shutdown_called:
            self.set_default_executor(self.turns.executor(32, "asyncio"))
        return super().run_in_executor(executor, func, *args)

    async def shutdown_default_executor(self, *timeout):
        """As asyncio's; the thread that it starts takes its turn."""
        if self._default_executor is not None:
            self.turns.expect_ending()
        await super().shutdown_default_executor(*timeout)

    def _do_shutdown(self, future):
        self.turns.wait_until_idle(self._default_executor._work_queue)
        try:
            super()._do_shutdown(future)
        finally:
            self.turns.hand_back()

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
        """BaseEventLoop's hook for I/O events: makes their callbacks ready."""
        for callback in event_list:
            self._ready.append(asyncio.Handle(self._run_charged, (callback,), self))
