"""Tasks that wait for each other, one inside the other; the outermost is cancelled."""

import asyncio

from storages import run, show

SYMBOLS, DELAY = "abc", 0.1


async def level(symbols, delay):
    try:
        if len(symbols) == 1:
            await asyncio.sleep(2 * delay)  # [sleep]
        else:
            await asyncio.create_task(level(symbols[1:], delay))  # [inner]
    except asyncio.CancelledError:
        show(symbols[0])  # [print]
        raise


async def main():
    outermost = asyncio.create_task(level(SYMBOLS, DELAY))  # [outermost]
    await asyncio.sleep(DELAY)  # [delay]
    outermost.cancel()  # [cancel]
    show("-")  # [requested]
    try:
        await outermost  # [await]
    except asyncio.CancelledError:
        show("!")  # [cancelled]


run(main)  # [main]
