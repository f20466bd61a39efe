"""Of two tasks, one is created before the symbol is set, the other after it; then both print it."""

import asyncio

from storages import Variable, run, show

SYMBOLS, DELAY = "abc", 0.1

symbol = Variable("symbol")


async def report(delay):
    await asyncio.sleep(delay)  # [sleep]
    show(symbol.get())  # [print]


async def main():
    for each in SYMBOLS:
        early = asyncio.create_task(report(DELAY))  # [early]
        symbol.set(each)  # [set]
        late = asyncio.create_task(report(DELAY))  # [late]
        await early  # [await-early]
        await late  # [await-late]


run(main)  # [main]
