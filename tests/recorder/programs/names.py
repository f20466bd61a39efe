"""Names of tasks: given, given late, changed, very long, with bytes that are no UTF-8; and the names of a task factory's tasks."""

import asyncio


async def turn():
    """Yields once and returns its name."""
    await asyncio.sleep(0)
    return asyncio.current_task().get_name()


async def main():
    """Names tasks."""
    loop = asyncio.get_running_loop()
    print(len(await asyncio.create_task(turn(), name="n" * 100000)))
    print(ascii(await asyncio.create_task(turn(), name="line\nbreak\x00\ud800é")))
    task = asyncio.create_task(turn())
    task.set_name("later")
    print(await task)
    task = asyncio.create_task(turn(), name=17)
    print(await task)
    loop.set_task_factory(lambda loop, coroutine, **options: asyncio.Task(coroutine, loop=loop, **options))
    print(await loop.create_task(turn(), name="made by a factory"))


asyncio.run(main())
