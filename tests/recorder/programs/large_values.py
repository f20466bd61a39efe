"""Many context variables, and a print that is long."""

import asyncio
import contextvars

variables = [contextvars.ContextVar("variable %d" % number) for number in range(300)]


async def main():
    """Sets and reads each."""
    total = 0
    for number, variable in enumerate(variables):
        variable.set(number)
        total += variable.get()
    print(total, "n" * 5000)
    await asyncio.sleep(0)


asyncio.run(main())
