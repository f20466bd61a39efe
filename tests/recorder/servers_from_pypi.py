#!/usr/bin/env python3
"""Current servers under load, recorded: servers_from_pypi.py PROGRAM REQUESTS

In a virtual environment of its own, of the newest Python that is installed, with what servers.txt names. Says in its last line how many replies were right
and how many lines of the log showed their own request, and the CPU time of the recorded program against that of a plain run of it. Exits with 1 and a
sentence for each thing that is wrong; with 77 where there is no Python.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import served

sys.path.append(str(served.HERE.parent / "support"))
import program
import pythons
import recordings

CLIENTS = 50
SERVERS = [("aiohttp", "server_aiohttp.py"), ("uvicorn", "server_uvicorn.py")]
VERSIONS = dict(re.findall(r"^(\w+)==(\S+)$", (served.HERE / "servers.txt").read_text(), re.MULTILINE))


def environment(folder):
    """Returns the command of a new Python in a folder, with all that is to be recorded."""
    subprocess.run([pythons.all_pythons(recordings.OLDEST)[0], "-m", "venv", folder], check=True)
    python = str(pathlib.Path(folder) / "bin" / "python3")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", served.HERE / "servers.txt"], check=True)
    return python


def cpu_of(done):
    """Returns the seconds of CPU time that a server's program says that it took."""
    return float(re.findall(r"^([\d.]+) s$", done.err, re.MULTILINE)[-1])


def serve(python, label, name, requests, *options):
    """Records a server, and returns a figure and what is wrong."""
    plain = recordings.run([python, recordings.PROGRAMS / name, str(requests), str(CLIENTS), *options])
    done, trace = served.record(python, name, requests, CLIENTS, *options)
    found = [f"{label}: {sentence}" for sentence in served.wrong(done, trace, requests)]
    lines = len({each.line[0] for each in trace.shown})
    return f"{label} {requests} right, {lines} lines under their own, CPU {cpu_of(done) / cpu_of(plain):.2f} of plain", found


def main(requests):
    """Serves with each server on each loop."""
    with tempfile.TemporaryDirectory() as folder:
        python = environment(folder)
        figures, wrong = [], []
        for server, name in SERVERS:
            for options in ([], ["uvloop"]):
                label = f"{server} {VERSIONS[server]}" + "".join(f" on {option} {VERSIONS[option]}" for option in options)
                figure, found = serve(python, label, name, requests, *options)
                figures.append(figure)
                wrong += found
        print(*wrong[:50], sep="\n")
        print(f"CPython {'.'.join(map(str, pythons.version_of(python)))}: {'; '.join(figures)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if not pythons.all_pythons(recordings.OLDEST):
        print(f"No Python from 3.8 on was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    program.set_program_path(sys.argv[1])
    sys.exit(main(int(sys.argv[2])))
