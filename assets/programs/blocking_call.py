"""A task beats regularly; another one blocks the loop, as a coroutine does that calls time.sleep."""

import asyncio
import time

from storages import run, show

INTERVAL, BEFORE, BLOCK = 0.1, 0.35, 1


async def beat(interval):
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + interval
        await asyncio.sleep(interval)  # [beat]
        show("." if loop.time() < due + interval / 2 else "!")  # [print]


async def main():
    beating = asyncio.create_task(beat(INTERVAL))  # [spawn]
    await asyncio.sleep(BEFORE)  # [before]
    time.sleep(BLOCK)
    await asyncio.sleep(BEFORE)  # [after]
    beating.cancel()  # [cancel]


run(main)  # [main]
