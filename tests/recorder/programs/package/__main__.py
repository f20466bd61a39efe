"""Uses the global of another module, by an attribute of that module and by functions of it."""

import asyncio
import sys

from package import state
from package.state import current as copied


async def main():
    print(state.current, state.read(), copied)
    state.change("changed")
    await asyncio.sleep(0)
    print(state.current, state.read(), copied)
    state.current = "by attribute"
    print(state.current, state.read())
    state.current += "!"
    print(state.current)


asyncio.run(main())
print(__name__, __package__, __spec__.name, sys.argv[1:])
