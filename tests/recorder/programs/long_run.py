"""Yields TURNS times, then says how often; for recordings that are cut off."""

import asyncio
import sys


async def main(turns):
    """Yields."""
    for _ in range(turns):
        await asyncio.sleep(0)
    print("turned", turns)


asyncio.run(main(int(sys.argv[1])))
