"""Two threads, each with an event loop of its own, and two tasks on each that print what somebody has set."""

import asyncio

from storages import Variable, run, show

DURATION, INTERVAL, SYMBOLS, WORKER_SYMBOLS = 0.8, 0.2, "01", "ab"

symbol = Variable("symbol")


async def indication(interval):
    while True:
        show(symbol.get())  # [print]
        await asyncio.sleep(interval)  # [pause]


async def sleep(delay, duration, interval, own_symbol):
    await asyncio.sleep(delay)  # [delay]
    symbol.set(own_symbol)  # [set]
    await asyncio.sleep(interval)  # [wait]
    task = asyncio.create_task(indication(interval))  # [start]
    await asyncio.sleep(duration)  # [sleep]
    task.cancel()  # [cancel]


def start(symbols, delay):
    return asyncio.gather(*[sleep(delay, DURATION, INTERVAL, each) for each in symbols])  # [gather]


def start_main():
    return start(SYMBOLS, 0)


def start_worker():
    # Half an interval late, so that one can see the two take turns.
    return start(WORKER_SYMBOLS, INTERVAL / 2)


run(start_main, worker=start_worker)
