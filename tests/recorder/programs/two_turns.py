"""Two tasks that print in turn."""

import asyncio


async def turn(name):
    """Prints its name, with a yield behind each."""
    for number in range(3):
        print(name, number, flush=True)
        await asyncio.sleep(0)


async def main():
    """Runs both."""
    await asyncio.gather(turn("a"), turn("b"))


asyncio.run(main())
