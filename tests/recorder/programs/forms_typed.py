"""Binds a global in the ways that came with Python 3.11 and 3.12."""

import asyncio

x = "module"


def generic[x](argument: x) -> x:
    return x.__name__


class Generic[x]:
    seen = [x.__name__]


def groups():
    global x
    try:
        raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
    except* ValueError as x:
        print("except*", x.exceptions)
    except* TypeError as x:
        print("and", x.exceptions)


type x = list[int]
print(x.__name__, x.__value__)
print(generic(1), Generic.seen)
groups()
try:
    print(x)
except NameError as error:
    print(error)
x = 1


async def inside():
    return [x async for x in stream()], {f"{x}{f'{x}'}" for _ in "a"}


async def stream():
    yield x


print(asyncio.run(inside()))
