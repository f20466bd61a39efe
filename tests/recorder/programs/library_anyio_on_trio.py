"""anyio on trio, whose loop is not asyncio's."""

try:
    import anyio
    import trio
except ImportError:
    raise SystemExit("anyio and trio are not installed")


async def main():
    """Sleeps."""
    await anyio.sleep(0)
    print("anyio on", trio.__name__)


anyio.run(main, backend="trio")
