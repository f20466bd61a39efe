"""sys.exit inside a task: handles of the iteration are left, run by the next one, and the exit code is the task's."""

import asyncio
import sys


async def leave():
    """Ends the program."""
    await asyncio.sleep(0)
    sys.exit(3)


async def stay():
    """Is in the iteration that is cut short."""
    await asyncio.sleep(0)
    print("ran on")
    await asyncio.sleep(0)


async def main():
    """Waits for both."""
    await asyncio.gather(leave(), stay())


asyncio.run(main())
