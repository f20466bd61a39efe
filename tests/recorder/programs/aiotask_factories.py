"""Uses aiotask_context with the task factory that the command line names."""

import asyncio
import sys

import aiotask_context as context


async def child(name):
    print(name, context.get("a"), context.get("b", "default"), context.get("list"))
    context.set("a", name)
    context.get("list").append(name)
    await asyncio.sleep(0)
    print(name, context.get(key="a"), context.get("list"))


async def main():
    context.set("a", 1)
    context.set(key="list", value=[])
    await asyncio.gather(child("first"), child("second"))
    print(context.get("a"), context.get("list"), context.get(3))
    context.clear()
    try:
        print(context.get("a"))
    except AttributeError as error:
        print(error)


loop = asyncio.new_event_loop()
loop.set_task_factory(getattr(context, sys.argv[1]))
loop.run_until_complete(main())
loop.close()
for function in (context.get, context.set):
    try:
        function("a", 1)
    except ValueError as error:
        print(error, function.__name__, function.__module__)
