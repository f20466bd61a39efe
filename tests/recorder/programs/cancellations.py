"""Tasks that are cancelled: before they begin, while they wait, by themselves, twice, against their will, by timeouts and groups."""

import asyncio


async def wait(log, name, seconds=10.0):
    """Waits, and says that it was cancelled."""
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError as error:
        log.append((name, str(error)))
        raise


async def refuse(log):
    """Goes on after it was cancelled."""
    for turn in range(2):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            log.append(("refused", turn))
    return "stubborn"


async def cancel_oneself():
    """Is cancelled at its next suspension."""
    print(asyncio.current_task().cancel())
    await asyncio.sleep(0)
    print("not reached")


async def main():
    """Cancels in each way and prints what came of it."""
    log = []
    loop = asyncio.get_running_loop()
    early = loop.create_task(wait(log, "early"))
    print(early.cancel(), await asyncio.gather(early, return_exceptions=True))
    waiting = loop.create_task(wait(log, "waiting"))
    await asyncio.sleep(0)
    print(waiting.cancel(), waiting.cancel(), await asyncio.gather(waiting, return_exceptions=True), waiting.cancel())
    stubborn = loop.create_task(refuse(log))
    for _ in range(2):
        await asyncio.sleep(0)
        stubborn.cancel()
    print(await stubborn, await asyncio.gather(cancel_oneself(), return_exceptions=True))
    try:
        await asyncio.wait_for(wait(log, "timed out"), 0.001)
    except asyncio.TimeoutError:
        print("timeout")
    shielded = loop.create_task(wait(log, "shielded", 0.005))
    outer = asyncio.shield(shielded)
    outer.cancel()
    print(await asyncio.gather(outer, return_exceptions=True), await shielded)
    group = asyncio.gather(wait(log, "in a group"), wait(log, "in a group"))
    await asyncio.sleep(0)
    group.cancel()
    try:
        await group
    except asyncio.CancelledError:
        print(log)


asyncio.run(main())
