"""An event loop that is not one of asyncio's, as such testers have: a seed chooses which of the ready handles runs next, and the clock jumps."""

import asyncio
import heapq
import random


class SimLoop(asyncio.AbstractEventLoop):
    """Runs coroutines on asyncio's tasks, futures and handles."""

    def __init__(self, seed):
        self._seed = seed
        self._random = random.Random(seed)
        self._now = 0.0
        self._ready, self._timers = [], []

    def run_until_complete(self, coroutine):
        asyncio._set_running_loop(self)
        try:
            task = self.create_task(coroutine)
            while not task.done():
                self._run_one()
            return task.result()
        finally:
            asyncio._set_running_loop(None)

    def _run_one(self):
        if not self._ready:
            self._now = self._timers[0][0]
        while self._timers and self._timers[0][0] <= self._now:
            self._ready.append(heapq.heappop(self._timers)[2])
        handle = self._ready.pop(self._random.randrange(len(self._ready)))
        if not handle.cancelled():
            handle._run()

    def call_soon(self, callback, *args, context=None):
        self._ready.append(asyncio.Handle(callback, args, self, context))
        return self._ready[-1]

    def call_at(self, when, callback, *args, context=None):
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, len(self._timers), timer))
        return timer

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self._now + delay, callback, *args, context=context)

    def create_task(self, coroutine, **options):
        return asyncio.Task(coroutine, loop=self, **options)

    def create_future(self):
        return asyncio.Future(loop=self)

    def time(self):
        return self._now

    def get_debug(self):
        return False

    def is_running(self):
        return True

    def call_exception_handler(self, context):
        raise AssertionError(context)

    def _timer_handle_cancelled(self, handle):
        pass
