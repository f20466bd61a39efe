"""The recording of this process: begins it, hooks it into what the program imports, and ends it."""

import atexit
import builtins
import operator
import os
import sys

from loopscope_recorder import imports, options, virtual_clock, watched, words

VIRTUAL, LINES = 4, 8  # SPOOL_… of recorder/spool.h
OK, EXCEPTION, EXITED = 0, 1, 5  # how a run ends: core/trace/kinds.def
FOLDER = os.path.dirname(os.path.abspath(__file__))
OPERATIONS = {  # what `x += v` calls, by the class of ast
    "Add": "iadd", "Sub": "isub", "Mult": "imul", "MatMult": "imatmul", "Div": "itruediv", "FloorDiv": "ifloordiv", "Mod": "imod",
    "Pow": "ipow", "LShift": "ilshift", "RShift": "irshift", "BitOr": "ior", "BitXor": "ixor", "BitAnd": "iand",
}  # fmt: skip
FUNCTIONS = ("read", "wrote", "gone", "attribute_read", "attribute_set", "attribute_wrote", "attribute_take", "attribute_put")


class Recording:
    """What is known of the recording of this process."""

    backend = None  # the C extension, or what stands for it
    watched = None  # watched.Watched, or None
    library = ()
    outcome = (0, "", OK, "")  # exit code, exception's type, ending, message


def begin(said):
    """Begins to record, as the command line says. Where the spool cannot be written, that is said, and the program runs unrecorded."""
    backend = Recording.backend = choose_backend(said.fallback)
    Recording.library = library_prefixes()
    try:
        flags = (VIRTUAL if said.virtual else 0) | (LINES if said.lines else 0)
        backend.open(spool_path(said.folder), about(said.argv), flags, said.limit)
    except OSError as error:
        words.say(f"nothing is recorded: {spool_path(said.folder)}: {error.strerror}.")
        return
    backend.begin_variables(said.live or bool(said.switches), said.switches, bool(said.watch))
    for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
        if stream is not None:
            backend.output(stream, descriptor)
    atexit.register(finish)
    if said.watch:
        Recording.watched = watched.Watched(said.watch, backend)
        put_functions(backend)
    hook_imports(said)


def choose_backend(fallback):
    """Returns the C extension, or the recorder in Python where it does not load, which is said."""
    if not fallback:
        try:
            from loopscope_recorder import _loopscope

            return _loopscope
        except ImportError as error:
            why = "free-threaded" if hasattr(sys, "_is_gil_enabled") and "t" in getattr(sys, "abiflags", "") else str(error)
            words.say(f"this Python does not load the recorder ({why}); it is recorded without it, about 1.4 times slower.")
    from loopscope_recorder import fallback as in_python

    return in_python


def spool_path(folder):
    return os.path.join(folder, f"{os.getpid()}.spool")


def about(argv):
    """Returns the lines of a spool's head: implementation and version, executable, folder, arguments."""
    version = "CPython {}.{}.{}".format(*sys.version_info[:3])
    return "\n".join([version, sys.executable or "", os.getcwd(), " ".join(argv)])


def library_prefixes():
    """Returns what paths of files begin with that are not the program's: the standard library, installed packages, the recorder, and code
    that has no file."""
    standard = os.path.dirname(os.__file__)
    installed = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    return (*(path + os.sep for path in dict.fromkeys([FOLDER, standard, *installed])), "<")


def is_users(path):
    """Returns whether a file is the program's."""
    return isinstance(path, str) and not path.startswith(Recording.library)


def put_functions(backend):
    """Puts what rewritten code calls among the builtins."""
    names = vars(builtins)
    names.update({f"loopscope.{name}": getattr(backend, name) for name in FUNCTIONS})
    names.update({f"loopscope.{kind}": getattr(operator, function) for kind, function in OPERATIONS.items()})


def hook_imports(said):
    """Sets the hooks into asyncio and aiotask_context as soon as they are imported: a program that does neither pays for neither."""

    def hook_asyncio(module):
        sentence = Recording.backend.install(said.lines, Recording.library)
        if sentence:
            words.say(sentence)
        if said.virtual:
            virtual_clock.install(Recording.backend)

    def hook_aiotask(module):
        from loopscope_recorder import aiotask

        aiotask.install(module, Recording.backend)

    after = {"asyncio": hook_asyncio, "aiotask_context": hook_aiotask}
    for name in [name for name in after if name in sys.modules]:
        after.pop(name)(sys.modules[name])
    sys.meta_path.insert(0, imports.Finder(after, Recording.watched, is_users))


def source_of(spec):
    """Returns the source of a module that is to be rewritten; None if it is not."""
    return None if Recording.watched is None else imports.source_of(spec, is_users)


def compile_main(source, path):
    """Returns the code of `__main__`. Raises SyntaxError and ValueError as compile does."""
    if Recording.watched is None:
        return compile(source, path, "exec", dont_inherit=True)
    return Recording.watched.rewrite(source, path, watched.MAIN)


def note_exit(stop):
    """Notes that the program leaves by SystemExit. Its code: Python/pythonrun.c, _Py_HandleSystemExit."""
    code = stop.code
    number = 0 if code is None else code if isinstance(code, int) else 1
    Recording.outcome = (number & 0xFF, "SystemExit", EXITED, "")


def note_error(error):
    """Notes that an exception leaves the program. What it says is asked only where nothing of the program's runs for it."""
    said = error.args[0] if len(error.args) == 1 and type(error.args[0]) is str else ""
    code = 130 if isinstance(error, KeyboardInterrupt) else 1
    Recording.outcome = (code, type(error).__name__, EXCEPTION, said)


def finish():
    """Ends the recording; the last thing that happens, for it was the first that was registered."""
    if Recording.watched is not None:
        Recording.watched.say_unused()
    for sentence in Recording.backend.problems():
        words.say(sentence)
    Recording.backend.finish(*Recording.outcome)
