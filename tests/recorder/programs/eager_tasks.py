"""Eager tasks (3.12): the first step runs inside create_task, before it returns; some end there."""

import asyncio


async def turn(number):
    """Yields once."""
    print("start", number)
    await asyncio.sleep(0)
    print("end", number)
    return number


async def at_once():
    """Ends without a turn, having made a task itself."""
    inner = asyncio.create_task(turn("inner"))
    print("at once")
    return await inner if False else inner


async def fail():
    """Fails at once."""
    raise ValueError("eager")


async def main():
    """Makes tasks, eager ones where there are any."""
    loop = asyncio.get_running_loop()
    if hasattr(asyncio, "eager_task_factory"):
        loop.set_task_factory(asyncio.eager_task_factory)
    tasks = [loop.create_task(turn(1)), loop.create_task(at_once()), loop.create_task(turn(2))]
    failed = loop.create_task(fail())
    print("created")
    print(await tasks[0], await (await tasks[1]), await tasks[2])
    print(await asyncio.gather(failed, return_exceptions=True))


asyncio.run(main())
