# SPDX-License-Identifier: MIT
"""One task that ends at once: what is left is the beginning and the end of a recording. Prints 0."""

import asyncio
import sys


async def main():
    """Ends."""
    print(0, file=sys.stderr)


asyncio.run(main())
