"""Jobs of executors: the loop's own, one of threads, one of processes, and to_thread, with the context variables that each sees."""

import asyncio
import concurrent.futures
import contextvars
import functools

symbol = contextvars.ContextVar("symbol", default="-")


def job(number):
    """Returns what it sees."""
    return number, symbol.get()


def square(number):
    """Is pickled on its way to another process."""
    return number * number


def fail():
    """Fails."""
    raise KeyError("job")


async def main():
    """Asks each executor."""
    symbol.set("main")
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, job, 1))
    print(await loop.run_in_executor(None, functools.partial(job, 2)))
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        print(await loop.run_in_executor(threads, contextvars.copy_context().run, job, 3))
    with concurrent.futures.ProcessPoolExecutor(1) as processes:
        print(await loop.run_in_executor(processes, square, 4))
    try:
        await loop.run_in_executor(None, fail)
    except KeyError as error:
        print("failed", error)
    if hasattr(asyncio, "to_thread"):
        print(await asyncio.to_thread(job, 5))


if __name__ == "__main__":
    asyncio.run(main())
