"""Handles that a program makes, runs and cancels by itself, and one that it subclasses."""

import asyncio
import contextvars

symbol = contextvars.ContextVar("symbol", default="default")


class Loud(asyncio.Handle):
    """Says when it runs."""

    def _run(self):
        print("before")
        super()._run()
        print("after")


async def main():
    """Runs handles of all kinds."""
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    context.run(symbol.set, "other")
    asyncio.Handle(print, ("by itself",), loop)._run()
    asyncio.Handle(print, ["a list"], loop)._run()
    asyncio.Handle(callback=print, args=("by names",), loop=loop, context=context)._run()
    asyncio.Handle(lambda: print(symbol.get()), (), loop, context)._run()
    Loud(print, ("loud",), loop)._run()
    loop.call_soon(lambda: print(symbol.get()), context=context)
    loop.call_soon(lambda: print(symbol.get()), context=None)
    timer = loop.call_later(10, print, "never")
    print(timer.when() > loop.time(), timer.cancelled())
    timer.cancel()
    timer.cancel()
    print(timer.cancelled(), timer)
    first = loop.call_later(0.001, lambda: second.cancel())
    second = loop.call_at(first.when(), print, "cancelled in its own iteration")
    await asyncio.sleep(0.01)
    reused = loop.call_soon(print, "twice")
    await asyncio.sleep(0)
    reused._run()


asyncio.run(main())
