"""Imports asyncio and runs nothing on a loop."""

import asyncio

print(asyncio.iscoroutinefunction(print))
