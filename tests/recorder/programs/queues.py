"""Queues of all kinds, and of classes of the program's own: each line of the output is what came out, in order."""

import asyncio
import collections


class Numbered(asyncio.PriorityQueue):
    """Puts a number before each item, and gives the item back: equal priorities come out in the order in which they went in."""

    count = 0

    def _put(self, item):
        self.count += 1
        super()._put((item.priority, self.count, item))

    def _get(self):
        return super()._get()[2]


class Unique(asyncio.Queue):
    """Drops what it has already."""

    def _init(self, maxsize):
        self._queue = collections.OrderedDict()

    def _put(self, item):
        self._queue[item] = None

    def _get(self):
        return self._queue.popitem(last=False)[0]


class Boxing(asyncio.Queue):
    """Gives back another object than was put."""

    def _get(self):
        return [super()._get()]


class Item:
    """Has a priority; its address is all that tells it apart."""

    def __init__(self, name, priority):
        self.name = name
        self.priority = priority

    def __lt__(self, other):
        return self.priority < other.priority

    def __repr__(self):
        return self.name


def drain(queue, items):
    """Puts all items, and prints them as they come out."""
    for item in items:
        queue.put_nowait(item)
    print(type(queue).__name__, [queue.get_nowait() for _ in range(queue.qsize())])


async def consume(queue):
    """Takes two items of a queue that has room for one."""
    for _ in range(2):
        await queue.get()
        queue.task_done()


async def main():
    """Drains each queue, and hands items to another task."""
    items = [Item(name, priority) for name, priority in (("low", 3), ("high", 1), ("mid", 2), ("also high", 1))]
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue, Numbered):
        drain(kind(), items)
    drain(asyncio.Queue(), [None, "a", None])
    drain(asyncio.LifoQueue(), [None, "a", None])
    drain(Unique(), ["a", "b", "a"])
    drain(Boxing(), ["a"])
    queue = asyncio.Queue(1)
    consumer = asyncio.ensure_future(consume(queue))
    for name in "xy":
        await queue.put(name)
    await queue.join()
    await consumer
    for wrong in (queue.get_nowait, queue.task_done):
        try:
            wrong()
        except (asyncio.QueueEmpty, ValueError) as error:
            print(type(error).__name__)
    queue.put_nowait("left")
    try:
        queue.put_nowait("too much")
    except asyncio.QueueFull as error:
        print(type(error).__name__)
    if hasattr(queue, "shutdown"):
        queue.shutdown(immediate=True)
        for wrong in (queue.get_nowait, lambda: queue.put_nowait("late")):
            try:
                wrong()
            except asyncio.QueueShutDown as error:
                print(type(error).__name__)


asyncio.run(main())
