"""Starts children in the way that the command line names; each runs a loop."""

import asyncio
import concurrent.futures
import contextvars
import multiprocessing
import os
import subprocess
import sys

variable = contextvars.ContextVar("variable", default="unset")
PROGRAM = """
import asyncio, contextvars, sys
v = contextvars.ContextVar("child's")
async def main():
    v.set("value"); await asyncio.sleep(0); print("child", v.get(), [p for p in sys.path if "recorder-" in p])
asyncio.run(main())
"""


async def inside(name):
    await asyncio.sleep(0)
    variable.set(name)
    return name, variable.get()


def work(name):
    return asyncio.run(inside(name))


def by_fork():
    child = os.fork()
    if not child:
        print(work("forked"), flush=True)
        os._exit(3)
    return os.waitpid(child, 0)[1] >> 8


def in_pool(method):
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        return list(pool.map(work, ["first", "second"]))


if __name__ == "__main__":
    way = sys.argv[1]
    print(work("before"), flush=True)
    if way == "fork":
        print(by_fork())
    elif way == "subprocess":
        print(subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True).stdout)
    else:
        print(in_pool(way))
    print(work("after"))
