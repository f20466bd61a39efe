"""Programs whose output shows an order that asyncio may choose in another way, one for each freedom."""

import asyncio
import concurrent.futures
import functools
import socket
import sys
import time


async def say(letter, seconds):
    """Prints a letter, late."""
    await asyncio.sleep(seconds)
    print(letter, end="")


async def ties():
    """Timers of one deadline, of which a heap hands out the first one first."""
    await asyncio.gather(say("a", 1), say("b", 1), say("-", 1.5), say("c", 2), say("d", 2))


async def jitter():
    """A timeout that is a little later than what it is for."""
    try:
        await asyncio.wait_for(say("done", 1), 1.01)
    except asyncio.TimeoutError:
        print("late", end="")


async def ready():
    """Callbacks that are ready at once."""
    loop = asyncio.get_event_loop()
    for letter in "xyz":
        loop.call_soon(functools.partial(print, letter, end=""))
    await asyncio.sleep(0.1)


async def io():
    """Two pairs of sockets that are readable at once, beside callbacks."""
    loop = asyncio.get_event_loop()
    pairs = [socket.socketpair() for _ in "pq"]

    def read(letter, end):
        end.recv(1)
        loop.remove_reader(end)
        print(letter, end="")

    for letter, (left, right) in zip("pq", pairs):
        loop.add_reader(left, read, letter, left)
        right.send(b"x")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(".", end="")
    await asyncio.sleep(0.1)
    for pair in pairs:
        for end in pair:
            end.close()


async def sets():
    """Takes what asyncio.wait returns in the order in which it comes."""
    tasks = [asyncio.ensure_future(say("", 0)) for _ in "ab"]
    done, _ = await asyncio.wait(tasks)
    print("".join("mn"[tasks.index(task)] for task in done), end="")
    print("".join("mn"[tasks.index(task)] for task in done), end="")


async def completed():
    """Prints in the order in which as_completed makes tasks of coroutines."""
    for each in asyncio.as_completed([say("u", 0), say("v", 0)]):
        await each


async def cancelled(letter):
    """Says that it was cancelled."""
    try:
        await asyncio.sleep(1)
    finally:
        print(letter, end="")


async def left():
    """Leaves tasks behind, which asyncio.run cancels."""
    for letter in "gh":
        asyncio.ensure_future(cancelled(letter))
    await asyncio.sleep(0)


def work(letter):
    """A job of an executor."""
    print(letter, end="")
    return letter.upper()


async def threads():
    """Two jobs beside a timer."""
    loop = asyncio.get_event_loop()
    timer = asyncio.ensure_future(say("t", 0.01))
    jobs = [loop.run_in_executor(None, work, letter) for letter in "jk"]
    for job in jobs:
        print(await job, end="")
    await timer


async def group():
    """Has a TaskGroup cancel its tasks."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for letter in "gh":
                tasks.create_task(cancelled(letter))
            await asyncio.sleep(0)
            raise KeyError
    except BaseException as error:
        print("!" if type(error).__name__ == "ExceptionGroup" else error, end="")
        if type(error).__name__ != "ExceptionGroup":
            raise


def nap(letter, seconds):
    """A job that sleeps."""
    time.sleep(seconds)
    print(letter, end="")


async def sleeping():
    """Jobs that sleep beside timers."""
    loop = asyncio.get_event_loop()
    jobs = [loop.run_in_executor(None, nap, "123"[at], (0.1, 0.2, 0.3)[at]) for at in range(3)]
    await asyncio.sleep(0.15)
    print("s", end="")
    await asyncio.sleep(0.1)
    print("-", end="")
    await asyncio.gather(*jobs)


def ask(loop):
    """A job that waits for a coroutine of the loop."""
    print(asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1, "answer"), loop).result(), end=" ")


async def waiting():
    """A job that waits for the loop, one that takes longer than anybody waits, and more than there are threads."""
    loop = asyncio.get_event_loop()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        await asyncio.gather(loop.run_in_executor(pool, ask, loop), *(loop.run_in_executor(pool, nap, letter, 0.2) for letter in "123"))
    try:
        await asyncio.wait_for(loop.run_in_executor(None, nap, " late", 5), 1)
    except asyncio.TimeoutError:
        print(f" {loop.time():.1f}", end="")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
