"""Binds and reads a global, `x`, in every way that Python's grammar has, and prints what it sees. Recorded or not, it prints the same."""

import asyncio
import contextlib
import sys
import traceback

x = "module"
y: int = 1
trace = []


def show(where):
    print(where, repr(x))


def plain():
    global x
    x = 1
    show("assignment")
    x = other = 2
    print(other)
    show("two targets")
    x, second = 3, 4
    show("tuple")
    [second, *x] = 5, 6, 7
    show("starred")
    (second, (x, third)) = 1, (2, 3)
    show("nested")


def augmented():
    global x
    x = 10
    for text in ("x += 1", "x -= 2", "x *= 3", "x //= 2", "x %= 7", "x **= 2", "x <<= 3", "x >>= 1", "x |= 1", "x ^= 3", "x &= 14"):
        print(text, end=" ")
    x += 1; x -= 2; x *= 3; x //= 2; x %= 7; x **= 2; x <<= 3; x >>= 1; x |= 1; x ^= 3; x &= 14
    show("augmented")
    x /= 4
    show("divided")
    x = [1]
    same = x
    x += [2]
    print(same is x, same)
    try:
        x += 5
    except TypeError as error:
        print(error)
    show("after a failure")


def walrus():
    global x
    print((x := 7) + 1, x)
    print([(x := each) for each in "ab"], x)
    while (x := (x or "c")[:-1]):
        pass
    show("walrus")


def loops():
    global x
    for x in (1, 2):
        show("for")
    else:
        show("else of for")
    for trace[:], x in [([1], "a"), ([2], "b")]:
        show("for of a tuple")
    with contextlib.nullcontext("entered") as x:
        show("with")
    with contextlib.nullcontext((1, 2)) as (x, second), contextlib.nullcontext(3) as third:
        show("with of a tuple")
    while True:
        x = "while"
        break
    show("while")


def failures():
    global x
    x = "before"
    try:
        raise ValueError("said")
    except ValueError as x:
        show("except")
    try:
        show("after except")
    except NameError as error:
        print(type(error).__name__, error)
    x = "again"
    try:
        x = 1 / 0
    except ZeroDivisionError:
        show("not assigned")
    finally:
        x = "finally"
    show("finally")
    del x
    try:
        print(x)
    except NameError as error:
        print(error)
    try:
        del x
    except NameError as error:
        print(error)
    x = None


def definitions():
    global x

    def x(argument="default"):
        return argument

    print(x(), x.__name__, x.__qualname__)

    class x:
        """A class."""

    print(x.__name__, x.__doc__)

    @staticmethod
    def x():
        return "decorated"

    print(type(x).__name__)

    async def x():
        return "async"

    print(asyncio.iscoroutinefunction(x))
    import math as x
    print(x.__name__)
    from math import pi as x
    print(x > 3)
    import os.path
    x = "defined"


def parameters(x):
    print("parameter", x)
    x = 3
    return x


def shadowed():
    x = "local"
    print("local", x)

    def inner():
        nonlocal x
        x = "nonlocal"
        return x

    print(inner(), x)

    def explicit():
        global x
        x = "explicit"

        def reader():
            return x

        return reader()

    print(explicit(), x)


def comprehensions():
    print([x for x in range(3)], {x: 1 for x in "ab"}, {x for x in "a"}, list(x for x in "c"), x)
    print([each + str(x) for each in "ab"], [x for _ in x for x in "d"], (lambda x: x)(4), (lambda: x)())
    print((lambda a=x: a)(), (lambda *x: x)(1), (lambda **x: x)(k=1))


class Body:
    y = x
    x = "class"
    z = [x for _ in range(1)]  # not the class's: a comprehension does not see it
    __x = "private"

    def method(self, default=x):
        return default, x, self.x, Body.x, self.__x


class Explicit:
    global x

    x = "set in a class body"
    seen = x


async def awaited():
    global x
    x = await asyncio.sleep(0, "awaited")
    show("await")
    x = 1

    async def change():
        global x
        await asyncio.sleep(0)
        x = 100
        return 10

    x += await change()
    show("read before it awaited")
    async for x in generate():
        show("async for")
    print([x async for x in generate()], x)
    async with manager() as x:
        show("async with")
    print(f"{x!r:>12} {x} {x=}", sorted(locals()))


async def generate():
    yield x
    yield "second"


@contextlib.asynccontextmanager
async def manager():
    yield "managed"


def delegating():
    global x
    x = yield x
    yield from (x, x)


def behind():
    global x
    exec("x = 'exec'", globals())
    show("exec")
    globals()["x"] = "globals()"
    show("globals()")
    sys.modules["__main__"].x = "module attribute"
    show("attribute of the module")
    print(eval("x"))


def raising():
    global x
    x = 1
    try:
        return (x +
                undefined + x)
    except NameError:
        return [line.strip() for line in traceback.format_exc().splitlines()[1:]]


def many(a, /, b, *c, d=x, e: x = 2, **f) -> x:
    """Has a documentation."""
    return a, b, c, d, e, f


def returning():
    global x
    x = {"key": [1, 2]}
    x["key"][0] = 5
    x["other"] = x["key"][1]
    del x["key"]
    return not x, x and 1, x if x else 0, x["other"] < 3 <= 3, *[x], {**x}


plain()
x: int = x
show("annotated")
augmented()
walrus()
loops()
failures()
definitions()
print(parameters(2))
shadowed()
comprehensions()
print(Body().method(), Body.y, Body.z, Explicit.seen, x)
asyncio.run(awaited())
sent = delegating()
print(next(sent), sent.send("sent"), list(sent))
behind()
print(*raising(), sep="\n")
print(many(1, 2, 3, g=4), many.__doc__, sorted(many.__annotations__))
print(returning())
if x:
    x = "if"
elif x:
    x = "elif"
print(x, __name__, __doc__.split()[0], sorted(name for name in globals() if not name.startswith("__")))
