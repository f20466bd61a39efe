"""Three tasks get the same list through their context, and each writes its own symbol into it."""

import asyncio

from storages import Variable, run, show

SYMBOLS, DELAY = "abc", 0.1


notes = Variable("notes", None)


async def request(own_symbol, delay):
    notes.get().append(own_symbol)  # [append]
    await asyncio.sleep(delay)  # [sleep]
    show(notes.get()[-1])  # [print]


async def main():
    notes.set([])  # [set]
    await asyncio.gather(*[request(each, DELAY) for each in SYMBOLS])  # [gather]


run(main)  # [main]
