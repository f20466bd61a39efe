"""Eight tasks, made one after the other, wait for a reply until the very same deadline."""

import asyncio

from storages import run, show

SYMBOLS, DELAY = "01234567", 0.1


async def ask(own_symbol, reply, deadline):
    try:
        async with asyncio.timeout_at(deadline):
            await reply.wait()  # [wait]
    except TimeoutError:
        show(own_symbol)  # [print]


async def main():
    reply = asyncio.Event()  # never set
    deadline = asyncio.get_running_loop().time() + DELAY
    await asyncio.gather(*[ask(each, reply, deadline) for each in SYMBOLS])  # [gather]


run(main)  # [main]
