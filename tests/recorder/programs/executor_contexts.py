"""Jobs of executors that read a variable: to_thread takes the caller's context along, run_in_executor does not."""

import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


def read():
    """Returns the variable, as the thread sees it."""
    return user.get()


async def request(name):
    """Sets the variable and reads it in a thread."""
    user.set(name)
    loop = asyncio.get_running_loop()
    print(name, await loop.run_in_executor(None, read), await loop.run_in_executor(None, contextvars.copy_context().run, read))
    if hasattr(asyncio, "to_thread"):
        print(name, await asyncio.to_thread(read))


async def main():
    """Runs two requests one after the other."""
    for name in "ab":
        await asyncio.ensure_future(request(name))


asyncio.run(main())
