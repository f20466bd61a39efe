"""os._exit inside a task: nothing is cleaned up, by anybody."""

import asyncio
import os


async def main():
    """Ends the process."""
    print("hello", flush=True)
    await asyncio.sleep(0)
    os._exit(4)


asyncio.run(main())
