"""Leaves in the way that the command line names."""

import asyncio
import atexit
import os
import signal
import sys
import threading
import time

way = sys.argv[1]
atexit.register(print, "at exit")


class Refused(Exception):
    pass


def fail():
    raise Refused("said", 1)


def hook(kind, value, traceback):
    frames = []
    while traceback:
        frames.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    print("hook", kind.__name__, value, frames, frames and value.__traceback__.tb_frame.f_code.co_name, file=sys.stderr)


async def main():
    await asyncio.sleep(0)
    if way == "exit in a task":
        sys.exit(5)
    if way == "error in a task":
        fail()
    if way == "interrupted":
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(10)
    if way == "killed":
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    if way == "os._exit":
        sys.stdout.flush()
        os._exit(7)
    return way


def leave():
    if way == "exit":
        sys.exit()
    if way == "exit with a number":
        sys.exit(3)
    if way == "exit with a large number":
        sys.exit(259)
    if way == "exit with words":
        sys.exit("words")
    if way == "raise SystemExit":
        raise SystemExit(4)
    if way == "error":
        fail()
    if way == "chained error":
        try:
            fail()
        except Refused as error:
            raise KeyError("chained") from error
    if way == "error in the hook":
        sys.excepthook = lambda *_: fail()
        fail()
    if way == "hook":
        sys.excepthook = hook
        fail()
    if way == "exit in the hook":
        sys.excepthook = lambda *_: sys.exit(9)
        fail()
    if way == "interrupted outside":
        raise KeyboardInterrupt
    if way == "thread":
        threading.Thread(target=lambda: (time.sleep(0.1), print("thread"))).start()
    if way == "error in a thread":
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    if way == "closed streams":
        sys.stdout.flush()
        sys.stdout = None


print(asyncio.run(main()))
leave()
