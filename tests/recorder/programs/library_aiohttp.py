"""A server and clients of aiohttp."""

import asyncio

try:
    from aiohttp import ClientSession, web
except ImportError:
    raise SystemExit("aiohttp is not installed")


async def answer(request):
    """Answers after a turn."""
    await asyncio.sleep(0)
    return web.Response(text="hello " + request.match_info["name"])


async def main():
    """Asks the server five times at once."""
    application = web.Application()
    application.add_routes([web.get("/{name}", answer)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    async with ClientSession() as session:

        async def ask(number):
            async with session.get("http://127.0.0.1:%d/%d" % (port, number)) as response:
                return await response.text()

        print(await asyncio.gather(*[ask(number) for number in range(5)]))
    await runner.cleanup()


asyncio.run(main())
