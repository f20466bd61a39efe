"""os.fork inside a task: the child goes on in the same step, and must not write into its parent's recording."""

import asyncio
import os


async def turn(times):
    """Yields."""
    for _ in range(times):
        await asyncio.sleep(0)


async def main():
    """Forks; child and parent go on."""
    await turn(100)
    child = os.fork()
    if child == 0:
        await turn(5000)
        os._exit(0)
    await turn(3000)
    print("child", os.waitpid(child, 0)[1])


asyncio.run(main())
