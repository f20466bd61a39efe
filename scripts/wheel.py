#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the wheel; ./dev wheel calls it twice:

    wheel.py parts        builds what is linked in and of which Debian's packages have no static library, from Debian's sources, into build/wheel-parts
    wheel.py pack PROGRAM packs the program and the plugin for pytest into build/loopscope-VERSION-py3-none-PLATFORM.whl

What the platform is, auditwheel says, which comes from PyPI into build/wheel-parts/tools.
"""

import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import zipfile

import debian_sources

ROOT = pathlib.Path(__file__).resolve().parents[1]
PARTS = ROOT / "build" / "wheel-parts"
AUDITWHEEL = "auditwheel==6.8.2"
SOURCES = {  # Debian's source packages, and how each is built
    "fmtlib": ["-DFMT_TEST=OFF", "-DFMT_DOC=OFF"],
    "simdjson": ["-DSIMDJSON_DEVELOPER_MODE=OFF"],
    "glfw3": ["-DGLFW_BUILD_EXAMPLES=OFF", "-DGLFW_BUILD_TESTS=OFF", "-DGLFW_BUILD_DOCS=OFF"],
}
PROGRAM_MODE, FILE_MODE = 0o100755, 0o100644


def run(*command, folder=ROOT):
    """Runs a command; returns what it says. Exits, with the end of that, where it fails."""
    done = subprocess.run([str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        sys.exit(f"wheel: '{' '.join(map(str, command))}' failed:\n" + "\n".join(done.stdout.splitlines()[-30:]))
    return done.stdout


def parts():
    """Builds the static libraries, unless they are there."""
    done = PARTS / "done"
    wanted = f"{sorted(SOURCES.items())}\n"
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(PARTS, ignore_errors=True)
    PARTS.mkdir(parents=True)
    debian_sources.fetch(PARTS, SOURCES)
    common = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_SHARED_LIBS=OFF", "-DCMAKE_POSITION_INDEPENDENT_CODE=ON",
              f"-DCMAKE_INSTALL_PREFIX={PARTS / 'prefix'}", "-DCMAKE_INSTALL_LIBDIR=lib"]  # fmt: skip
    for name, options in SOURCES.items():
        (source,) = (path for path in PARTS.glob(f"{name}-*") if path.is_dir())
        run("cmake", "-S", source, "-B", PARTS / "build" / name, *common, *options)
        run("cmake", "--build", PARTS / "build" / name, "--target", "install")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--target", PARTS / "tools", AUDITWHEEL)
    done.write_text(wanted, encoding="utf-8")


def version():
    """Returns the program's version."""
    return re.search(r"project\(loopscope VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]


def contents(program, platform):
    """Returns the files of the wheel: {path: (bytes, mode)}, but for the list of them."""
    stripped = PARTS / "loopscope"
    run("strip", "--strip-unneeded", "-o", stripped, program)
    info = f"loopscope-{version()}.dist-info"
    plugin = (ROOT / "recorder" / "pytest" / "pyproject.toml").read_text(encoding="utf-8")
    entry = re.search(r"\[project\.entry-points\.pytest11\]\n(.+?)(?:\n\n|\Z)", plugin, re.DOTALL)[1].replace('"', "").strip()
    notices = run(sys.executable, "packaging/parts.py", "notices", version(), "1970-01-01", "--static")
    files = {"loopscope/loopscope": (stripped.read_bytes(), PROGRAM_MODE)}
    texts = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: loopscope\nVersion: {version()}\nSummary: see how an event loop interleaves coroutines\n"
        f"License: MIT\nRequires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n{(ROOT / 'README.md').read_text(encoding='utf-8')}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: loopscope\nRoot-Is-Purelib: false\nTag: py3-none-{platform}\n",
        f"{info}/entry_points.txt": f"[console_scripts]\nloopscope = loopscope:main\n\n[pytest11]\n{entry}\n",
        f"{info}/licenses/LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"),
        f"{info}/licenses/third-party.txt": notices,
    }
    for folder in (ROOT / "packaging" / "wheel" / "loopscope", ROOT / "recorder" / "pytest" / "loopscope_pytest"):
        texts.update({f"{folder.name}/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.py")})
    for path in sorted((ROOT / "recorder").glob("*.h*")):
        texts[f"loopscope/include/loopscope/{path.name}"] = path.read_text(encoding="utf-8")
    texts["loopscope/share/loopscope/loopscope.html"] = (ROOT / "build" / "web" / "loopscope.html").read_text(encoding="utf-8")
    files.update({name: (text.encode(), FILE_MODE) for name, text in texts.items()})
    return files


def digest(data):
    """Returns a file's hash as the list of a wheel has it."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def write(path, files):
    """Writes the wheel: the same bytes for the same files, whenever it is written."""
    record = f"loopscope-{version()}.dist-info/RECORD"
    lines = [f"{name},{digest(data)},{len(data)}" for name, (data, _) in sorted(files.items())]
    listed = {**files, record: ("\n".join([*lines, f"{record},,"]).encode() + b"\n", FILE_MODE)}
    when = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315532800))[:6]  # a zip begins in 1980
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, (data, mode) in sorted(listed.items()):
            entry = zipfile.ZipInfo(name, when)
            entry.external_attr, entry.compress_type, entry.create_system = mode << 16, zipfile.ZIP_DEFLATED, 3
            wheel.writestr(entry, data)


def platform_of(program):
    """Returns the oldest platform on which the program runs, as auditwheel says. Exits where it needs what not every Linux has."""
    draft = PARTS / f"loopscope-{version()}-py3-none-linux_x86_64.whl"
    write(draft, contents(program, "linux_x86_64"))
    environment = {**os.environ, "PYTHONPATH": str(PARTS / "tools")}
    done = subprocess.run([sys.executable, "-m", "auditwheel", "show", draft], env=environment, capture_output=True, text=True, check=False)
    draft.unlink()
    found = re.search(r'platform tag:\s+"(manylinux_\w+)"', done.stdout)
    if done.returncode or not found:
        sys.exit(f"wheel: the program needs what not every Linux has; auditwheel says:\n{done.stdout}{done.stderr}")
    return found[1]


def pack(program):
    """Writes the wheel, and says where it is."""
    platform = platform_of(program)
    target = ROOT / "build" / f"loopscope-{version()}-py3-none-{platform}.whl"
    for old in target.parent.glob("loopscope-*.whl"):
        old.unlink()
    write(target, contents(program, platform))
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    if sys.argv[1:] == ["parts"]:
        parts()
    elif len(sys.argv) == 3 and sys.argv[1] == "pack":
        pack(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
