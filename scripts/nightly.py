#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What takes longer than the half hour of .ci/run, part by part: nightly.py [PART…]

`./dev nightly` is how to start it. It goes on after a part that failed, writes what came of each into docs/nightly.md, which keeps the
last result of the parts that were not run, and ends with 1 if any failed. What a part says goes to build/log/nightly-PART.log.
"""

import dataclasses
import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "nightly.md"
LOGS = ROOT / "build" / "log"
PROGRAM = ROOT / "build" / "dev" / "app" / "loopscope"
RELEASE = ROOT / "build" / "release" / "app" / "loopscope"
EXTENSION = ROOT / "build" / "dev" / "recorder" / "_loopscope.abi3.so"
CONFORMANCE = ROOT / "tests" / "conformance"
PYODIDE = ROOT / "build" / "pyodide"  # where npm installs the CPython 3.14 that runs under node
SMALL_FILES = ROOT / "scripts" / "small_files.py"

ROUNDS = 10
FUZZ_SECONDS = 600  # each fuzzer
FRESH_PROGRAMS = 6500  # of each version, of which more than 5,000 use nothing that it has not
RECORDED_PROGRAMS = 200
REQUESTS = 10_000
FRESH_MACHINE = ROOT / "tests" / "packaging" / "fresh_machine.py"
OTHER_FONTS = "^pictures"  # Debian 13's Inter is another one
TAKE_LONG = r"^(window\.|conformance|record_servers)"  # of the tests, and find nothing on a fresh machine that the others do not
RECORDED_BY_PROGRAM = ("record_command_test.py", "examples_test.py", "servers_test.py")  # the other tests of the recorder take the extension

sys.path += [str(ROOT / "tests" / "support"), str(CONFORMANCE)]
import pyodide_node
import pythons
import reference_process

BEGINNING = """# The last nightly run

`./dev nightly` writes this page: what takes longer than the half hour of `.ci/run`. `./dev nightly PART…` runs only these parts, and the others
keep the line that they have.

| part | what | date, UTC | commit | cores | minutes | result | figures |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


class Failed(Exception):
    """A part found something. Its text is a figure."""


