"""An exception leaves the main task: exit code 1 and a traceback."""

import asyncio


async def main():
    """Fails."""
    await asyncio.sleep(0)
    raise ValueError("wrong")


asyncio.run(main())
