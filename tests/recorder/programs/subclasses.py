"""A loop that overrides what a recorder replaces, and a class of tasks of one's own."""

import asyncio


class Loop(asyncio.SelectorEventLoop):
    """Counts what passes through it."""

    soon = iterations = 0

    def call_soon(self, callback, *arguments, context=None):
        self.soon += 1
        return super().call_soon(callback, *arguments, context=context)

    def _run_once(self):
        self.iterations += 1
        super()._run_once()


class Scheduling(asyncio.SelectorEventLoop):
    """Overrides what call_soon calls."""

    def _call_soon(self, callback, arguments, context):
        handle = super()._call_soon(callback, arguments, context)
        self.last = handle
        return handle

    def time(self):
        return super().time() + 1000


class Task(asyncio.Task):
    """A task that knows how often it was cancelled."""

    cancels = 0

    def cancel(self, *arguments, **options):
        self.cancels += 1
        return super().cancel(*arguments, **options)


async def main():
    """Cancels a task of that class."""
    task = asyncio.ensure_future(asyncio.sleep(10))
    await asyncio.sleep(0.001)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancels, type(task).__name__, type(asyncio.current_task()).__name__)


for made in Loop(), Scheduling():
    made.set_task_factory(lambda loop, coroutine, **options: Task(coroutine, loop=loop, **options))
    made.run_until_complete(main())
    print(getattr(made, "soon", None), getattr(made, "iterations", 0) > 3, getattr(made, "last", None) is not None)
    made.close()
