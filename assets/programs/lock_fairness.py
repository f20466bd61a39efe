"""Three tasks take the same lock again and again, each as soon as it has released it."""

import asyncio

from storages import run, show

SYMBOLS, ROUNDS, HOLD = "abc", 3, 0.1


async def worker(lock, own_symbol, rounds, hold):
    for _ in range(rounds):
        async with lock:  # [acquire]
            show(own_symbol)  # [print]
            await asyncio.sleep(hold)  # [hold]
        # Released, and asked for again at once: those who wait come first.


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[worker(lock, each, ROUNDS, HOLD) for each in SYMBOLS])  # [gather]


run(main)  # [main]
