"""Four tasks each set a symbol and start a task that prints it."""

import asyncio

from storages import Variable, run, show

DURATION, INTERVAL, SYMBOLS = 1, 0.1, "0abc"

symbol = Variable("symbol")


async def indication(interval):
    while True:
        show(symbol.get())  # [print]
        await asyncio.sleep(interval)  # [pause]


async def sleep(duration, interval, own_symbol):
    symbol.set(own_symbol)  # [set]
    task = asyncio.create_task(indication(interval))  # [start]
    await asyncio.sleep(duration)  # [sleep]
    task.cancel()  # [cancel]


def start():
    # No task runs yet, so each of the four is a root task.
    return asyncio.gather(*[sleep(DURATION, INTERVAL, each) for each in SYMBOLS])  # [gather]


run(start)
