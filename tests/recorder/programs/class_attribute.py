"""Each of four tasks sets an attribute of a class and starts a task that prints it."""

import asyncio


class Context:
    symbol = "."
    count: int = 0

    @classmethod
    def by_class(cls):
        return cls.symbol

    def by_instance(self):
        return self.symbol


class Sub(Context):
    pass


class Other:
    symbol = "another's"


async def indication(count):
    for _ in range(count):
        print(Context.symbol, end="")
        await asyncio.sleep(0.1)


async def start(symbol):
    Context.symbol = symbol
    await asyncio.create_task(indication(3))


async def main():
    await asyncio.gather(*(start(symbol) for symbol in "0abc"))


print(Context.symbol)
asyncio.run(main())
print()
print(Context().by_instance(), Context.by_class(), Sub.symbol, Sub().by_instance(), Other.symbol, getattr(Context, "symbol"))
own = Context()
own.symbol = "instance's"
print(own.symbol, own.by_instance(), Context.symbol)
Sub.symbol = "subclass's"
print(Sub.symbol, Sub().by_instance(), Context.symbol)
Context.count += 1
Context.count, other = 2, Context.count
print(Context.count, other)
try:
    Context.symbol.missing
except AttributeError as error:
    print(error)
