"""Programs whose output shows an order that asyncio may choose in another way, one for each freedom."""

import asyncio
import functools
import sys


async def say(letter, seconds):
    """Prints a letter, late."""
    await asyncio.sleep(seconds)
    print(letter, end="")


async def ties():
    """Timers of one deadline, of which a heap hands out the first one first."""
    await asyncio.gather(say("a", 1), say("b", 1), say("-", 1.5), say("c", 2), say("d", 2))


async def jitter():
    """A timeout that is a little later than what it is for."""
    try:
        await asyncio.wait_for(say("done", 1), 1.01)
    except asyncio.TimeoutError:
        print("late", end="")


async def ready():
    """Callbacks that are ready at once."""
    loop = asyncio.get_event_loop()
    for letter in "xyz":
        loop.call_soon(functools.partial(print, letter, end=""))
    await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
