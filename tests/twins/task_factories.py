"""What tasks see of aiotask_context's dict, and of a list in it, where the loop is given another factory in mid-run."""

import asyncio

import aiotask_context as context

FACTORIES = {
    "sharing": context.task_factory,
    "copying": context.copying_task_factory,
    "layering": context.chainmap_task_factory,
}
NAMES = "mpqg"  # main, the task made before the switch, the task made after it, and that one's child
WRITERS = "mpqgm"  # who sets the variable, and appends to the list, one after the other


async def task(name, log, child=None):
    if child:
        asyncio.get_running_loop().create_task(task(child, log))
    for turn, writer in enumerate(WRITERS):
        await asyncio.sleep(1)
        if name == writer:
            context.get("list").append(name)
            context.set("symbol", name)
        await asyncio.sleep(1)
        log[turn][name] = f"{context.get('symbol')}{''.join(context.get('list'))}"


async def main(after, log):
    loop = asyncio.get_running_loop()
    context.set("symbol", ".")
    context.set("list", [])
    loop.create_task(task("p", log))
    loop.set_task_factory(after)
    loop.create_task(task("q", log, child="g"))
    await asyncio.sleep(0.5)
    await task("m", log)
    await asyncio.sleep(1)


def run(before, after, new_event_loop):
    """Returns a line for each turn: what each task sees."""
    log = [{} for _ in WRITERS]
    loop = new_event_loop()
    loop.set_task_factory(FACTORIES[before])
    loop.run_until_complete(main(FACTORIES[after], log))
    loop.close()
    return [" ".join(f"{name}={turn[name]}" for name in NAMES) for turn in log]


def lines(new_event_loop):
    return [
        f"{before} > {after}: {', '.join(run(before, after, new_event_loop))}" for before in FACTORIES for after in FACTORIES
    ]
