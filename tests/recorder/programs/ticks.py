"""Yields very often, which takes about a minute if nobody ends it."""

import asyncio


async def main():
    """Yields."""
    for _ in range(20_000_000):
        await asyncio.sleep(0)


asyncio.run(main())
