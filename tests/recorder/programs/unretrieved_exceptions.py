"""Exceptions of a task that nobody asks and of callbacks: the loop's handler is told of each, inside `except`."""

import asyncio
import gc
import sys


def say(loop, context):
    """Prints what the handler is told."""
    del loop
    exception = context.get("exception")
    message = context["message"].split(" at ")[0].split(":")[0]
    print(message.split("(")[0], type(exception).__name__, exception, sys.exc_info()[1] is exception, sorted(context))


async def fail():
    """Fails after a turn."""
    await asyncio.sleep(0)
    raise ValueError("boom")


def divide():
    """Divides by zero."""
    return 1 / 0


def refuse():
    """Raises what a task would raise that is cancelled."""
    raise asyncio.CancelledError("no")


class Chained:
    """A callback that fails while it handles a failure."""

    def __call__(self):
        try:
            divide()
        except ZeroDivisionError:
            raise KeyError("chained")


async def main():
    """Lets everything fail."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(say)
    task = asyncio.ensure_future(fail())
    await asyncio.sleep(0.01)
    print(task.done())
    del task
    gc.collect()
    for callback in divide, refuse, Chained():
        loop.call_soon(callback)
    loop.call_later(0.001, divide)
    await asyncio.sleep(0.01)


asyncio.run(main())
