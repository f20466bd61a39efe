# SPDX-License-Identifier: MIT
"""Small traces of other tools that ask for much: compressed ones, Perfetto's, speedscope's, tokio-console's. Used by small_files.py."""

import gzip
import zlib

MILLION = 1_000_000
SLICE = b'{"ph":"X","ts":1,"dur":1,"pid":1,"tid":1,"name":"n"}'


def varint(value):
    out = b""
    while value >= 128:
        out += bytes((value & 127 | 128,))
        value >>= 7
    return out + bytes((value,))


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


def packet(*fields, time=1):
    return text(1, (number(8, time) if time else b"") + b"".join(fields))


def event(kind, uuid=1, *more, time=1):
    return packet(text(11, number(9, kind) + number(11, uuid) + b"".join(more)), time=time)


def up_to(size, make):
    """As many parts as `size` bytes have room for."""
    parts = []
    at = left = 0
    while left < size:
        parts.append(make(at))
        left += len(parts[-1])
        at += 1
    return b"".join(parts)


def deep_annotation(depth):
    inner = text(6, b"x")
    for _ in range(depth):
        inner = text(12, inner)
    return text(10, b"a") + inner


def long_text_again_and_again():
    """An interned text of 400 KB, which each of many arguments names inside of a dict."""
    texts = text(12, text(29, number(1, 1) + text(2, b"t" * 400_000)))
    entry = text(4, text(10, b"a") + text(11, text(10, b"k") + number(17, 1)))
    return packet(number(10, 1), texts) + up_to(590_000, lambda at: packet(number(10, 1), text(11, number(9, 3) + entry + text(23, str(at).encode()))))


PERFETTO = {
    "tracks, 50,000 of them": lambda: up_to(990_000, lambda at: event(3, at + 1, text(23, b"n"))),
    "tracks inside each other, 30,000 of them": lambda: up_to(990_000, lambda at: packet(text(60, number(1, at + 1) + number(5, at + 2)), time=0) + event(3, at + 1)),
    "tracks inside each other in a circle": lambda: up_to(990_000, lambda at: packet(text(60, number(1, at + 1) + number(5, (at + 1) % 20_000 + 1)), time=0) + event(3, at + 1)),
    "slices without an end, 70,000 of them": lambda: up_to(990_000, lambda at: event(1)),
    "sequences of packets, 80,000 of them": lambda: up_to(990_000, lambda at: packet(number(10, at + 1), text(11, number(9, 3)))),
    "clocks that nothing relates": lambda: up_to(490_000, lambda at: packet(text(6, text(1, number(1, at % 60 + 7) + number(2, at))), time=0))
    + up_to(490_000, lambda at: packet(number(58, at % 60 + 7), text(11, number(9, 3)))),
    "an argument 100,000 deep": lambda: event(1, 1, text(4, deep_annotation(100_000))),
    "a text of 400 KB, named again and again": long_text_again_and_again,
    "a packet that is longer than the file": lambda: b"\x0a" + varint(1 << 27) + b"\x40\x01" * 400_000,
    "packets of 1 GB in all, compressed": lambda: b"".join(
        packet(text(50, zlib.compress(up_to(1_000_000, lambda at: event(3)), 9)), time=0) for _ in range(100)
    ),
    "compressed packets of nothing, 40,000 of them": lambda: up_to(990_000, lambda at: packet(text(50, zlib.compress(b"")), time=0)) + event(3),
    "flows, 50,000 of them": lambda: up_to(990_000, lambda at: event(3, 1, varint(47 << 3 | 1) + at.to_bytes(8, "little"))),
}

SPEEDSCOPE_HEAD = b'{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"a"}]},"profiles":['
EVENTED = b'{"type":"evented","name":"p","unit":"seconds","startValue":0,"endValue":1,"events":['

SPEEDSCOPE = {
    "30,000 frames without an end": lambda: SPEEDSCOPE_HEAD + EVENTED + b",".join([b'{"type":"O","frame":0,"at":0}'] * 30_000) + b"]}]}",
    "11,000 profiles of nothing": lambda: SPEEDSCOPE_HEAD + b",".join([EVENTED + b"]}"] * 11_000) + b"]}",
    "brackets behind a profile": lambda: SPEEDSCOPE_HEAD + EVENTED + b"[" * 900_000,
    "a name of 1 MB": lambda: SPEEDSCOPE_HEAD + EVENTED + b'{"type":"O","frame":1,"at":0}]}],"name":"' + b"n" * 900_000 + b'"}',
}

TOKIO_HEAD = b'{"v":1}\n'


def console(what, number, time=0, more=b""):
    return b'{"%s":{"id":%d,"at":{"secs_since_epoch":1,"nanos_since_epoch":%d}%s}}\n' % (what, number, time, more)


TOKIO_CONSOLE = {
    "11,000 tasks": lambda: TOKIO_HEAD + up_to(990_000, lambda at: console(b"Spawn", at)),
    "a task that is polled inside of itself": lambda: TOKIO_HEAD + console(b"Spawn", 1) + up_to(990_000, lambda at: console(b"Enter", 1, at)),
    "a line of 1 MB": lambda: TOKIO_HEAD + console(b"Spawn", 1) + b'{"Enter":"' + b"x" * 900_000,
}

PACKED = {
    "spaces, 90 MB of them": lambda: gzip.compress(b"[" + SLICE + b"," + b" " * 90 * MILLION, 6),
    "records of nothing, 60 MB of them": lambda: gzip.compress(b"[" + SLICE + b"," + b"{}," * 20 * MILLION, 6),
    "brackets, 60 MB of them": lambda: gzip.compress(b"[" * 60 * MILLION, 6),
    "slices that are all the same, 60 MB of them": lambda: gzip.compress(b"[" + (SLICE + b",") * (60 * MILLION // len(SLICE)), 6),
    "45,000 members of nothing": lambda: gzip.compress(b"") * 45_000 + gzip.compress(b"[" + SLICE + b"]"),
    "Perfetto's tracks, 60 MB of them": lambda: gzip.compress(up_to(20_000, lambda at: event(3, at + 1)) * 3_000, 6),
}
