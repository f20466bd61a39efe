"""trio, whose loop is not asyncio's."""

try:
    import trio
except ImportError:
    raise SystemExit("trio is not installed")


async def main():
    """Sleeps."""
    await trio.sleep(0)
    print("trio")


trio.run(main)
