#!/bin/sh
# Expected: a protocol's data_received runs in the context in which its connection was made, whichever loop runs it and whoever pauses and resumes reading.
# What happens: on asyncio's own loop, once a task has called transport.resume_reading(), data_received runs in a copy of that task's context, and so do the
# tasks that it creates: resume_reading registers the socket anew with loop._add_reader, whose Handle copies the current context. CPython 3.8.18, 3.9.18,
# 3.10.13, 3.11.2, 3.11.7, 3.12.1 and 3.13.0 alike (python/cpython issue 140947 is about it). uvloop 0.17.0 on CPython 3.11.2 and uvloop 0.23.0 on CPython 3.13.0
# keep the connection's context.
# Matters to: servers that pause reading while they are busy: a request sees the context variables of the one that was answered before it, on asyncio, and not
# on uvloop, so that a leak may be there in tests and not in production, or the other way round.
#
# Runs every python3.8 to python3.14 that is in PATH, and /usr/bin/python3, on asyncio and, where it is installed, on uvloop. Ends with 77 if there is none.
set -eu

program='
import asyncio, contextvars, sys

user = contextvars.ContextVar("user", default="nobody")
seen = []

class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
    def data_received(self, data):
        seen.append(user.get())
        self.transport.pause_reading()
        asyncio.ensure_future(self.answer())
    async def answer(self):
        user.set("ann")
        self.transport.write(b"x")
        self.transport.resume_reading()

async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for _ in range(2):
        writer.write(b"x")
        await reader.readexactly(1)
    writer.close()
    server.close()

on = sys.argv[1]
if on == "uvloop":
    try:
        import uvloop
    except ImportError:
        sys.exit()
    on += " " + uvloop.__version__
    uvloop.install()
asyncio.run(main())
print(f"CPython {sys.version.split()[0]} on {on}: {seen[0]}, then {seen[1]}")
'

asked=0
for python in python3.8 python3.9 python3.10 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
    "$python" -c '' 2>/dev/null || continue
    asked=1
    said=$("$python" -W ignore -c "$program" asyncio)
    echo "$said"
    case $said in *": nobody, then ann") ;; *)
        echo "asyncio's loop does not take the context along any more: the behaviour has changed." >&2
        exit 1
        ;;
    esac
    said=$("$python" -W ignore -c "$program" uvloop)
    [ -n "$said" ] || continue
    echo "$said"
    case $said in *": nobody, then nobody") ;; *)
        echo "uvloop takes the context along: the behaviour has changed." >&2
        exit 1
        ;;
    esac
done
if [ "$asked" = 0 ]; then
    echo "There is no CPython 3.8 or later here to ask (python3.8 to python3.14 in PATH)." >&2
    exit 77
fi
echo "As described: on asyncio's loop data_received has the context of the task that resumed reading; on uvloop, where asked, that of the connection."
