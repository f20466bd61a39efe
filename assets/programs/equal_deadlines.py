"""Eight callbacks are scheduled, one after the other, for the very same time."""

import asyncio

from storages import run, show

SYMBOLS, DELAY = "01234567", 0.1


async def main():
    loop = asyncio.get_running_loop()
    deadline = loop.time() + DELAY
    for each in SYMBOLS:
        loop.call_at(deadline, show, each)  # [print]
    await asyncio.sleep(2 * DELAY)  # [sleep]


run(main)  # [main]
