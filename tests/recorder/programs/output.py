"""Everything that ends on stdout and stderr: print, write, writelines, logging, buffers, a redirected stream."""

import asyncio
import contextlib
import io
import logging
import sys

logging.basicConfig(stream=sys.stdout, format="%(message)s")
log = logging.getLogger()


async def work(number):
    """Prints in each way."""
    log.warning("task %s", number)
    sys.stdout.write("wr")
    print(sys.stdout.write("ite\n"))
    print("several", "lines", sep="\n", end="!\n")
    sys.stdout.writelines(["a\n", "b\n"])
    sys.stdout.flush()
    sys.stdout.buffer.write(b"bytes\n")
    sys.stdout.buffer.flush()
    print("to stderr", file=sys.stderr)
    await asyncio.sleep(0)
    with contextlib.redirect_stdout(io.StringIO()) as caught:
        print("caught")
    print(repr(caught.getvalue()), "é" * 5000)
    try:
        sys.stdout.write(b"no text")
    except TypeError as error:
        print(str(error)[:30])
    try:
        print("\ud800")
    except UnicodeEncodeError as error:
        print("no surrogate", error.object == "\ud800")
    sys.stdout.reconfigure(line_buffering=True)
    print(sys.stdout.isatty(), sys.stdout.line_buffering, isinstance(sys.stdout, io.TextIOWrapper), sys.stdout is sys.__stdout__)


async def main():
    """Works twice."""
    await asyncio.gather(work(1), work(2))


asyncio.run(main())
