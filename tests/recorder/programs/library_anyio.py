"""anyio on asyncio: a task group and a thread."""

try:
    import anyio
    import anyio.to_thread
except ImportError:
    raise SystemExit("anyio is not installed")


async def work(number):
    """Sleeps."""
    await anyio.sleep(0.001 * number)
    print("work", number)


async def main():
    """Starts two tasks and a thread."""
    async with anyio.create_task_group() as group:
        for number in range(2):
            group.start_soon(work, number)
    print(await anyio.to_thread.run_sync(lambda: 5))


anyio.run(main)
