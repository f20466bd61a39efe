"""Each of four tasks sets an attribute of a threading.local and starts a task that prints it."""

import asyncio
import threading

local = threading.local()


class Local(threading.local):
    kind = "subclass"

    def __init__(self, first):
        self.first = first

    def method(self):
        return self.first


other = Local("initial")


async def indication(count):
    for _ in range(count):
        print(local.symbol, end="")
        await asyncio.sleep(0.1)


async def start(symbol):
    local.symbol = symbol
    await asyncio.create_task(indication(3))


async def main():
    await asyncio.gather(*(start(symbol) for symbol in "0abc"))


def elsewhere():
    print(hasattr(local, "symbol"), other.method(), other.kind, sorted(vars(other)), sorted(vars(local)))
    local.symbol = "thread's"
    other.first = "changed"
    print(local.symbol, other.first)


asyncio.run(main())
print()
thread = threading.Thread(target=elsewhere)
thread.start()
thread.join()
print(local.symbol, other.first, isinstance(local, threading.local), type(local) is threading.local)
del local.symbol
try:
    local.symbol
except AttributeError as error:
    print(error)
setattr(local, "by" + "_name", 1)
print(getattr(local, "by" + "_name"), getattr(local, "missing", "default"), vars(local))
