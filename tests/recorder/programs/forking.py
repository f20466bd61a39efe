"""Makes children, which run a loop each:  forking.py fork|thread|multiprocessing|subprocess. `thread` forks in a thread once a line comes in."""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import threading

WAY = sys.argv[1]


async def child_main():
    """Turns a few times."""
    for _ in range(5):
        await asyncio.sleep(0.001)
    os.write(1, b"child\n")


def run_child():
    """Runs a loop in the child."""
    asyncio.run(child_main())


def make_child():
    """Returns the exit code of a child."""
    if WAY == "fork":
        child = os.fork()
        if child == 0:
            run_detached()
            os._exit(0)
        return os.waitpid(child, 0)[1]
    if WAY == "multiprocessing":
        process = multiprocessing.get_context("fork").Process(target=run_detached)
        process.start()
        process.join()
        return process.exitcode
    return subprocess.run([sys.executable, "-c", "print('child')"], check=False).returncode


def run_detached():
    """Runs a loop in a process that was made inside of a running one."""
    asyncio.events._set_running_loop(None)
    run_child()


def fork_for_a_line():
    """Makes a child as soon as a line comes."""
    sys.stdin.readline()
    child = os.fork()
    if child == 0:
        run_child()
        os._exit(0)
    os.write(1, b"thread %d\n" % os.waitpid(child, 0)[1])


async def main():
    """Makes a child, and goes on."""
    await asyncio.sleep(0)
    if WAY != "thread":
        os.write(1, b"code %d\n" % make_child())
    for _ in range(3):
        await asyncio.sleep(0)
    os.write(1, b"parent\n")


if WAY == "thread":
    threading.Thread(target=fork_for_a_line).start()
asyncio.run(main())
