"""Tasks that wait for the same lock, queue and event: a recording names each object by one number."""

import asyncio


async def use(lock, queue, event):
    """Waits for each of them."""
    async with lock:
        await asyncio.sleep(0.001)
    await queue.put(1)
    await event.wait()
    await queue.get()


async def main():
    """Runs three of them beside each other."""
    lock, queue, event = asyncio.Lock(), asyncio.Queue(1), asyncio.Event()
    tasks = [asyncio.ensure_future(use(lock, queue, event)) for _ in range(3)]
    await asyncio.sleep(0.01)
    event.set()
    await asyncio.gather(*tasks)
    print("done", queue.qsize(), lock.locked())


asyncio.run(main())
