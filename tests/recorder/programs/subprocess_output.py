"""A child process, its output and its end."""

import asyncio
import sys


async def main():
    """Reads what a child prints."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(42)", stdout=asyncio.subprocess.PIPE)
    print((await process.communicate())[0], await process.wait())


asyncio.run(main())
