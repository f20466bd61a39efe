# SPDX-License-Identifier: MIT
"""Objects of asyncio by which the extension learns how this CPython lays them out: it looks for what is known to be in them.

Nothing of it is seen by the program that is recorded: the tasks have names of their own, so that the numbers of the default names stay as they
are, and nothing is scheduled on a loop.
"""

import asyncio
import contextvars
from asyncio import events, tasks


class Loop:
    """Stands for an event loop, and keeps the callbacks that it is to call."""

    def __init__(self):
        self.callbacks = []

    def call_soon(self, callback, *_, context=None):
        """Keeps a callback."""
        del context
        self.callbacks.append(callback)

    def get_debug(self):
        """Returns that there is nothing to debug."""
        return False

    def is_running(self):
        """Returns that no task could be started at once."""
        return False

    def call_exception_handler(self, context):
        """Passes over what goes wrong."""


class Mark:
    """What is looked for."""


async def wait_for(mark, future):
    """Waits for a future, with a first local variable that is known; returns it."""
    await future
    return mark


def timer_handle():
    """Returns a timer each slot of which holds an object that no other slot holds."""
    made = events.TimerHandle(Mark(), Mark(), (Mark(),), Loop(), contextvars.copy_context())
    made._scheduled = Mark()
    made._cancelled = Mark()
    made._repr = Mark()
    made._source_traceback = Mark()
    return made


class Waiting:
    """A task of a class that waits for a future: its callbacks and its coroutine."""

    def __init__(self, task_class):
        loop = self.loop = Loop()
        self.mark = Mark()
        self.future = asyncio.Future(loop=loop)
        self.coroutine = wait_for(self.mark, self.future)
        self.task = task_class(self.coroutine, loop=loop, name="loopscope")
        self.step = loop.callbacks[0]
        before = events._get_running_loop()
        events._set_running_loop(loop)  # 3.14 steps no task of another loop
        try:
            self.step()
        finally:
            events._set_running_loop(before)
        self.future.set_result(None)
        self.wakeup = loop.callbacks[1]

    def end(self):
        """Lets the task end, so that nothing is said of one that was destroyed while it was pending."""
        before = events._get_running_loop()
        events._set_running_loop(self.loop)
        try:
            self.wakeup(self.future)
        finally:
            events._set_running_loop(before)


def task():
    """Returns a sample of asyncio's own class of tasks, which is C's where there is one."""
    return Waiting(asyncio.Task)


def python_task():
    """Returns a sample of the class of tasks that is written in Python."""
    return Waiting(tasks._PyTask)
