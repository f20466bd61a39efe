"""Tasks that nobody holds: they are destroyed while they are pending, also while they are recorded, and others come at their addresses."""

import asyncio
import gc
import weakref


async def wait_for_nothing():
    """Waits for a future that nobody else knows."""
    await asyncio.get_running_loop().create_future()


async def work(number):
    """Returns a number after a turn."""
    await asyncio.sleep(0)
    return number


async def main():
    """Forgets tasks, and makes others."""
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    for _ in range(3):
        tasks = [asyncio.ensure_future(wait_for_nothing()) for _ in range(50)]
        await asyncio.sleep(0)
        dead = [weakref.ref(task) for task in tasks]
        del tasks
        gc.collect()
        print("alive", sum(task() is not None for task in dead))
        print(sum(await asyncio.gather(*[work(number) for number in range(50)])))
    task = asyncio.ensure_future(work(1))
    await task
    dead = weakref.ref(task)
    del task
    print("done and gone", dead() is None)


asyncio.run(main())
