"""Prints what ContextVars and contexts do, but for how long they take."""

import asyncio
import contextvars
import copy
import inspect
import pickle
import re
import typing

early = contextvars.ContextVar("early", default="nothing")
namesake = contextvars.ContextVar("loopscope")
variable = contextvars.ContextVar("variable")
names = {"early", "variable"}


def show(what, function):
    try:
        result = function()
    except BaseException as error:
        result = f"{type(error).__name__}: {re.sub('0x[0-9a-f]+', 'ADDRESS', str(error))}"
    print(f"{what:45} {result}")


def contains(token):
    context = contextvars.copy_context()
    return context[variable], variable in context, context.get(variable), any(each is variable for each in context), token.var is variable


def restore():
    context = contextvars.copy_context()
    for each in context:
        each.set(context[each])
    return sorted(each.name for each in context if each.name in names)


def in_another():
    def change():
        variable.set("inside")
        return variable.get()

    context = contextvars.copy_context()
    return context.run(change), context[variable], variable.get()


def reset_elsewhere():
    token = variable.set("here")
    contextvars.copy_context().run(variable.reset, token)


def nested():
    first = variable.set(1)
    second = variable.set(2)
    variable.reset(second)
    seen = variable.get()
    variable.reset(first)
    return seen, variable.get(), first.old_value, second.old_value


def out_of_order():
    first = variable.set(1)
    second = variable.set(2)
    variable.reset(first)
    seen = variable.get()
    variable.reset(second)
    return seen, variable.get()


def unset():
    def change():
        token = early.set("value")
        before = early.get()
        early.reset(token)
        return before, early.get(), token.old_value is contextvars.Token.MISSING

    return contextvars.Context().run(change)


token = variable.set("value")
show("a context", lambda: contains(token))
show("isinstance", lambda: (isinstance(variable, contextvars.ContextVar), isinstance(early, contextvars.ContextVar), type(variable) is type(early)))
show("generic", lambda: (contextvars.ContextVar[int], contextvars.Token[str]))
show("type hints", lambda: typing.get_type_hints(type("A", (), {"__annotations__": {"x": contextvars.ContextVar[int]}})))
show("pickle", lambda: pickle.dumps(variable))
show("deepcopy", lambda: copy.deepcopy(variable) is variable)
show("subclass", lambda: type("S", (contextvars.ContextVar,), {}))
show("attribute", lambda: setattr(variable, "other", 1))
show("repr", lambda: repr(early).split(" at ")[0])
show("restored by a framework", restore)
show("default of the variable", lambda: early.get())
show("default of the call", lambda: (contextvars.Context().run(variable.get, "given"), contextvars.Context().run(early.get, "given")))
show("no value", lambda: contextvars.Context().run(variable.get))
show("bound method", lambda: (lambda method: (variable.set("later"), method()))(variable.get)[1])
show("function of the class", lambda: (contextvars.ContextVar.get(variable), contextvars.ContextVar.get.__name__))
show("of something else", lambda: contextvars.ContextVar.get("a str"))
show("signatures", lambda: (inspect.signature(variable.set), inspect.signature(contextvars.ContextVar.reset)))
show("documentation", lambda: (variable.get.__doc__, variable.set.__doc__, variable.reset.__doc__))
show("too many arguments", lambda: variable.get(1, 2))
show("too few arguments", lambda: variable.set())
show("keywords", lambda: variable.get(default=1))
show("another's token", lambda: early.reset(token))
show("no token", lambda: variable.reset(None))
show("another context", reset_elsewhere)
show("twice", lambda: (lambda token: (variable.reset(token), variable.reset(token)))(variable.set(1)))
show("in a copy", in_another)
show("nested", nested)
show("out of order", out_of_order)
show("unset again", unset)
show("hash and equality", lambda: (hash(variable) == hash(variable), variable == early, len({variable, early, variable})))


async def main():
    async def child():
        variable.set("child")
        return variable.get()

    variable.set("parent")
    return await asyncio.gather(child(), child()), variable.get()


show("tasks", lambda: asyncio.run(main()))
show("a name that a recorder might have", lambda: (namesake.set("its value"), namesake.get())[1])
