"""Loops in several threads at once, and calls from one thread into another's loop."""

import asyncio
import contextvars
import threading

symbol = contextvars.ContextVar("symbol", default="-")
results = {}


async def work(name):
    """Sets a variable and reads it after some sleeps."""
    symbol.set(name)
    for _ in range(3):
        await asyncio.sleep(0.001)
    return symbol.get()


def run(name):
    """Runs a loop of its own."""
    results[name] = asyncio.run(work(name))


async def wait_for_others():
    """Is woken by a thread, and has a coroutine run for it."""
    loop, woken = asyncio.get_running_loop(), asyncio.Event()

    def call():
        loop.call_soon_threadsafe(woken.set)
        return asyncio.run_coroutine_threadsafe(work("from afar"), loop).result()

    future = loop.run_in_executor(None, call)
    await woken.wait()
    return await future


threads = [threading.Thread(target=run, args=(name,), name="thread " + name) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()))
print(asyncio.run(wait_for_others()))
