#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that every include follows the arrows between the layers: check_layers.py [ROOT]

The layers and their arrows are the `loopscope_layer(FOLDER SOURCES … USES …)` calls in CMakeLists.txt below core/ and app/. A wrong
arrow does not link (cmake/Layer.cmake); what only a header defines would, so this looks at the includes themselves:

- a file includes its own layer and those that its layer reaches by USES, and nothing else of core/ and app/;
- the arrows form no circle, and none leads from core/ to app/;
- Dear ImGui, GLFW, OpenGL and the libraries for files and arguments are seen only where RESERVED says;
- a source has a header of its stem beside it, `log.cpp` a `log.hpp`, unless HEADLESS says why not;
- includes are written from the root;
- nothing but app/cli/streams.cpp writes to stdout and stderr: what it writes throws nothing and is escaped;
- nothing but core/base/worker.hpp makes threads: no exception leaves one, and each gives its memory back.

The program's own files, those of `add_executable` in app/CMakeLists.txt, wire everything together and may include every layer.

Prints `file:line: sentence` for each violation, and exits with 1 if there are any.
"""

import dataclasses
import pathlib
import re
import sys

PARTS = ("core", "app")
PROGRAM = "the program"

# What is known only in some places: its name, how its headers begin, where it may be included.
RESERVED = (
    ("Dear ImGui", re.compile(r"(.*/)?im(gui|stb_)"), ("app/panels", "app/platform", PROGRAM)),
    ("GLFW", re.compile(r"GLFW/"), ("app/panels", "app/platform", PROGRAM)),
    ("OpenGL", re.compile(r"(glad|GL|GLES\d?|EGL|KHR)/"), ("app/gl", "app/render", "app/platform")),
    ("simdjson", re.compile(r"simdjson"), ("core/exchange",)),
    ("zstd", re.compile(r"(zstd|zdict)"), ("core/format", "core/exchange")),
    ("zlib", re.compile(r"zlib"), ("core/exchange",)),
    ("xxhash", re.compile(r"xx(hash|h3)"), ("core/format",)),
    ("libpng", re.compile(r"(libpng\d*/)?png(conf|libconf)?\.h"), ("app/export",)),
    ("CLI11", re.compile(r"CLI/"), (PROGRAM,)),
)

# Sources without a header of their stem: how their paths look, and why.
HEADLESS = (
    (re.compile(r"core/scenario/programs/"), "the catalogue beside them declares the programs"),
    (re.compile(r"core/loop/event_loop_(beside|contexts|timers)\.cpp"), "the parts of EventLoop that are about threads beside it, contexts, and timers"),
    (re.compile(r"core/trace/transitions_(apply|recorded|timers|variables)\.cpp"), "parts of Checker: what an event does, and whether it may"),
    (re.compile(r"core/exchange/named_formats\.cpp"), "the part of readers.hpp that is about formats that are only named"),
    (re.compile(r"core/exchange/perfetto_records\.cpp"), "the part of PerfettoEvents that makes records of events"),
    (re.compile(r"core/exchange/perfetto_track_order\.cpp"), "the part of PerfettoTracks that puts tracks into their order"),
    (re.compile(r"app/platform/egl_loader\.cpp"), "EGL's own header declares its functions"),
    (re.compile(r"core/intake/runs_tasks\.cpp"), "the part of Runs that is about tasks, jobs and ends"),
    (re.compile(r"core/trace/index_lookup\.cpp"), "the part of Index that finds what is asked"),
    (re.compile(r"core/trace/index_tasks\.cpp"), "the part of Index that is about tasks, what they write and what they print"),
    (re.compile(r"core/trace/packed_events_(packer|copy)\.cpp"), "the part of PackedEvents that packs"),
    (re.compile(r"core/trace/state_storages\.cpp"), "the part of State that is about storages"),
    (re.compile(r"app/panels/workspace_(commands|files|panels)\.cpp"), "parts of Workspace: what commands do, what becomes of files, and what panels ask for"),
    (re.compile(r"app/panels/timeline_mouse\.cpp"), "the part of TimelinePanel that is about the mouse"),
    (re.compile(r"app/session/session_branches\.cpp"), "the part of Session that is about forks"),
)

# How else a program might print, and the one file that does.
PRINTS = re.compile(r"\b(fmt::print(ln)?|std::(cout|cerr|clog|v?f?printf|puts|putchar|perror|print(ln)?))\b")
PRINTER = "app/cli/streams.cpp"

# How else a program might make a thread, and the one file that does.
THREADS = re.compile(r"\bstd::(jthread|async|thread)\b(?!::)")
THREAD_MAKER = "core/base/worker.hpp"

COMMAND = re.compile(r"^[ \t]*(loopscope_layer|add_executable)[ \t]*\(([^()]*)\)", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


@dataclasses.dataclass(frozen=True)
class Layer:
    folder: str
    uses: tuple
    file: str
    line: int


@dataclasses.dataclass(frozen=True, order=True)
class Violation:
    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.sentence}"


def commands(root):
    """The calls that matter in the CMake files: name, words, file, line."""
    for path in sorted(path for part in PARTS for path in (root / part).rglob("CMakeLists.txt")):
        text = re.sub(r"#.*", "", path.read_text())
        for call in COMMAND.finditer(text):
            line = text.count("\n", 0, call.start(1)) + 1
            yield call[1], call[2].split(), path.relative_to(root).as_posix(), line


def words_after(words, keyword):
    """A call's words from a keyword to the next one."""
    if keyword not in words:
        return []
    rest = words[words.index(keyword) + 1 :]
    return rest[: next((at for at, word in enumerate(rest) if word in ("SOURCES", "USES", "LIBRARIES")), len(rest))]


