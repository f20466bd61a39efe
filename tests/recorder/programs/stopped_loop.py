"""loop.stop in the middle, the loop run again, and a task that is cancelled afterwards."""

import asyncio

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)


async def wait():
    """Waits for long."""
    await asyncio.sleep(3600)


task = loop.create_task(wait())
loop.call_later(0.001, loop.stop)
loop.run_forever()
print("stopped")
loop.run_until_complete(asyncio.sleep(0))
task.cancel()
try:
    loop.run_until_complete(task)
except asyncio.CancelledError:
    print("cancelled")
loop.call_soon(print, "never")
loop.close()
