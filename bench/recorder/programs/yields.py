# SPDX-License-Identifier: MIT
"""TASKS tasks that yield TURNS times each: nothing but steps, so that what a recorder adds to one weighs most. Prints CPU nanoseconds a handle."""

import asyncio
import sys
import time


async def yield_often(turns):
    """Yields to the next iteration `turns` times."""
    for _ in range(turns):
        await asyncio.sleep(0)


async def main(tasks, turns):
    """Runs all tasks."""
    began = time.process_time_ns()
    await asyncio.gather(*[yield_often(turns) for _ in range(tasks)])
    took = time.process_time_ns() - began
    print(took / (tasks * (turns + 1)), file=sys.stderr)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