def reached(layers, start):
    """The layer and all that its arrows lead to."""
    found, open_ends = set(), [start]
    while open_ends:
        folder = open_ends.pop()
        if folder in layers and folder not in found:
            found.add(folder)
            open_ends += layers[folder].uses
    return found


def check_arrows(layers):
    for layer in layers.values():
        for used in layer.uses:
            if used not in layers:
                sentence = f"{layer.folder} uses {used}, which is no layer."
            elif layer.folder.startswith("core/") and used.startswith("app/"):
                sentence = f"{layer.folder} uses {used}, but the library knows nothing of the program."
            elif layer.folder in reached(layers, used):
                sentence = f"{layer.folder} uses {used}, which leads back to {layer.folder}: the arrows form a circle."
            else:
                continue
            yield Violation(layer.file, layer.line, sentence)


def layer_of(layers, file):
    """The innermost layer whose folder a file is in."""
    for parent in pathlib.PurePosixPath(file).parents:
        if parent.as_posix() in layers:
            return parent.as_posix()
    return None


def program_files(calls):
    """The sources of the executables in app/, without their endings, so that headers of the same stem count too."""
    found = set()
    for name, words, file, _ in calls:
        if name == "add_executable":
            folder = pathlib.PurePosixPath(file).parent
            found |= {(folder / word).with_suffix("").as_posix() for word in words[1:] if word.endswith(".cpp")}
    return found


def sources(root):
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            if path.suffix in (".hpp", ".cpp", ".h"):
                yield path.relative_to(root).as_posix()


def includes(text):
    """Line, kind of quote and path of each include."""
    for line, code in enumerate(text.splitlines(), 1):
        if match := INCLUDE.match(code):
            yield line, match[1], match[2]


def lacks_header(root, home, file):
    """Whether a source of a layer ought to have a header beside it and has none."""
    path = root / file
    if path.suffix != ".cpp" or home == PROGRAM or path.with_suffix(".hpp").exists():
        return False
    return not any(pattern.match(file) for pattern, _ in HEADLESS)


def uses(pattern, text):
    """Line and name of each use of what a pattern names; comments are none."""
    for line, code in enumerate(text.splitlines(), 1):
        for match in pattern.finditer(code.split("//")[0]):
            yield line, match[0]


def complaints(root, layers, home, file, quote, target):
    """What is wrong with one include of a file that is at home in a layer, as sentences."""
    if target.startswith(tuple(part + "/" for part in PARTS)):
        there = layer_of(layers, target)
        if home == PROGRAM or there in reached(layers, home):
            return
        if there:
            yield f"{home} includes {target}, but does not use {there}."
        elif (root / target).exists():
            yield f"{home} includes {target}, which belongs to no layer."
    elif quote == '"' and (root / file).parent.joinpath(target).exists():
        yield f'"{target}" is not written from the root.'
    for name, pattern, places in RESERVED:
        if pattern.match(target) and home not in places:
            yield f"{home} includes {target}, but {name} is known only to {', '.join(places)}."


def check(root):
    """All violations in the tree at root, in order."""
    calls = list(commands(root))
    layers = {}
    found = []
    for name, words, file, line in calls:
        if name == "loopscope_layer" and words:
            if words[0] in layers:
                found.append(Violation(file, line, f"the layer {words[0]} is there twice."))
            layers[words[0]] = Layer(words[0], tuple(words_after(words, "USES")), file, line)
    found += check_arrows(layers)

    program = program_files(calls)
    for file in sources(root):
        home = layer_of(layers, file)
        if home is None and pathlib.PurePosixPath(file).with_suffix("").as_posix() in program:
            home = PROGRAM
        if home is None:
            found.append(Violation(file, 1, "this file belongs to no layer and to no executable."))
            continue
        if lacks_header(root, home, file):
            header = pathlib.PurePosixPath(file).with_suffix(".hpp").name
            found.append(Violation(file, 1, f"this source has no header of its stem, {header}."))
        text = (root / file).read_text()
        for line, quote, target in includes(text):
            found += [Violation(file, line, said) for said in complaints(root, layers, home, file, quote, target)]
        if file != PRINTER:
            found += [Violation(file, line, f"{name} prints, but only {PRINTER} may.") for line, name in uses(PRINTS, text)]
        if file != THREAD_MAKER:
            found += [Violation(file, line, f"{name} makes a thread, but only {THREAD_MAKER} may.") for line, name in uses(THREADS, text)]
    return sorted(found)


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent.parent
    found = check(root)
    for violation in found:
        print(violation)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
