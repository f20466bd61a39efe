"""A task for each thing that one can wait for; tests read from the recording what each waited for."""

import asyncio
import sys
import time


async def hold(lock):
    """Holds a lock for a while."""
    async with lock:
        await asyncio.sleep(0.002)


async def wait_with(condition):
    """Waits for a condition."""
    async with condition:
        await condition.wait()


async def for_child():
    """Waits for a process."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await process.wait()


async def turn():
    """Ends after a turn."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def main():
    """Makes the tasks, each with the name of what it waits for."""
    loop = asyncio.get_running_loop()
    lock, semaphore, event, condition = asyncio.Lock(), asyncio.Semaphore(0), asyncio.Event(), asyncio.Condition()
    empty, full, undone, future = asyncio.Queue(), asyncio.Queue(1), asyncio.Queue(), loop.create_future()
    full.put_nowait(1)
    undone.put_nowait(1)
    made = {}

    def make(name, awaitable):
        async def waits():
            return await awaitable

        made[name] = loop.create_task(waits(), name=name)

    sleeper = loop.create_task(hold(lock), name="sleep")
    await asyncio.sleep(0)
    make("yield", asyncio.sleep(0))
    make("task", loop.create_task(turn(), name="child"))
    make("future", future)
    make("gather", asyncio.gather(turn(), turn()))
    make("wait", asyncio.wait([loop.create_task(turn(), name="waited for")]))
    make("shield", asyncio.shield(future))
    make("lock", lock.acquire())
    make("semaphore", semaphore.acquire())
    make("event", event.wait())
    make("condition", wait_with(condition))
    make("queue_get", empty.get())
    make("queue_put", full.put(2))
    make("queue_join", undone.join())
    make("executor", loop.run_in_executor(None, time.sleep, 0.02))
    make("process", for_child())
    await asyncio.sleep(0.005)  # all of them wait now
    semaphore.release()
    event.set()
    async with condition:
        condition.notify_all()
    empty.put_nowait(1)
    full.get_nowait()
    undone.task_done()
    future.set_result(None)
    await asyncio.gather(sleeper, *made.values())
    print("waited for", sorted(made))


asyncio.run(main())
