# SPDX-License-Identifier: MIT
"""The program that is recorded: finds it, makes its `__main__` as Python does, runs it, and leaves its exit to Python.

Sources of the rules: Modules/main.c (pymain_run_file, pymain_run_module), Python/pythonrun.c, Lib/runpy.py of CPython 3.8 to 3.13."""

import builtins
import importlib.machinery
import importlib.util
import io
import os
import pkgutil
import sys

from loopscope_recorder import imports, options, recorder, words

FOLDER = os.path.dirname(os.path.abspath(__file__))
# What Python itself puts into `__main__`, in this order; `__file__` and `__cached__` come with a script.
OWN_NAMES = ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__annotations__", "__builtins__")


class NoProgram(Exception):
    """Says, in a sentence, why there is nothing to run."""


def run(arguments, had_path):
    """Runs what the command line names, recorded; `had_path` says whether Python had put the script's folder first on sys.path, as it does
    unless told to be safe. Raises what the program raises, for Python to deal with it."""
    try:
        said = options.parse(arguments)
        main = prepare_main()
        recorder.begin(said)
        code = load_module(said, main, had_path) if said.module else load_script(said, main, had_path)
    except (options.WrongOption, NoProgram, recorder.NotRecorded) as wrong:
        if "--explore" in arguments:
            return schedule_server().refuse(arguments[0], str(wrong))
        words.say(str(wrong))
        sys.exit(2)
    if said.explore:
        return schedule_server().serve(said, code, main)
    execute(code, main)


def schedule_server():
    """Returns the module of that name, of which a program that runs once has no use."""
    from loopscope_recorder import schedule_server

    return schedule_server


def prepare_main():
    """Returns the module `__main__` with nothing in it but what Python puts there: it was the launcher's."""
    main = sys.modules["__main__"]
    names = vars(main)
    kept = {name: names[name] for name in OWN_NAMES if name in names}
    names.clear()
    names.update(kept, __name__="__main__", __doc__=None, __package__=None, __spec__=None, __builtins__=builtins)
    return main


def absolute(path):
    """Returns the path of a script as `__file__` and tracebacks name it: absolute from 3.9 on (Python/fileutils.c, _Py_abspath)."""
    if sys.version_info < (3, 9) or os.path.isabs(path):
        return path
    return os.path.join(os.getcwd(), path)


def load_script(said, main, had_path):
    """Returns the code of a script, and sets up sys.argv, sys.path, and `__main__` for it. Raises NoProgram."""
    script = said.argv[0]
    if os.path.isdir(script) or is_archive(script):
        return load_container(said, main, had_path)
    path = absolute(script)
    try:
        with io.open_code(os.path.abspath(path)) as file:
            compiled = pkgutil.read_code(file)
        with io.open_code(os.path.abspath(path)) as file:
            source = None if compiled else file.read()
    except OSError as error:
        raise NoProgram(f"'{script}' cannot be read: {error.strerror}.") from None
    set_argv(said.argv, said.argv)
    if had_path:
        sys.path.insert(0, os.path.dirname(os.path.realpath(script)))
    loader = importlib.machinery.SourcelessFileLoader if compiled else importlib.machinery.SourceFileLoader
    vars(main).update(__file__=path, __cached__=None, __loader__=loader("__main__", path))
    if compiled:
        return compiled
    return lambda: recorder.compile_main(source, path)


def is_archive(path):
    """Returns whether a file is a zip archive, which Python runs by its `__main__.py`."""
    try:
        return type(pkgutil.get_importer(path)).__name__ == "zipimporter"
    except ImportError:
        return False


def load_container(said, main, had_path):
    """Returns the code of a folder's or an archive's `__main__`. Raises NoProgram."""
    container = said.argv[0]
    sys.path.insert(0, absolute(container))
    spec = importlib.machinery.PathFinder.find_spec("__main__", [absolute(container)])
    if spec is None or spec.loader is None:
        raise NoProgram(f"can't find '__main__' module in '{container}'.")
    set_argv(said.argv, said.argv)
    return code_of(spec, main, "")


def load_module(said, main, had_path):
    """Returns the code of `-m MODULE`, and sets up what belongs to it. Raises NoProgram."""
    name = said.argv[0]
    if had_path:
        sys.path.insert(0, os.getcwd())
    sys.argv[:] = ["-m", *said.argv[1:]]
    try:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            name = name if name.endswith("__main__") else name + ".__main__"
            spec = importlib.util.find_spec(name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise NoProgram(f"there is no module '{name}': {type(error).__name__}: {error}.") from None
    if spec is None or spec.loader is None:
        raise NoProgram(f"there is no module '{name}'.")
    set_argv([spec.origin, *said.argv[1:]], ["-m", *said.argv])
    return code_of(spec, main, spec.parent)


def code_of(spec, main, package):
    """Returns the code of a module that is to be `__main__`, whose names are set as runpy sets them. Raises NoProgram."""
    imports.as_found(spec)
    vars(main).update(__file__=spec.origin, __cached__=spec.cached, __package__=package, __loader__=spec.loader, __spec__=spec)
    source = recorder.source_of(spec)
    if source is not None:
        return lambda: recorder.compile_main(source, spec.origin)
    code = spec.loader.get_code(spec.name)
    if code is None:
        raise NoProgram(f"the module '{spec.name}' has no code.")
    return code


def set_argv(seen, given):
    """Sets what the program sees of its command line: sys.argv, and from 3.10 on sys.orig_argv, which begins with the interpreter."""
    sys.argv[:] = seen
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[:] = [sys.orig_argv[0], *given]


def execute(code, main):
    """Runs the program's code in `__main__`. `code` may be a function that compiles it: a syntax error is the program's as well."""
    try:
        exec(code() if callable(code) else code, vars(main))
    except SystemExit as stop:
        recorder.note_exit(stop)
        raise
    except recorder.ended():
        sys.exit(1)  # its recording has an end already
    except BaseException as error:
        recorder.note_error(error)
        trim_report()
        raise


def own_frames(traceback):
    """Returns the part of a traceback that begins with the program's own frames."""
    while traceback is not None and os.path.dirname(traceback.tb_frame.f_code.co_filename) == FOLDER:
        traceback = traceback.tb_next
    return traceback


def trim_report():
    """Makes the report of the exception that is about to leave the program begin with the program's own frames. What the interpreter does
    then, and with which code it exits, stays its own affair."""
    theirs = sys.excepthook

    def report(kind, value, traceback):
        sys.excepthook = theirs
        traceback = own_frames(traceback)
        value.__traceback__ = sys.last_traceback = traceback
        theirs(kind, value, traceback)

    sys.excepthook = report
