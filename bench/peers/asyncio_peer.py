# SPDX-License-Identifier: MIT
"""CPython's asyncio, or uvloop: asyncio_peer.py asyncio|uvloop WORKLOAD SECONDS

W1: sleep(0). W2: sleep, for asyncio on a virtual clock (its selector moves the clock instead of waiting), for uvloop on the real one,
which counts milliseconds. W3: create_task. W4: a new future for each hand-over, the fastest that there is. W5: contextvars. M: tasks
that wait for an event. Counts are smaller than those of the native systems, for the same time; all figures are for one item.
"""

import asyncio
import contextvars
import json
import os
import random
import selectors
import statistics
import sys
import time

YIELDING_TASKS, YIELDS_EACH = 1_000, 100
SLEEPING_TASKS, SLEEPS_EACH = 100_000, 2
LONGEST_SLEEP = {"asyncio": 1.0, "uvloop": 0.5}
TASK_BATCH, TASK_BATCHES = 1_000, 50
HAND_OVERS = 100_000
ACCESSES = 1_000_000
SUSPENDED_TASKS = 100_000

variable = contextvars.ContextVar("variable", default="default")


class VirtualClock(selectors.SelectSelector):
    """Never waits: what it would wait is added to the time."""

    now = 0.0

    def select(self, timeout=None):
        self.now += timeout or 0.0
        return []


def new_loop(system, virtual=False):
    if system == "uvloop":
        import uvloop

        return uvloop.new_event_loop()
    if not virtual:
        return asyncio.new_event_loop()
    clock = VirtualClock()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now
    return loop


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


async def yielding(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def switches():
    tasks = [asyncio.create_task(yielding(YIELDS_EACH)) for _ in range(YIELDING_TASKS)]
    start = time.process_time_ns()
    await asyncio.wait(tasks)
    return (time.process_time_ns() - start) / (YIELDING_TASKS * YIELDS_EACH)


async def sleeping(delays, count):
    for _ in range(count):
        await asyncio.sleep(next(delays))


async def timers(system):
    source = random.Random(1)
    delays = iter([source.uniform(0, LONGEST_SLEEP[system]) for _ in range(SLEEPING_TASKS * SLEEPS_EACH)])
    start = time.process_time_ns()
    tasks = [asyncio.create_task(sleeping(delays, SLEEPS_EACH)) for _ in range(SLEEPING_TASKS)]
    await asyncio.wait(tasks)
    return (time.process_time_ns() - start) / (SLEEPING_TASKS * SLEEPS_EACH)


async def nothing():
    pass


async def spawning():
    """Nanoseconds for a batch."""
    start = time.process_time_ns()
    for _ in range(TASK_BATCH):
        asyncio.create_task(nothing())
    await asyncio.sleep(0)
    return time.process_time_ns() - start


async def tasks():
    return sum([await spawning() for _ in range(TASK_BATCHES)]) / (TASK_BATCH * TASK_BATCHES)


async def hand_overs():
    new_future = asyncio.get_running_loop().create_future
    futures = [new_future(), new_future()]

    async def play(mine, other):
        for _ in range(HAND_OVERS // 2):
            await futures[mine]
            futures[mine] = new_future()
            futures[other].set_result(None)

    players = [asyncio.create_task(play(0, 1)), asyncio.create_task(play(1, 0))]
    start = time.process_time_ns()
    futures[0].set_result(None)
    await asyncio.wait(players)
    return (time.process_time_ns() - start) / HAND_OVERS


async def gets():
    variable.set("value")
    get = variable.get
    start = time.process_time_ns()
    for _ in range(ACCESSES):
        get()
    return (time.process_time_ns() - start) / ACCESSES


async def sets():
    set_ = variable.set
    start = time.process_time_ns()
    for _ in range(ACCESSES):
        set_("value")
    return (time.process_time_ns() - start) / ACCESSES


async def inheriting():
    # Batch by batch in turn, so that what else the machine does, and the garbage collector, falls on both alike.
    differences = []
    for _ in range(TASK_BATCHES):
        without = await spawning()
        token = variable.set("value")
        differences.append(await spawning() - without)
        variable.reset(token)
    return statistics.median(differences) / TASK_BATCH


async def waiting(event):
    await event.wait()


async def suspended():
    variable.set("value")
    event = asyncio.Event()
    before = resident_bytes()
    tasks = [asyncio.create_task(waiting(event), name="waiting") for _ in range(SUSPENDED_TASKS)]
    await asyncio.sleep(0)
    used = resident_bytes() - before
    event.set()
    await asyncio.wait(tasks)
    return used / SUSPENDED_TASKS


def main(system, workload, seconds):
    figures = {
        "W1": [("W1", switches)],
        "W2": [("W2", lambda: timers(system))],
        "W3": [("W3", tasks)],
        "W4": [("W4", hand_overs)],
        "W5": [("W5 get", gets), ("W5 set", sets), ("W5 spawn", inheriting)],
    }

    def run(function):
        loop = new_loop(system, virtual=workload == "W2")
        asyncio.set_event_loop(loop)
        try:
            return loop.run_until_complete(function())
        finally:
            loop.close()

    for name, function in figures.get(workload, []):
        run(function)  # to warm up
        samples = []
        end = time.monotonic() + float(seconds)
        while not samples or time.monotonic() < end:
            samples.append(run(function))
        print(json.dumps({"system": system, "workload": name, "ns": round(statistics.median(samples), 3), "runs": len(samples)}))
    if workload == "M":
        print(json.dumps({"system": system, "workload": "M", "bytes": round(run(suspended), 3), "runs": 1}))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
