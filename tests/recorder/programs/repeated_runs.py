"""asyncio.run twice: two loops, one after the other, and the numbers in default names go on."""

import asyncio


async def main(number):
    """Sleeps in three tasks."""
    await asyncio.gather(*[asyncio.sleep(0.001) for _ in range(3)])
    print("run", number, [task.get_name() for task in asyncio.all_tasks()])


asyncio.run(main(1))
asyncio.run(main(2))
