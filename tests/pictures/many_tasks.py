"""A server of some hundred requests, which come and go: what many_tasks.loopscope was recorded of, by

    loopscope record --virtual --watch current -o many_tasks.loopscope many_tasks.py

Each request keeps its number in a global, which requests that run at once take from each other.
"""

import asyncio

current = "none"


class Server:
    async def log(self, said):
        await asyncio.sleep(0)
        print(current, said)

    async def serve(self, which):
        global current
        current = f"#{which}"
        await asyncio.sleep(0.0005 if which % 10 else 0.003)
        print(current, "is asked for")
        helper = asyncio.create_task(self.log("is served"))
        await asyncio.gather(asyncio.sleep(0.0001), asyncio.sleep(0.0002))
        await helper


async def main():
    server = Server()

    async def client(which):
        await asyncio.sleep(which * 0.001)
        await server.serve(which)

    for which in range(120):
        asyncio.create_task(client(which))
    await asyncio.sleep(0.2)


asyncio.run(main())
