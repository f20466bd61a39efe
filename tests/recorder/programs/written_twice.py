"""Writes a global again and again, and has contexts and tasks copied between two writes."""

import asyncio
import contextvars

g = "0"


def show():
    print(g, end="")


async def child(n):
    global g
    show()
    g = f"c{n}"
    g = f"d{n}"
    await asyncio.sleep(0)
    show()


async def main():
    global g
    g = "1"
    g = "2"
    copy = contextvars.copy_context()
    g = "3"
    g = "4"
    copy.run(show)
    show()
    task = asyncio.ensure_future(child(1))
    g = "5"
    g = "6"
    other = asyncio.ensure_future(child(2))
    await asyncio.gather(task, other)
    show()

    def inside():
        global g
        g = "7"
        g = "8"
        show()

    copy.run(inside)
    copy.run(show)
    show()


asyncio.run(main())
