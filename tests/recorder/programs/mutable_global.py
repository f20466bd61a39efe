"""Tasks append to a list that is a global; who sees what of it depends on where it is kept."""

import asyncio

items = ["module"]


async def child(name):
    items.append(name)
    await asyncio.sleep(0)
    return list(items)


async def main():
    global items
    items = ["main"]
    seen = await asyncio.gather(child("a"), child("b"))
    print(*map("".join, seen), "".join(items))


asyncio.run(main())
