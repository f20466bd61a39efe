"""Two tasks that take turns, one that is cut off by sys.exit: small enough that a test knows each record."""

import asyncio
import sys


async def turn(name):
    """Yields, prints, and ends with a name."""
    await asyncio.sleep(0)
    print(name)
    return name


async def leave():
    """Ends the program two turns later."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    sys.exit(7)


async def main():
    """Makes them."""
    first = asyncio.ensure_future(turn("first"))
    second = asyncio.ensure_future(turn("second"))
    asyncio.ensure_future(leave())
    await first
    await second
    await asyncio.sleep(3600)


asyncio.run(main())
