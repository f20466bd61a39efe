"""Each of four tasks sets a ContextVar and starts a task that prints it; a library has a ContextVar of its own."""

import asyncio
import contextvars
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "site-packages"))
import library

symbol = contextvars.ContextVar("symbol", default=".")


async def indication(count):
    for _ in range(count):
        print(symbol.get(), end="")
        await asyncio.sleep(0.1)


async def start(own):
    symbol.set(own)
    library.remember(own)
    await asyncio.create_task(indication(3))
    return library.recall()


async def main():
    print("", await asyncio.gather(*(start(own) for own in "0abc")), sep="\n")


asyncio.run(main())
