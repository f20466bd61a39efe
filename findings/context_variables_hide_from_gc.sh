#!/bin/sh
# Expected: gc.get_objects() lists every contextvars.ContextVar of a process, for the type takes part in garbage collection.
# What happens: a ContextVar is listed only if it has a default that the collector tracks, such as a list. One without a default, or with None, a
# number or a string, is never tracked, so it is in no list, whatever values it holds. CPython 3.8.18, 3.9.18, 3.10.13, 3.11.2, 3.11.7, 3.12.1 and
# 3.13.0 alike.
# Matters to: a recorder or debugger that is loaded into a running program and looks for the context variables that were made before it: the usual
# request ID, which has no default or None, cannot be found that way, only by the contexts that hold it or by its modules.
#
# Runs every python3.8 to python3.14 that is in PATH; no package is needed. Ends with 77 if there is none.
set -eu

program='
import contextvars, gc, sys

variables = {
    "no default": contextvars.ContextVar("a"),
    "None": contextvars.ContextVar("b", default=None),
    "a string": contextvars.ContextVar("c", default="-"),
    "a list": contextvars.ContextVar("d", default=[]),
}
for variable in variables.values():
    variable.set([1])
listed = {id(object) for object in gc.get_objects()}
print(sys.version.split()[0], *(name for name, variable in variables.items() if id(variable) in listed), sep=": ")
'

asked=0
for minor in 8 9 10 11 12 13 14; do
    python=python3.$minor
    "$python" -c '' 2>/dev/null || continue
    said=$("$python" -c "$program")
    echo "$said"
    asked=1
    case $said in
    *": a list") ;;
    *)
        echo "CPython ${said%%:*} lists other context variables than that with a list as its default: the behaviour has changed." >&2
        exit 1
        ;;
    esac
done
if [ "$asked" = 0 ]; then
    echo "There is no CPython 3.8 or later here to ask (python3.8 to python3.14 in PATH)." >&2
    exit 77
fi
echo "As described: of four context variables that hold a value gc.get_objects() lists that whose default is a list."
