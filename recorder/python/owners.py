# SPDX-License-Identifier: MIT
"""Whose a file or a variable is: the program's, a library's, or the standard library's."""

import os
import sys
import types

LIBRARY, USERS, STANDARD = 0, 1, 2
HERE = os.path.dirname(os.path.abspath(__file__))
STANDARD_FOLDER = os.path.dirname(os.__file__)
INSTALLED = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
LIBRARIES = list(dict.fromkeys([HERE, STANDARD_FOLDER, *INSTALLED]))  # folders whose files are not the program's
MOST_SEARCHES = 300  # how often all modules are searched for a variable: a program that makes thousands would wait for that
READ_BY_C = {"decimal_context": "_decimal"}  # variables of the standard library's C code, and the module that has them

searches = 0
remembered = {}  # where a program is run again and again: whose the variables of libraries are, by their identity
searched = set()  # and the names of the modules that have no others


def owner_of_file(path):
    """Returns whose a file is, by its path; code without a file is the standard library's, which makes most of that."""
    if not isinstance(path, str) or path.startswith("<"):
        return STANDARD
    folders = path.split(os.sep)
    if "site-packages" in folders or "dist-packages" in folders or path.startswith((HERE + os.sep, *(folder + os.sep for folder in INSTALLED))):
        return LIBRARY
    return STANDARD if path.startswith(STANDARD_FOLDER + os.sep) else USERS


def is_users(path):
    """Returns whether a file is the program's."""
    return owner_of_file(path) == USERS


def owner_of_module(module):
    names = vars(module)
    if names.get("__name__") == "__main__":
        return owner_of_file(names.get("__file__", ""))
    return owner_of_file(names.get("__file__"))


def is_programs(name):
    """Returns whether a module is the program's: its own file's, or none at all."""
    module = sys.modules[name]
    path = getattr(module, "__file__", None)
    if path is not None:
        return is_users(path)
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    return origin not in ("built-in", "frozen")


def whose(holder):
    """Returns whose a ContextVar or threading.local is: of the module that has it as a global, and where none has, of the code that uses it. A
    variable that the program has imported from a library is the library's."""
    global searches
    searches += 1
    found = set(remembered.get(id(holder), ()))
    if searches <= MOST_SEARCHES and not found:
        for name in reversed(list(sys.modules)):
            if name in searched:
                break  # what came later is the program's
            module = sys.modules.get(name)
            if isinstance(module, types.ModuleType) and any(value is holder for value in list(vars(module).values())):
                found.add(owner_of_module(module))
    if not found:
        return owner_of_file(sys._getframe(1).f_code.co_filename)
    return next(owner for owner in (STANDARD, LIBRARY, USERS) if owner in found)


def remember():
    """Looks at the modules that there are once and for all, and not again for each variable: what a program makes is in none of them."""
    import contextvars
    import threading

    for name, module in list(sys.modules.items()):
        if not isinstance(module, types.ModuleType) or name == "__main__":
            continue
        searched.add(name)
        for value in list(vars(module).values()):
            if type(value) is contextvars.ContextVar or issubclass(type(value), threading.local):
                remembered.setdefault(id(value), set()).add(owner_of_module(module))


def exact_copy(value):
    """Returns a copy of a value, and of the lists, dicts, sets and tuples in it, as copy.deepcopy makes it; whatever is no exact container stays
    the same object, so that no code of the program's runs."""
    made = {}  # by the original's identity, for containers that contain themselves

    def copy(value):
        kind = type(value)
        if id(value) in made:
            return made[id(value)]
        if kind is list:
            made[id(value)] = copied = []
            copied.extend(copy(item) for item in value)
        elif kind is dict:
            made[id(value)] = copied = {}
            copied.update((key, copy(item)) for key, item in value.items())
        elif kind in (set, bytearray):
            copied = kind(value)
        elif kind is tuple:
            copied = tuple(copy(item) for item in value)
        else:
            return value
        return copied

    try:
        return copy(value)
    except RecursionError:
        return value


def why_unused(name):
    """Returns a sentence for a name in --switch that no variable had."""
    import contextvars
    import gc

    contexts = [contextvars.copy_context(), *(each for each in gc.get_objects() if type(each) is contextvars.Context)]
    if READ_BY_C.get(name) in sys.modules or any(variable.name == name for context in contexts for variable in context):
        return f"'{name}' cannot be switched: it is read by C code, which does not ask us."
    return f"'{name}' was not switched: the program has used no variable of that name."
