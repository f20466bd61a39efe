"""A program that runs asyncio's loop, and then trio's."""

import asyncio

try:
    import trio
except ImportError:
    raise SystemExit("trio is not installed")


async def rest():
    """Sleeps on asyncio's loop."""
    await asyncio.sleep(0)
    print("asyncio")


async def rest_on_trio():
    """Sleeps on trio's loop."""
    await trio.sleep(0)
    print("trio")


asyncio.run(rest())
trio.run(rest_on_trio)
