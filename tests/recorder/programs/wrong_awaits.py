"""What a task must not await: CPython's own sentences."""

import asyncio
import types


@types.coroutine
def yielding(what):
    """Yields something to the loop."""
    return (yield what)


async def attempt(what):
    """Yields it and says what the loop throws."""
    try:
        await yielding(what)
    except RuntimeError as error:
        print(str(error).split(" <")[0].split(" at ")[0][:40])


async def await_oneself():
    """Awaits its own task."""
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print("itself", "await on itself" in str(error))


async def main():
    """Awaits all that is wrong."""
    for what in 17, asyncio.get_running_loop().create_future(), (number for number in range(2)):
        await attempt(what)
    await asyncio.gather(await_oneself())
    await yielding(None)
    other = asyncio.new_event_loop()
    try:
        await other.create_future()
    except RuntimeError as error:
        print("attached to a different loop" in str(error))
    other.close()


asyncio.run(main())
