# SPDX-License-Identifier: MIT
"""The recorder in Python, with the functions that the extension has: for a Python that does not load that.

It records the same spool, with less in it (fallback_loop.py says what), and costs more time. Types that C code has made are hooked by ctypes;
without that, ContextVars and cancel() are not recorded."""

import gc
import operator

from loopscope_recorder.fallback_spool import Spool
from loopscope_recorder.fallback_variables import GLOBAL, KEY, MISSING, WATCHED, Variables, hook_context_variables

OUTPUT, EXIT, MESSAGE = 28, 32, 31
IS_VALUE = 0x100
spool = Spool()
variables = Variables(spool)
sites = []  # (variable or attribute's name, path, line)
watched = []
resolver = [lambda owner, name: -1]


def open(path, about, flags, limit):  # noqa: A001, as the extension calls it
    """Creates the spool. Raises OSError."""
    spool.open(path, about, flags, limit)


def lines(mode, library):
    """Says whose lines are recorded: 0 nobody's, 1 the program's, 2 all."""
    del library  # owners.py knows it
    spool.lines = mode
    if mode == 1:
        from loopscope_recorder import owners

        spool.is_users = owners.is_users


def virtual_time(seconds):
    """Gives the records this time of a virtual clock from now on."""
    spool.virtual = round(seconds * 1e9)


def install(mode, library, samples):
    """Hooks asyncio; returns a sentence to be said."""
    from loopscope_recorder import fallback_loop, fallback_tasks

    del mode, library, samples
    known = variables.tasks = fallback_tasks.Tasks(spool, variables)
    fallback_loop.install(spool, known, variables, replace_in_type)
    return ""


class NoTasks:
    """Stands for the tasks before asyncio is there."""

    def running(self):
        return 0


variables.tasks = NoTasks()


def replace_in_type(kind, name, function):
    """Sets a method of a type, also of one that C code has made; returns what was there, None if that cannot be done."""
    own = getattr(kind, name)
    try:
        setattr(kind, name, function)
    except TypeError:
        try:
            import ctypes

            modified = ctypes.pythonapi.PyType_Modified
        except (ImportError, AttributeError):
            return None
        names = next(found for found in gc.get_referents(kind.__dict__) if type(found) is dict)
        names[name] = function
        modified(ctypes.py_object(kind))
    return own


def output(stream, descriptor):
    """Records what is written to a stream, by a `write` on the instance."""
    own = stream.write

    def write(text):
        if spool.recording and isinstance(text, str) and text:
            at = variables.find_read(text)
            line = spool.line_of_caller() << 32
            if at is None:
                spool.record(OUTPUT, descriptor, spool.text(text) | line)
            else:
                for piece, flag in ((text[: at.start()], 0), (at[0], IS_VALUE), (text[at.end() :], 0)):
                    if piece:
                        spool.record(OUTPUT, descriptor | flag, spool.text(piece) | line)
        return own(text)

    stream.write = write


def finish(code, exception, ending, message):
    """Writes that the program is over."""
    spool.record(EXIT, code, (spool.text(exception) if exception else 0) | ending << 32)
    if message:
        spool.record(MESSAGE, 0, spool.text(message))
    spool.flush()


def begin_variables(live, switches, watch, whose, copier):
    """Hooks ContextVars."""
    variables.begin(live, switches, watch, whose, copier)
    hook_context_variables(variables, replace_in_type)


def forget_variables():
    variables.forget()


def unused_switches():
    return variables.unused_switches()


def new_key(name, storage):
    return variables.new(name, KEY, storage)


def key_wrote(key, value):
    variables.set(key, value, spool.line_of_caller())


def key_gone(key):
    variables.put(key, None)


def key_read(key, value, is_there):
    return variables.answer(key, value, variables.cell_in(key, key.own) if is_there else None, not is_there, spool.line_of_caller())


def watch(name, storage):
    watched.append(variables.new(name, WATCHED, storage))
    return len(watched) - 1


def site(variable, path, line):
    sites.append((watched[variable], path, line))
    return len(sites) - 1


def attribute_site(name, path, line):
    sites.append((name, path, line))
    return len(sites) - 1


def set_resolver(function):
    resolver[0] = function


def read(value, at):
    variable, path, line = sites[at]
    return variables.answer(variable, value, variable.globally, False, spool.line_in(path, line))


def wrote(value, at):
    variable, path, line = sites[at]
    variables.set(variable, value, spool.line_in(path, line))
    return value


def gone(at):
    variables.put(sites[at][0], None)


def variable_of(owner, name):
    """Returns the variable that an attribute of a class or module is; None if it is not watched."""
    number = resolver[0](owner, name)
    return watched[number if number >= 0 else -2 - number] if number != -1 else None


def attribute_read(owner, at):
    name, path, line = sites[at]
    value = getattr(owner, name)
    is_owner = isinstance(owner, (type, type(gc)))
    variable = variable_of(owner if is_owner else type(owner), name)
    if variable is None or not is_owner and getattr(type(owner), name, MISSING) is not value:
        return value
    return variables.answer(variable, value, variables.cell_in(variable, GLOBAL), False, spool.line_in(path, line))


def attribute_set(value, owner, at):
    setattr(owner, sites[at][0], value)
    attribute_wrote(owner, at)


def attribute_wrote(owner, at):
    name, path, line = sites[at]
    variable = variable_of(owner, name) if isinstance(owner, (type, type(gc))) else None
    if variable is not None:
        variables.set(variable, operator.attrgetter(name)(owner), spool.line_in(path, line))


def attribute_take(owner, at):
    return owner, attribute_read(owner, at), at


def attribute_put(taken, value, operation):
    owner, before, at = taken
    attribute_set(operation(before, value), owner, at)
