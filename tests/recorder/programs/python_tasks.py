"""Tasks and futures of asyncio's Python classes in place of C's."""

import asyncio
from asyncio import futures, tasks

asyncio.Task = tasks.Task = tasks._PyTask
asyncio.Future = futures.Future = futures._PyFuture


async def work(number):
    """Yields, sleeps and fails if told."""
    await asyncio.sleep(0)
    await asyncio.sleep(0.001)
    if number == 2:
        raise ValueError(number)
    return number


async def main():
    """Waits for all of them, and cancels one."""
    print(await asyncio.gather(work(1), work(2), work(3), return_exceptions=True))
    task = asyncio.ensure_future(work(4))
    await asyncio.sleep(0)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True), type(task).__module__)


asyncio.run(main())
