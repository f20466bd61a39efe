"""Says when objects die that were in variables."""

import asyncio
import contextvars
import gc
import threading
import weakref

variable = contextvars.ContextVar("variable")
local = threading.local()
kept = None


class Value:
    pass


def watch(value, what):
    weakref.finalize(value, print, "gone:", what).atexit = False
    return value


async def task():
    variable.set(watch(Value(), "a task's"))
    await asyncio.sleep(0)
    print("the task ends")


async def main():
    global kept
    kept = watch(Value(), "the first global")
    kept.attribute = 1
    kept = watch(Value(), "the second global")
    print("set twice")
    kept = None
    local.value = watch(Value(), "a thread-local")
    local.value.attribute = 1
    del local.value
    print("deleted")
    token = variable.set(watch(Value(), "a context's"))
    variable.get()
    variable.reset(token)
    print("reset")
    del token
    print("token deleted")
    await asyncio.create_task(task())
    gc.collect()
    print("collected")
    future = asyncio.get_running_loop().create_future()
    value = watch(Value(), "in a cycle")
    value.context = contextvars.copy_context()
    value.context.run(variable.set, value)
    del value, future
    gc.collect()
    print("cycle collected")


asyncio.run(main())
