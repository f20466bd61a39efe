"""Records servers under load and says what is wrong with what they answered, logged and showed."""

import collections
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import recordings
import traces

LINES_A_REQUEST = 4  # begins, looks up, calls back, ends
RIGHT = re.compile(r"\[(r\d+)\] [a-z ]+ \1")


def record(python, name, *arguments):
    """Records a program; returns what became of it, and its trace, or None where there is no file."""
    with tempfile.TemporaryDirectory() as folder:
        file, text = pathlib.Path(folder) / "t.loopscope", pathlib.Path(folder) / "t.txt"
        command = [program.program_path(), "record", "--python", python, "-o", file, recordings.PROGRAMS / name, *map(str, arguments)]
        done = recordings.run(command, PYTHONWARNINGS="ignore")
        if not file.exists():
            return done, None
        converted = program.loopscope("convert", str(file), str(text), timeout=600)
        if converted.returncode:
            raise RuntimeError(converted.stderr)
        return done, traces.Trace(text.read_text())


def wrong(done, trace, requests):
    """Returns sentences about what is wrong with what a server has answered and logged, and with whose values the lines of the log show."""
    *log, last = done.out.splitlines() or [""]
    found = []
    if done.code or not last.startswith(f"{requests} replies right"):
        found.append(f"it ended with {done.code}, and says: {last or done.err[-300:]}")
    found += [f"it logged: {line}" for line in log if not RIGHT.fullmatch(line)]
    shown = collections.Counter(each.line[0] for each in trace.shown)
    found += [f"of no request: {line}" for line in log if shown[line] != 1]
    found += [f"another request wrote the ID of: {line}" for line in trace.lines_of_others()]
    writers = collections.defaultdict(set)
    for each in trace.shown:
        writers[each.value].add(each.set)
        if not each.line[0].startswith(f"[{each.value}]"):
            found.append(f"it shows {each.value}: {each.line[0]}")
    if len(log) != requests * LINES_A_REQUEST or len(writers) != requests:
        found.append(f"it logged {len(log)} lines of {len(writers)} requests")
    return found + [f"{value} was written {len(sets)} times" for value, sets in writers.items() if len(sets) != 1 or None in sets]
