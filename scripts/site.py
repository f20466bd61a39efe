#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes build/site of the page: site.py, which ./dev web --site calls once build/web/loopscope.html is there.

The site is the page with an editor beside the window (web/editor), CPython for it (npm's pyodide), and a small file for each lesson and program that one
can begin with. npm has to be there; versions are those of web/editor/package-lock.json. Names of files change with what is in them, so a server
may have browsers keep all but index.html for ever.
"""

import ast
import hashlib
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE, PARTS, SITE = ROOT / "build" / "web" / "loopscope.html", ROOT / "build" / "site-parts", ROOT / "build" / "site"
EDITOR = ROOT / "web" / "editor"
PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
POST = "tests/recorder/programs/indication_global.py"
# name: (title, summary or None for the one that the program's text has, path, what it is called)
PROGRAMS = {
    "post": ("The post’s first program", "Four coroutines set a symbol each; a task of each prints it. It is a global.", POST, "post.py"),
    "post-main": ("The post’s second program", "The same, started by one main().", "tests/recorder/programs/indication_main.py", "post_main.py"),
    "pool-worker": ("A pool’s worker", None, "examples/pool_worker.py", "pool_worker.py"),
    "call-later-pins": ("A timer that pins a context", None, "examples/call_later_pins.py", "call_later_pins.py"),
    "reset-elsewhere": ("A reset elsewhere", None, "examples/reset_elsewhere.py", "reset_elsewhere.py"),
    "lost-update": ("A lost update", None, "examples/lost_update.py", "lost_update.py"),
}
# lesson: the program beside it, and how that is run
LESSONS = {
    "argument": (POST, {"switches": ["0=argument"]}),
    "global": (POST, {}),
    "thread-local": (POST, {"switches": ["0=thread-local"]}),
    "context": (POST, {"switches": ["0=context-shared"]}),
    "contextvars": (POST, {"switches": ["0.5=contextvar"]}),
    "traps": ("assets/programs/created_before_set.py", {"arguments": ["contextvar"], "files": {"storages.py": "assets/programs/storages.py"}}),
}


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def summary_of(text):
    """Returns what a program says at its top of what one sees."""
    said = " ".join((ast.get_docstring(ast.parse(text)) or "").split())
    return re.search(r"Symptom: (.*?\.)(?: [A-Z]|$)", said)[1]


def without_marks(text):
    """Returns a program's text without the marks by which native lines find it."""
    return re.sub(r"  # \[[\w-]+\]$", "", text, flags=re.MULTILINE)


def data():
    """Returns the data of all beginnings: by name, and in groups as they are offered."""
    found, programs, lessons = {}, [], []
    for name, (title, summary, path, called) in PROGRAMS.items():
        text = text_of(path)
        found[name] = {"title": title, "summary": summary or summary_of(text), "program": {"name": called, "text": text}}
        programs.append(name)
    for name, (path, how) in LESSONS.items():
        sheet = text_of(f"assets/lessons/{name}.md")
        title, summary = (re.search(rf"^{key}: (.*)$", sheet, re.MULTILINE)[1] for key in ("title", "summary"))
        how = dict(how, files={each: text_of(where) for each, where in how.get("files", {}).items()})
        program = {"name": pathlib.Path(path).name if path != POST else "post.py", "text": without_marks(text_of(path)), **how}
        found[f"lesson-{name}"] = {"title": title, "summary": f"{summary[0].upper()}{summary[1:]}.", "lesson": name, "program": program}
        lessons.append(f"lesson-{name}")
    return found, (("Programs", programs), ("Lessons, and their programs", lessons))


def run(*command, **options):
    """Runs a command; exits, with the end of what it says, where it fails."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        sys.exit(f"site: '{' '.join(map(str, command[:3]))} …' failed:\n" + "\n".join((done.stdout + done.stderr).splitlines()[-20:]))


def install():
    """Has npm install what the editor is made of, unless it is there."""
    lock = (EDITOR / "package-lock.json").read_bytes()
    mark = PARTS / "installed"
    if mark.is_file() and mark.read_bytes() == lock:
        return
    if shutil.which("npm") is None:
        sys.exit("site: npm is not here, which has the editor and CPython; `sudo apt-get install npm` brings it.")
    shutil.rmtree(PARTS, ignore_errors=True)
    PARTS.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(EDITOR / name, PARTS / name)
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=PARTS)
    mark.write_bytes(lock)


def put(name, content):
    """Writes a file of the site, whose name gets a part that changes with what is in it; returns that name."""
    content = content if isinstance(content, bytes) else content.encode()
    stem, _, end = name.rpartition(".")
    named = f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{end}"
    (SITE / named).parent.mkdir(parents=True, exist_ok=True)
    (SITE / named).write_bytes(content)
    return named


def bundled(entry):
    """Returns a module of the editor's with all that it imports."""
    made = PARTS / entry
    run(PARTS / "node_modules" / ".bin" / "esbuild", EDITOR / entry, "--bundle", "--minify", "--format=esm", "--target=chrome95,firefox113,safari16.4",
        "--legal-comments=none", f"--outfile={made}", env=dict(os.environ, NODE_PATH=str(PARTS / "node_modules")))  # fmt: skip
    return made.read_bytes()


def recorder():
    """Returns what of the recorder runs in a page, as JSON: its modules of Python by name."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "recorder" / "python").glob("*.py"))}
    files["run_program.py"] = (EDITOR / "run_program.py").read_text(encoding="utf-8")
    return json.dumps(files)


def notices():
    """Returns whose work the site has in it, with their licences."""
    parts = ["Loopscope is under the MIT licence. The site has in it:\n"]
    for path in sorted((PARTS / "node_modules").glob("**/package.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        if "version" not in about or "node_modules" in path.parent.relative_to(PARTS / "node_modules").parts or "esbuild" in str(path):
            continue
        licence = next((each.read_text(encoding="utf-8") for each in path.parent.glob("LICENSE*")), "")
        where = about.get("repository") or about.get("homepage") or ""
        where = where.get("url", "") if isinstance(where, dict) else where
        parts.append(f"{about['name']} {about['version']} ({about.get('license', 'see below')}) {where}\n\n{licence}")
    parts.append("pyodide has CPython 3.14 in it, under the licence of the Python Software Foundation: https://docs.python.org/3/license.html\n")
    return ("\n" + "-" * 100 + "\n\n").join(parts)


def offered(found, groups):
    """Returns the list of what one can begin with, below the window: each is a link."""
    lists = []
    for title, names in groups:
        items = "\n".join(f'<li><a href="#begin={name}">{html.escape(found[name]["title"])}</a>: {html.escape(found[name]["summary"])}</li>' for name in names)
        lists.append(f"<h2>{html.escape(title)}</h2>\n<ul>\n{items}\n</ul>")
    return "\n".join(lists)


def index(found, groups, names, version):
    """Returns the site's one page."""
    text = PAGE.read_text(encoding="utf-8")
    known = {"version": version, **names, "beginnings": [{"title": title, "all": [{"name": each, "title": found[each]["title"]} for each in all_]} for title, all_ in groups]}
    json_in_page = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    style = (EDITOR / "editor.css").read_text(encoding="utf-8")
    head = f"<style data-site>\n{style}</style>\n</head>"
    body = (
        f'<section id="site" data-site>\n{offered(found, groups)}\n<p><a href="{names["notices"]}">Whose work is in it</a></p>\n</section>\n'
        f'<script data-site type="application/json" id="site-parts">{json_in_page}</script>\n'
        f'<script data-site type="module" src="{names["editor"]}"></script>\n</body>'
    )
    for mark, value in (("</head>", head), ("</body>", body)):
        assert text.count(mark) == 1, mark
        text = text.replace(mark, value)
    return text


def main():
    if not PAGE.is_file():
        sys.exit("site: build/web/loopscope.html is not there; `./dev web --site` makes it.")
    install()
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.mkdir(parents=True)
    package = PARTS / "node_modules" / "pyodide"
    folder = f"pyodide-{json.loads((package / 'package.json').read_text(encoding='utf-8'))['version']}/"
    (SITE / folder).mkdir()
    for name in PYTHON:
        shutil.copy(package / name, SITE / folder / name)
    found, groups = data()
    (SITE / "data").mkdir()
    for name, each in found.items():
        (SITE / "data" / f"{name}.json").write_text(json.dumps(each, ensure_ascii=False), encoding="utf-8")
    names = {"folder": folder, "recorder": put("recorder.json", recorder()), "worker": put("worker.js", bundled("worker.js")),
             "editor": put("editor.js", bundled("editor.js")), "notices": put("licences.txt", notices()), "data": "data/"}  # fmt: skip
    (SITE / "index.html").write_text(index(found, groups, names, "3.14"), encoding="utf-8")
    whole = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    print(f"build/site: {whole / 1e6:.1f} MB, of which CPython {sum(path.stat().st_size for path in (SITE / folder).iterdir()) / 1e6:.1f} MB, loaded when it is asked for")


if __name__ == "__main__":
    main()
