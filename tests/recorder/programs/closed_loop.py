"""What a loop refuses, and the handles that it returns: the sentences are CPython's own."""

import asyncio


def attempt(function, *arguments, **options):
    """Prints what the function raises."""
    try:
        print(function(*arguments, **options))
    except Exception as error:
        print(type(error).__name__, str(error)[-60:])


loop = asyncio.new_event_loop()
loop.close()
attempt(loop.call_soon, print)
attempt(loop.call_later, 1, print)
attempt(loop.call_soon_threadsafe, print)
attempt(loop.run_until_complete, asyncio.sleep(0).__await__())
loop = asyncio.new_event_loop()
attempt(loop.call_soon)
attempt(loop.call_soon, print, contexts=None)
attempt(asyncio.Handle, print)
handle = loop.call_soon(print, "cancelled")
print(repr(handle)[:40], handle.cancelled())
handle.cancel()
print(repr(handle), handle.cancelled())
loop.call_soon("no callable")
loop.set_exception_handler(lambda loop, context: print(context["message"]))
loop.call_soon(print, "ran", "on")
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()
