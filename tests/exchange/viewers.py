#!/usr/bin/env python3
"""What Loopscope writes, in the programs that people show it with: viewers.py PROGRAM

Perfetto's own description of its protobuf (PyPI's perfetto) reads every program's file and finds no field that it does not know; speedscope (npm) in headless
Chromium opens every program's JSON without an error and has as many frames as there are names on the track that it shows first. Both are of pinned
versions, in a folder that is removed. Ends with 77 and a sentence where Chromium or npm is missing.
"""

import functools
import http.server
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import chrome_trace
import devtools

PERFETTO = ("perfetto==0.59.1", "protobuf==7.36.2")
SPEEDSCOPE = "speedscope@1.25.0"
READ = """
import pathlib, sys
from perfetto.protos.perfetto.trace import perfetto_trace_pb2 as protos
for name in sys.argv[1:]:
    data = pathlib.Path(name).read_bytes()
    trace = protos.Trace()
    trace.ParseFromString(data)
    known = protos.Trace()
    known.CopyFrom(trace)
    known.DiscardUnknownFields()
    if known.SerializeToString() != trace.SerializeToString():
        sys.exit(f"{name} has fields that Perfetto does not know")
    tracks = [each.track_descriptor for each in trace.packet if each.HasField("track_descriptor")]
    if any(each.HasField("name") and each.sibling_merge_behavior != protos.TrackDescriptor.SIBLING_MERGE_BEHAVIOR_NONE for each in tracks):
        sys.exit(f"{name} has tracks that are merged")
    if not any(each.HasField("track_event") for each in trace.packet):
        sys.exit(f"{name} has no events")
"""


def run(*command, **options):
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit((done.stderr or done.stdout).strip().splitlines()[-1])
    return done.stdout


def export_all(program, folder):
    names = [line.split()[0] for line in run(program, "programs").splitlines() if re.match(r"[a-z]", line)]
    for name in names:
        subprocess.run([program, "run", name, "--chrome", folder / f"{name}.json", "--perfetto", folder / f"{name}.pftrace"], capture_output=True, check=False)
    return names


def read_with_perfetto(folder, names):
    run(sys.executable, "-m", "venv", folder / "venv")
    python = folder / "venv" / "bin" / "python3"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PERFETTO)
    run(python, "-c", READ, *(folder / f"{name}.pftrace" for name in names))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def frames_of(page):
    """Returns the number of frames in speedscope's table, and the thread that it is of, which speedscope chooses."""
    page.wait("/tid [0-9]+/.test(document.body.innerText || '')")
    page.press("3")  # the table of frames
    rows = "[...document.querySelectorAll('tr')].filter(row => row.innerText.includes('%')).length"  # others fill the page
    page.wait(f"{rows} > 0")
    frames = page.evaluate(rows)
    return frames, int(re.search(r"tid (\d+)", page.evaluate("document.body.innerText"))[1])


def show_in_speedscope(chromium, folder, names):
    run("npm", "pack", SPEEDSCOPE, cwd=folder)
    run("tar", "xzf", next(folder.glob("speedscope-*.tgz")), cwd=folder)
    site = folder / "package" / "dist" / "release"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in names:
            shutil.copy(folder / f"{name}.json", site / "t.json")
            trace = chrome_trace.Trace(chrome_trace.load(folder / f"{name}.json"))
            with devtools.Page(chromium, f"http://127.0.0.1:{server.server_port}/index.html#profileURL=t.json") as page:
                frames, thread = frames_of(page)
                if page.errors:
                    sys.exit(f"{name}: speedscope says {page.errors[0]}")
            wanted = len({each.name for each in trace.slices[1, thread]})
            if frames != wanted:
                sys.exit(f"{name}: speedscope has {frames} frames, and there are {wanted} names")
        server.shutdown()


def main(program):
    chromium = shutil.which("chromium")
    if chromium is None or shutil.which("npm") is None:
        print("Chromium or npm is not installed.", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        names = export_all(pathlib.Path(program).resolve(), folder)
        read_with_perfetto(folder, names)
        show_in_speedscope(chromium, folder, names)
    print(f"{len(names)} programs: read by {PERFETTO[0]}, shown by {SPEEDSCOPE} without an error")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
