# SPDX-License-Identifier: MIT
"""Two tasks that hand ITEMS items to and fro by queues of one place. Prints CPU nanoseconds an item."""

import asyncio
import sys
import time


async def ping(items, there, back):
    """Sends each item and waits for its answer."""
    for item in range(items):
        await there.put(item)
        await back.get()


async def pong(items, there, back):
    """Answers each item."""
    for item in range(items):
        await there.get()
        await back.put(item)


async def main(items):
    """Runs both tasks."""
    there, back = asyncio.Queue(1), asyncio.Queue(1)
    began = time.process_time_ns()
    await asyncio.gather(ping(items, there, back), pong(items, there, back))
    took = time.process_time_ns() - began
    print(took / items, file=sys.stderr)


asyncio.run(main(int(sys.argv[1])))
