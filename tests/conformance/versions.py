"""Small programs of which versions of asyncio make different things; runs on every Python from 3.8 on.

    python3 versions.py     prints `NAME RESULT`, a line each

docs/asyncio.md has a row for each, and versions_test.py what each version has to print.
"""

import asyncio

ROWS = []


def row(function):
    """Add a program to ROWS."""
    ROWS.append(function)
    return function


async def _hops(awaitable):
    """Await something; return how many iterations of the loop that took."""
    loop = asyncio.get_running_loop()
    count = 0
    going = True

    def tick():
        nonlocal count
        if going:
            count += 1
            loop.call_soon(tick)

    loop.call_soon(tick)
    await awaitable
    going = False
    return count


async def _child():
    return asyncio.current_task()


@row
async def wait_for_runs_a_coroutine_in_the_callers_task():
    return await asyncio.wait_for(_child(), 1) is asyncio.current_task()


@row
async def hops_of_a_gather_of_done_futures():
    future = asyncio.get_running_loop().create_future()
    future.set_result(1)
    return await _hops(asyncio.gather(future))


@row
async def uncancel_takes_back_what_has_not_been_thrown():
    task = asyncio.current_task()
    if not hasattr(task, "uncancel"):
        return "no uncancel"
    task.cancel()
    task.uncancel()
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError:
        return False
    return True


@row
async def a_released_semaphore_is_free_for_others_than_those_who_wait():
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()
    waits = asyncio.ensure_future(semaphore.acquire())
    await asyncio.sleep(0)
    semaphore.release()
    free = not semaphore.locked()
    await waits
    return free


@row
async def who_is_notified_when_the_notified_one_is_cancelled():
    condition = asyncio.Condition()
    woken = []

    async def wait(name):
        async with condition:
            await condition.wait()
            woken.append(name)

    tasks = [asyncio.ensure_future(wait(name)) for name in ("first", "second")]
    await asyncio.sleep(0)
    async with condition:
        condition.notify()
        tasks[0].cancel()
    await asyncio.wait(tasks, timeout=0.01)
    tasks[1].cancel()
    return woken[0] if woken else "nobody"


@row
async def wait_takes_coroutines():
    child = _child()
    try:
        await asyncio.wait([child])
    except TypeError:
        child.close()
        return False
    return True


@row
async def cancellation_says_what_cancel_said():
    async def sleep():
        await asyncio.sleep(1)

    task = asyncio.ensure_future(sleep())
    await asyncio.sleep(0)
    try:
        task.cancel("why")
    except TypeError:
        task.cancel()
        return "no message"
    try:
        await task
    except asyncio.CancelledError as error:
        return " ".join(error.args) or "lost on the way"


@row
async def as_completed_can_be_iterated_by_async_for():
    return hasattr(asyncio.as_completed([]), "__aiter__")


@row
async def as_completed_begins_at_the_call():
    future = asyncio.get_running_loop().create_future()
    for _ in [asyncio.as_completed([future])]:
        return len(future._callbacks or []) > 0


@row
async def callbacks_of_a_shielded_future():
    future = asyncio.get_running_loop().create_future()
    outer = asyncio.shield(future)
    count = len(future._callbacks)
    future.cancel()
    outer.cancel()
    return count


@row
async def names_use_up_a_number():
    numbers = []
    for name in (None, "named", None):
        try:
            task = asyncio.create_task(_child(), name=name)
        except TypeError:
            return "no names"
        if name is None:
            numbers.append(int(task.get_name().split("-")[1]))
        await task
    return numbers[1] - numbers[0] > 1


@row
async def a_generator_whose_close_was_cancelled():
    async def generate():
        try:
            yield
        finally:
            await asyncio.sleep(1)

    generator = generate()
    await generator.__anext__()
    closing = asyncio.ensure_future(generator.aclose())
    await asyncio.sleep(0)
    closing.cancel()
    await asyncio.wait([closing])
    try:
        await generator.__anext__()
    except StopAsyncIteration:
        return "is over"
    except RuntimeError:
        return "is running"


@row
async def the_end_of_an_executor_has_a_timer():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: None)
    try:
        ending = asyncio.ensure_future(loop.shutdown_default_executor(100))
    except (AttributeError, TypeError):
        return "no time"
    await asyncio.sleep(0)
    timers = len(loop._scheduled)
    await ending
    return timers == 1


@row
async def queues_can_be_shut_down():
    return hasattr(asyncio.Queue(), "shutdown")


@row
async def tasks_can_be_eager():
    return hasattr(asyncio, "eager_task_factory")


@row
async def there_are_groups_timeouts_barriers_and_runners():
    return all(hasattr(asyncio, name) for name in ("TaskGroup", "timeout", "Barrier", "Runner"))


def main():
    """Print what each row comes to here."""
    for each in ROWS:
        print(each.__name__, asyncio.run(each()))


if __name__ == "__main__":
    main()
