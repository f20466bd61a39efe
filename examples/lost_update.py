"""A lost update: a balance is read, awaited on, and written back.

Symptom: once in a while a withdrawal is gone. 100 less 30 less 50 are 50.

Each withdrawal is two round trips to a database. Whoever reads between another one's reading and writing overwrites what that one writes. In asyncio's own
order the second withdrawal reads just after the first has written: `loopscope explore` finds the other order. Cure: a lock from reading to writing
(`--fixed`).
"""

import asyncio
import contextlib
import sys

FIXED, ROUND_TRIP = "--fixed" in sys.argv, 0.05
balance = 100


async def fetch():
    await asyncio.sleep(ROUND_TRIP)
    return balance


async def store(amount):
    global balance
    await asyncio.sleep(ROUND_TRIP)
    balance = amount


async def withdraw(amount, arrives, lock):
    if arrives:
        await asyncio.sleep(arrives)
    async with lock if FIXED else contextlib.AsyncExitStack():
        await store(await fetch() - amount)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(withdraw(30, 0, lock), withdraw(50, ROUND_TRIP, lock))
    print(f"100 - 30 - 50 = {balance}")


asyncio.run(main())
