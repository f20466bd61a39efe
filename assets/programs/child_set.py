"""What an endpoint sets, as its middleware sees it: run as a task, awaited, and under wait_for."""

import asyncio

from storages import Variable, run, show

SYMBOLS, DELAY = "abcd", 0.1

symbol = Variable("symbol")


async def endpoint(own_symbol, delay):
    await asyncio.sleep(delay)  # [sleep]
    symbol.set(own_symbol)  # [endpoint-set]


async def middleware(symbols, delay):
    symbol.set(symbols[0])  # [set]
    await asyncio.create_task(endpoint(symbols[1], delay))  # [task]
    show(symbol.get())  # [print-task]
    await endpoint(symbols[2], delay)
    show(symbol.get())  # [print-await]
    await asyncio.wait_for(endpoint(symbols[3], delay), 3600)
    show(symbol.get())  # [print-wait-for]


run(lambda: middleware(SYMBOLS, DELAY))  # [main]
