"""Sets a ContextVar as an extension in C does."""

import asyncio
import contextvars
import ctypes

variable = contextvars.ContextVar("variable")


async def main():
    variable.set("by Python")
    print(variable.get())
    set_in_c = ctypes.pythonapi.PyContextVar_Set
    set_in_c.restype = ctypes.py_object
    token = set_in_c(ctypes.py_object(variable), ctypes.py_object("by C"))
    print(variable.get())
    variable.reset(token)
    print(variable.get())


asyncio.run(main())
