"""Uses the decimal module, whose context is a ContextVar that only C code reads."""

import asyncio
import decimal


async def main():
    decimal.getcontext().prec = 5
    print(decimal.Decimal(1) / 3)


asyncio.run(main())
