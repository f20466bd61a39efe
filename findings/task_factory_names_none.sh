#!/bin/sh
# Expected: a task that is created without a name is called Task-N, whoever creates it.
# What happens: under any task factory, asyncio.eager_task_factory included, CPython 3.13.0 calls every such task 'None': base_events.create_task
# passes name=None on to Task.set_name(), which makes a text of it. 3.8.18, 3.10.13, 3.11.7 and 3.12.1 leave Task-N. (python/cpython issue 130033 is
# about it.)
# Matters to: whoever shows or logs tasks by name. A recorder of asyncio cannot tell such a task from one that was called 'None', and every lane,
# filter and search by name falls together.
#
# Runs every python3.8 to python3.14 that is in PATH; no package is needed. Ends with 77 if python3.13 is none of them.
set -eu

program='
import asyncio, sys

async def work():
    pass

async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **options: asyncio.Task(coro, loop=loop, **options))
    task = loop.create_task(work())
    await task
    print(sys.version.split()[0], task.get_name())

asyncio.run(main())
'

seen=
for minor in 8 9 10 11 12 13 14; do
    python=python3.$minor
    "$python" -c '' 2>/dev/null || continue
    said=$("$python" -c "$program")
    echo "$said"
    case $said in
    3.13.0\ *) seen=${said#* } ;;
    3.8.18\ * | 3.10.13\ * | 3.11.7\ * | 3.12.1\ *)
        case $said in *\ Task-*) ;; *)
            echo "CPython ${said%% *} does not call the task Task-N any more." >&2
            exit 1
            ;;
        esac
        ;;
    esac
done
if [ -z "$seen" ]; then
    echo "There is no CPython 3.13.0 here to ask (python3.13 in PATH)." >&2
    exit 77
fi
if [ "$seen" != None ]; then
    echo "CPython 3.13.0 calls the task '$seen', not 'None': the behaviour has changed." >&2
    exit 1
fi
echo "As described: under a task factory CPython 3.13.0 calls a task without a name 'None'."
