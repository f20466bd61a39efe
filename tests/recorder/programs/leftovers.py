"""Changes all that it can of the process that it runs in, having said what it finds."""

import asyncio
import atexit
import contextvars
import decimal
import logging
import os
import random
import signal
import sys
import warnings

import leftovers_module

variable = contextvars.ContextVar("variable", default="unset")
task_name = None


def found():
    """Says what is found."""
    print(sorted(name for name in vars(sys.modules["__main__"]) if "left" in name), leftovers_module.counter, variable.get())
    print(sys.argv, "elsewhere" in sys.path, os.environ.get("LEFT"), os.path.basename(os.getcwd()), random.random())
    print(len(logging.root.handlers), logging.root.level, "left" in logging.root.manager.loggerDict, len(warnings.filters))
    print(signal.getsignal(signal.SIGUSR1), sys.excepthook is sys.__excepthook__, sys.stdout.write is print, decimal.getcontext().prec)


def change():
    """Changes it."""
    leftovers_module.counter += 1
    globals()["left"] = leftovers_module
    variable.set("set")
    sys.argv.append("more")
    sys.path.append("elsewhere")
    os.environ["LEFT"] = "here"
    os.chdir("..")
    logging.basicConfig(level=5)
    logging.getLogger("left")
    warnings.simplefilter("error", DeprecationWarning)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    sys.excepthook = print
    decimal.getcontext().prec = 5
    atexit.register(print, "at exit")


async def pending():
    """Would speak once it is destroyed."""
    try:
        await asyncio.get_event_loop().create_future()
    finally:
        print("destroyed")


class Loud:
    """Speaks once it is destroyed."""

    def __del__(self):
        print("gone")


async def main():
    """Leaves a task, a timer and a cycle behind."""
    loop = asyncio.get_event_loop()
    print((await named()).split("-")[0], asyncio.all_tasks() == {asyncio.current_task()})
    loop.left = [loop.create_task(pending()), loop.call_later(1, print, "timer"), Loud(), loop]
    await asyncio.sleep(0)


async def named():
    """Returns its task's name."""
    task = asyncio.current_task()
    return task.get_name() if hasattr(task, "get_name") else "Task-"


found()
change()
policy = asyncio.DefaultEventLoopPolicy()
asyncio.set_event_loop_policy(policy)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
