"""A clean-up takes a set back: once from another task, once from where it was made."""

import asyncio

from storages import Variable, run, show

SYMBOL, DELAY = "a", 0.1

symbol = Variable("symbol")


async def clean_up(token, delay):
    await asyncio.sleep(delay)  # [sleep]
    try:
        symbol.reset(token)  # [reset]
    except ValueError:
        show("!")  # [error]


async def main():
    token = symbol.set(SYMBOL)  # [set]
    await asyncio.create_task(clean_up(token, DELAY))  # [task]
    show(symbol.get())  # [print-task]
    await clean_up(token, DELAY)
    show(symbol.get())  # [print-await]


run(main)  # [main]
