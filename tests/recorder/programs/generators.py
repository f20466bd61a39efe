"""An async generator that is left in the middle, and coroutines of the old kind."""

import asyncio
import types


async def numbers():
    """Yields for ever."""
    try:
        while True:
            yield 1
            await asyncio.sleep(0)
    finally:
        print("closed")


@types.coroutine
def old():
    """A coroutine that is a generator."""
    yield
    yield from asyncio.sleep(0.001).__await__()
    return "old"


class Awaitable:
    """Awaits by a generator of its own."""

    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return "awaited"


async def main():
    """Uses all of them."""
    async for _ in numbers():
        break
    await asyncio.sleep(0.01)
    print(await old(), await Awaitable())
    print(await asyncio.ensure_future(Awaitable()))


asyncio.run(main())
