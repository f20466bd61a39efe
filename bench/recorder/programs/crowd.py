# SPDX-License-Identifier: MIT
"""TASKS tasks that sleep at once. Prints CPU nanoseconds a task and the process's peak memory in kilobytes."""

import asyncio
import resource
import sys
import time


async def sleep():
    """Sleeps."""
    await asyncio.sleep(0.01)


async def main(tasks):
    """Waits for all of them."""
    began = time.process_time_ns()
    await asyncio.gather(*[sleep() for _ in range(tasks)])
    took = time.process_time_ns() - began
    print(took / tasks, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)


asyncio.run(main(int(sys.argv[1])))