def run(log, *command, **environment):
    """Runs a command and adds what it says to a log, as it says it. Returns that; raises Failed with its last line if it ends with anything but 0."""
    said = []
    with (
        log.open("a") as file,
        subprocess.Popen(
            list(map(str, command)), cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process,
    ):
        print("$", *command, file=file, flush=True)
        for line in process.stdout:
            said.append(line)
            file.write(line)
            file.flush()
    if process.returncode != 0:
        lines = [line for line in said if line.strip()]
        raise Failed(lines[-1].strip() if lines else f"ended with {process.returncode}")
    return "".join(said)


def last_line(said, pattern):
    """Returns the last line that a pattern is found in."""
    return [line.strip() for line in said.splitlines() if re.search(pattern, line)][-1]


def launchers():
    """Returns what has CMake use the compiler's cache, where there is one."""
    cache = shutil.which("ccache")
    return [f"-DCMAKE_{language}_COMPILER_LAUNCHER={cache}" for language in ("C", "CXX")] if cache else []


# --- The parts: each takes its log and returns its figures. ---


def rounds(log):
    """the tests of the window, ten times beside four busy processes"""
    run(log, "./dev", "build", "dev")
    return last_line(run(log, sys.executable, "tests/e2e/loaded_rounds.py", PROGRAM, ROUNDS), "rounds beside")


def headers(log):
    """every header of core/ and app/ compiles by itself"""
    run(log, "./dev", "build", "dev")
    run(log, "cmake", "--build", "build/dev", "--target", "headers")
    return f"{sum(1 for part in ('core', 'app') for _ in (ROOT / part).rglob('*.hpp'))} headers"


def release(log):
    """the program that users get draws the pictures that the tests have"""
    run(log, "./dev", "build", "release")
    run(log, "./dev", "pictures")
    said = run(log, sys.executable, "tests/pictures/compare.py", "--program", RELEASE)
    return f"{said.count('is as approved')} pictures as approved"


def release_tests(log):
    """all tests of the build that users get, without asserts"""
    return last_line(run(log, "./dev", "test", "--preset", "release"), "tests passed")


def clang(log):
    """all is compiled by clang, and passes its tests; the window's are dev's"""
    return last_line(run(log, "./dev", "test", "--preset", "clang", "--exclude-regex", "^window"), "tests passed")


def no_unity(log):
    """each source compiled by itself, tests and benchmarks too, from nothing"""
    run(log, "cmake", "--preset", "dev", "-B", "build/no-unity", "-DLOOPSCOPE_UNITY=OFF", *launchers())
    run(log, "cmake", "--build", "build/no-unity", "--clean-first")
    return f"{sum(1 for _ in (ROOT / 'build' / 'no-unity').rglob('*.cpp.o'))} sources"


def tidy_all(log):
    """clang-tidy over tests, benchmarks and fuzzers, and all else"""
    return last_line(run(log, "./dev", "tidy", "all"), "Running clang-tidy on").removeprefix("Running clang-tidy on ")


def fresh(log):
    """./dev run and ./dev test, the first commands on a Debian 12 that has nothing"""
    return run(log, sys.executable, FRESH_MACHINE, "bookworm", "--exclude-regex", TAKE_LONG).strip().splitlines()[-1]


def trixie(log):
    """./dev run and ./dev test, the first commands on a Debian 13 that has nothing; but for pictures, whose fonts are others"""
    return run(log, sys.executable, FRESH_MACHINE, "trixie", "--exclude-regex", f"{TAKE_LONG}|{OTHER_FONTS}").strip().splitlines()[-1]


def tsan(log):
    """all that has threads, under the thread sanitizer"""
    return last_line(run(log, "./dev", "sanitize", "tsan"), "tests passed")


def asan(log):
    """all tests under the address and undefined-behaviour sanitizers"""
    return last_line(run(log, "./dev", "sanitize", "asan"), "tests passed")


def fuzz(log):
    """the fuzzers, ten minutes each"""
    said = run(log, "./dev", "fuzz", FUZZ_SECONDS)
    return "; ".join(f"{name} {inputs}" for name, inputs in re.findall(r"^(\w+): (\d+ inputs)", said, re.MULTILINE))


def conformance(log):
    """fresh random programs against CPython 3.11, 3.12, 3.13 and 3.14"""
    run(log, "cmake", "--preset", "dev", "-DLOOPSCOPE_TESTS=ON")
    run(log, "cmake", "--build", "build/dev", "--target", "conformance_runner")
    first = 1000 * int(time.time() // 60)  # other programs each time
    missing = pyodide_node.missing()
    if not missing:
        pyodide_node.install(PYODIDE)
    figures = []
    for version in reference_process.VERSIONS:
        if reference_process.find_reference(version, None if missing else PYODIDE) is None:
            figures.append(f"no CPython {version}")
            continue
        runner = ROOT / "build" / "dev" / "tests" / "conformance_runner"
        choice = ["--asyncio", version, "--pyodide", PYODIDE, "--jobs", os.cpu_count()]
        said = run(log, sys.executable, CONFORMANCE / "compare.py", runner, FRESH_PROGRAMS, first, *choice)
        deep, lacking = re.search(r"(\d+) programs were too deep .*, (\d+) used what", said).groups()
        figures.append(f"{version}: {last_line(said, 'passed, ')}, {deep} too deep, {lacking} with what it has not")
    return f"{'; '.join(figures)}; seeds from {first} on"


def recorded(log):
    """fresh random programs recorded on CPython 3.13, their traces against the native loop's"""
    run(log, "./dev", "build", "dev")
    first = 1000 * int(time.time() // 60)
    runner = ROOT / "build" / "dev" / "tests" / "conformance_runner"
    said = run(log, sys.executable, CONFORMANCE / "compare_recorded.py", PROGRAM, runner, RECORDED_PROGRAMS, first)
    return f"{last_line(said, 'passed, ')}; seeds from {first} on"


def recorder(log):
    """what tests/recorder has, on each Python that there is"""
    run(log, "./dev", "build", "dev")
    tests = sorted((ROOT / "tests" / "recorder").glob("*_test.py"))
    figures = []
    for test in tests:
        target = PROGRAM if test.name in RECORDED_BY_PROGRAM else EXTENSION
        said = run(log, sys.executable, test, target, LOOPSCOPE_EVERY_PYTHON="1")
        figures.append(f"{test.stem.removesuffix('_test')} {last_line(said, '^OK')}")
    return "; ".join(figures)


def servers(log):
    """current servers from PyPI, each with 10,000 requests, recorded on the newest Python"""
    run(log, "./dev", "build", "dev")
    return last_line(run(log, sys.executable, "tests/recorder/servers_from_pypi.py", PROGRAM, REQUESTS), "^CPython")


def twins(log):
    """every program's twin on each Python that there is"""
    run(log, "./dev", "build", "dev")
    figures = []
    for python in pythons.all_pythons((3, 11)):
        said = run(log, sys.executable, "tests/programs/twins.py", PROGRAM, LOOPSCOPE_PYTHON=python)
        figures.append(f"{'.'.join(map(str, pythons.version_of(python)))} {last_line(said, '^OK')}")
    return "; ".join(figures)


def small_files(log):
    """small files that ask for much: the table of docs/reliability.md"""
    run(log, "./dev", "build", "release")
    return run(log, sys.executable, SMALL_FILES, RELEASE).strip().splitlines()[-1]


def foreign(log):
    """traces that other tools make anew, with what is in them counted in the files"""
    run(log, "./dev", "build", "dev")
    with tempfile.TemporaryDirectory() as folder:
        tools = [tool for tool in ("node", "clang++-14", "chromium", "cargo") if shutil.which(tool)]
        names = ["viztracer", *({"clang++-14": "clang", "cargo": "tokio"}.get(tool, tool) for tool in tools)]
        run(log, sys.executable, "scripts/real_traces.py", "--into", folder, *names)
        said = run(log, sys.executable, "tests/support/count_chrome.py", PROGRAM, *sorted(pathlib.Path(folder).glob("*.json")))
    return "; ".join(said.strip().splitlines())


def formats(log):
    """Perfetto's, tokio-console's and Go's traces, made anew by these tools and read"""
    run(log, "./dev", "build", "dev")
    return "; ".join(run(log, sys.executable, "scripts/other_formats.py", PROGRAM).strip().splitlines())


def viewers(log):
    """every program's exports in speedscope and by Perfetto's own protos, from npm and PyPI"""
    run(log, "./dev", "build", "dev")
    return run(log, sys.executable, "tests/exchange/viewers.py", PROGRAM).strip().splitlines()[-1]


def package(log):
    """the package, looked at by lintian, and in a Debian 12 that has nothing else: installed, run, removed"""
    run(log, "./dev", "package")
    (built,) = (ROOT / "build" / "package" / "packages").glob("*.deb")
    return f"{built.name}, {built.stat().st_size / 1e6:.1f} MB: " + run(log, sys.executable, "tests/packaging/chroot_test.py", built).strip().splitlines()[-1]


def library(log):
    """a project that uses the library, with GCC and clang: installed, and by add_subdirectory"""
    run(log, "./dev", "build", "dev")
    return last_line(run(log, sys.executable, "tests/library/library_test.py", ROOT / "build" / "dev", "--whole"), "^OK")


def own(log):
    """./dev new in a copy of the tree: the program is written, built, listed and run"""
    return last_line(run(log, sys.executable, "tests/library/own_program_test.py"), "^OK")


def compilers(log):
    """every program under every storage, by a build with GCC and one with clang: the same bytes, and each other's files are runs of their own"""
    return last_line(run(log, sys.executable, "tests/compilers/compilers_test.py"), "same bytes")


def wheel(log):
    """the wheel, installed into new environments on the oldest and the newest Python: run, recorded, drawn, and its plugin for pytest"""
    run(log, "./dev", "wheel")
    (built,) = (ROOT / "build").glob("loopscope-*.whl")
    return f"{built.name}, {built.stat().st_size / 1e6:.1f} MB: " + last_line(run(log, sys.executable, "tests/packaging/wheel_test.py", built), "^OK")


def web(log):
    """the page for browsers and the site: every program's events as here, driven in headless Chromium with the network off, size and times"""
    run(log, "./dev", "web", "--site")
    run(log, "./dev", "build", "release")
    page, module = ROOT / "build" / "web" / "loopscope.html", ROOT / "build" / "web" / "web" / "loopscope_node.js"
    runs = last_line(run(log, sys.executable, "tests/web/same_events_test.py", RELEASE, module), "runs$").lstrip(".")
    run(log, sys.executable, "tests/web/picture_test.py", RELEASE)
    driven = last_line(run(log, sys.executable, "tests/web/window_test.py", RELEASE, page), "^Ran ")
    site = last_line(run(log, sys.executable, "tests/web/site_test.py", ROOT / "build" / "site"), "^Ran ")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in run(log, sys.executable, "tests/web/measure.py", RELEASE, page, module).splitlines()[3:]]
    return f"{runs} the same; window: {driven}; site: {site}; " + "; ".join(f"{what}: {here}" + (f" ({beside})" if "times" in beside else "") for what, here, beside in rows)


def reproducible(log):
    """the package, built from two copies of the tree in folders of different names: the same bytes"""
    return run(log, sys.executable, "tests/packaging/reproducible.py").strip().splitlines()[-1]


PARTS = {
    part.__name__: part
    for part in (
        *(headers, no_unity, release, release_tests, clang, tidy_all),
        *(fresh, trixie, package, wheel, web, reproducible, library, own, compilers),
        *(rounds, tsan, asan, fuzz, small_files, conformance, recorded, recorder, servers, twins, foreign, formats, viewers),
    )
}


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the page."""

    part: str
    what: str
    date: str
    commit: str
    cores: str
    minutes: str
    result: str
    figures: str

    @staticmethod
    def of_line(line):
        """Returns the row that a line of the page is, or None."""
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        return Row(*cells) if len(cells) == len(dataclasses.fields(Row)) and cells[0] in PARTS else None

    def line(self):
        cells = (str(cell).replace("|", "/") for cell in dataclasses.astuple(self))
        return f"| {' | '.join(cells)} |\n"


def merged(page, rows):
    """Returns the page with these rows in place of those of the same parts."""
    by_part = {row.part: row for row in map(Row.of_line, page.splitlines()) if row} | {row.part: row for row in rows}
    return BEGINNING + "".join(by_part[part].line() for part in PARTS if part in by_part)


def commit():
    """Returns the name of the commit that is tested, with a sign where files other than the page differ from it."""

    def git(*words):
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)

    name = git("rev-parse", "--short", "HEAD").stdout.strip()
    differs = git("diff", "--quiet", "HEAD", "--", ".", f":!{PAGE.relative_to(ROOT)}").returncode != 0
    return name + "+" * differs if name else "unknown"


def row_of(name):
    """Runs a part and returns what came of it."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"nightly-{name}.log"
    log.write_text("")
    date, begin, commit_before = datetime.datetime.now(datetime.timezone.utc), time.monotonic(), commit()
    print(f"=== {name}: {PARTS[name].__doc__}", file=sys.stderr, flush=True)
    try:
        result, figures = "passed", PARTS[name](log)
    except Failed as failure:
        result, figures = "FAILED", str(failure)
    minutes = f"{(time.monotonic() - begin) / 60:.1f}"
    print(f"=== {result} after {minutes} minutes: {figures}", file=sys.stderr, flush=True)
    return Row(name, PARTS[name].__doc__, f"{date:%Y-%m-%d %H:%M}", commit_before, str(os.cpu_count()), minutes, result, figures)


def main():
    names = [name.replace("-", "_") for name in sys.argv[1:]] or [name for name in PARTS if name != small_files.__name__ or SMALL_FILES.exists()]
    for name in names:
        if name not in PARTS:
            print(f"nightly: there is no part '{name}'; they are: {', '.join(PARTS)}", file=sys.stderr)
            return 1
    failed = False
    for name in names:
        row = row_of(name)
        failed = failed or row.result != "passed"
        # After each, so that a run that is broken off leaves what it found.
        PAGE.write_text(merged(PAGE.read_text() if PAGE.exists() else "", [row]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
