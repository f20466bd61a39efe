#!/bin/sh
# Expected: a trace function that sets frame.f_trace_opcodes = True when the frame is called gets an 'opcode' event for each instruction of that
# frame, as sys.settrace's documentation has it.
# What happens: CPython 3.12.1 and 3.13.0 send none to the first function that is traced so, and raise nothing: 'line' and 'return' events come as
# ever. 3.8.18, 3.10.13, 3.11.2 and 3.11.7 send six for the function below. Set again at each later event of the frame, it works on all of them
# (six, and five on 3.13.0).
# Matters to: whoever watches reads and writes of variables instruction by instruction, as a recorder of shared state between tasks might: it records
# an empty trace and looks as if nothing was read.
#
# Runs every python3.8 to python3.14 that is in PATH; no package is needed. Ends with 77 if neither 3.12.1 nor 3.13.0 is among them.
set -eu

program='
import sys

def add(left, right):
    total = left + right
    return total

def opcodes(at_each_event):
    seen = []
    def trace(frame, event, argument):
        if event == "call" or at_each_event:
            frame.f_trace_opcodes = True
        seen.append(event)
        return trace
    sys.settrace(trace)
    add(1, 2)
    sys.settrace(None)
    return seen.count("opcode")

print(sys.version.split()[0], opcodes(False), opcodes(True))
'

asked=0
for minor in 8 9 10 11 12 13 14; do
    python=python3.$minor
    "$python" -c '' 2>/dev/null || continue
    said=$("$python" -c "$program")
    echo "$said"
    case $said in
    3.12.1\ * | 3.13.0\ *)
        asked=1
        case $said in *\ 0\ 6 | *\ 0\ 5) ;; *)
            echo "CPython ${said%% *} sends other opcode events than described: the behaviour has changed." >&2
            exit 1
            ;;
        esac
        ;;
    3.8.18\ * | 3.10.13\ * | 3.11.2\ * | 3.11.7\ *)
        case $said in *\ 6\ 6) ;; *)
            echo "CPython ${said%% *} sends other opcode events than described: the behaviour has changed." >&2
            exit 1
            ;;
        esac
        ;;
    esac
done
if [ "$asked" = 0 ]; then
    echo "There is neither CPython 3.12.1 nor 3.13.0 here to ask (python3.12 and python3.13 in PATH)." >&2
    exit 77
fi
echo "As described: asked for in the call event only, opcode events do not come on CPython 3.12.1 and 3.13.0."
