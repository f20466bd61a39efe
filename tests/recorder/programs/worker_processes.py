"""multiprocessing: workers that were forked and spawned run loops of their own."""

import asyncio
import multiprocessing


async def double(number):
    """Doubles a number, after a turn."""
    await asyncio.sleep(0)
    return number * 2


def work(number):
    """Runs a loop in a worker."""
    return asyncio.run(double(number))


if __name__ == "__main__":
    for method in "fork", "spawn":
        with multiprocessing.get_context(method).Pool(2) as pool:
            print(method, pool.map(work, [1, 2]))
