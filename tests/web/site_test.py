#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The site, its editor, and programs that run in it, in headless Chromium: site_test.py FOLDER, which `./dev web --site` makes

A server of this test's own serves it, of this machine alone. Pictures are left in build/web/pictures.
"""

import functools
import html.parser
import http.server
import json
import pathlib
import re
import sys
import threading
import unittest
import urllib.parse

sys.path.append(str(pathlib.Path(__file__).resolve().parent))
import chromium
from chromium import CONTROL

SITE = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "web" / "pictures"
POST = (ROOT / "tests" / "recorder" / "programs" / "indication_global.py").read_text(encoding="utf-8")
ENDLESS = "import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n    print('it begins')\n    while True:\n        pass\n\nasyncio.run(main())\n"
WRONG = "import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n    raise ValueError('it is wrong')\n\nasyncio.run(main())\n"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as any server of static files does, and says nothing."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}

    def log_message(self, *_):
        pass


class Links(html.parser.HTMLParser):
    """Finds what a page refers to."""

    def __init__(self):
        super().__init__()
        self.found, self.ids = [], set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.found.append(value)
            elif name == "id":
                self.ids.add(value)


class Files(unittest.TestCase):
    """What needs no browser."""

    def setUp(self):
        self.text = (SITE / "index.html").read_text(encoding="utf-8")
        self.parts = json.loads(re.search(r'id="site-parts">(.*?)</script>', self.text, re.DOTALL)[1])

    def test_each_link_leads_somewhere(self):
        links = Links()
        links.feed(self.text)
        begun = set()
        for each in links.found:
            where = urllib.parse.urlsplit(each)
            if where.scheme == "data":
                continue
            self.assertEqual(where.netloc, "", f"{each} leads to another machine")
            if where.path:
                self.assertTrue((SITE / where.path).is_file(), each)
            elif where.fragment.startswith("begin="):
                begun.add(where.fragment.removeprefix("begin="))
            else:
                self.assertIn(where.fragment, links.ids, each)
        offered = {each["name"] for group in self.parts["beginnings"] for each in group["all"]}
        self.assertEqual(begun, offered)
        self.assertEqual({path.stem for path in (SITE / "data").iterdir()}, offered)
        self.assertGreaterEqual(len([each for each in offered if each.startswith("lesson-")]), 6)
        self.assertGreaterEqual(len([each for each in offered if not each.startswith("lesson-")]), 5)

    def test_what_the_editor_loads_is_there(self):
        for name in ("worker", "recorder", "editor", "notices"):
            self.assertTrue((SITE / self.parts[name]).is_file(), name)
        for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
            self.assertTrue((SITE / self.parts["folder"] / name).is_file(), name)

    def test_what_one_begins_with_is_small_and_whole(self):
        lessons = {path.stem for path in (ROOT / "assets" / "lessons").glob("*.md")}
        self.assertEqual({path.stem.removeprefix("lesson-") for path in (SITE / "data").glob("lesson-*")}, lessons)
        for path in (SITE / "data").iterdir():
            self.assertLess(path.stat().st_size, 20_000, path.name)
            found = json.loads(path.read_text(encoding="utf-8"))
            compile(found["program"]["text"], path.name, "exec")
            self.assertTrue(found["title"] and found["summary"], path.name)


class Editor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.url = f"http://127.0.0.1:{cls.server.server_port}/index.html"
        cls.browser = chromium.Chromium()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__(None, None, None)
        cls.server.shutdown()

    def open(self, link="", wide=1600):
        return self.browser.open(self.url + link, wide, 900)

    def status(self, page):
        return page.evaluate("document.getElementById('status').innerText")

    def insert(self, page, text):
        """Types a text in the place of the one that is in the editor."""
        page.evaluate("document.querySelector('.cm-content').focus()")
        page.call("Input.dispatchKeyEvent", type="rawKeyDown", code="KeyA", key="a", modifiers=CONTROL, windowsVirtualKeyCode=65)
        page.call("Input.dispatchKeyEvent", type="keyUp", code="KeyA", key="a", modifiers=CONTROL)
        page.call("Input.insertText", text=text)
        self.assertEqual(page.evaluate("page.python.text()"), text)

    def begin(self, text):
        """Opens the editor, and types a program."""
        page = self.open()
        page.evaluate("document.getElementById('program').click()")
        page.until("page.python.text()", "the program that one begins with")
        self.insert(page, text)
        return page

    def run_it(self, page):
        """Presses Run, and waits until the program has ended and is shown."""
        page.evaluate("document.getElementById('run').click()")
        self.ended(page)

    def ended(self, page):
        page.until("document.getElementById('stop').disabled && /ended|[Ss]topped|line/.test(document.getElementById('status').innerText)", "the program's end")
        page.settled()

    def printed(self, page):
        return "".join(each["text"] for each in page.state()["prints"])

    def test_the_posts_first_program_is_typed_run_stepped_and_switched(self):
        page = self.begin(POST)
        self.assertEqual(page.evaluate("document.getElementById('watch').placeholder"), "global_symbol")
        self.run_it(page)
        self.assertEqual(page.evaluate("page.python.output()"), "c" * 44)
        self.assertEqual(self.printed(page), "c" * 44)
        self.assertEqual(page.state()["selected"], "global")
        page.picture(PICTURES / "editor.png")
        page.evaluate("document.getElementById('canvas').focus()")
        page.key("KeyP", times=20)  # up to 0.5 s: four at each tenth of one
        self.assertEqual(page.output(), "c" * 20)
        before = page.state()
        page.key("KeyC")  # from here on the context's own value is read
        page.until(f"page.state().run > {before['run']}", "the fork")
        page.settled()
        self.assertGreater(page.state()["at"], before["at"])  # the switch comes after the step that prints
        self.assertRegex(page.state()["forks"][0], r"^\d+:contextvar$")
        self.assertEqual(page.output(), "c" * 20)
        self.assertEqual(page.state()["selected"], "contextvar")
        self.assertEqual(page.state()["prints"][:20], before["prints"][:20])
        self.assertEqual(self.printed(page), "c" * 20 + "0abc" * 6)
        page.key("KeyP", times=4)
        self.assertEqual(page.output(), "c" * 20 + "0abc")
        page.picture(PICTURES / "editor-switched.png")
        page.key("KeyZ", CONTROL)
        self.assertEqual(self.printed(page), "c" * 44)
        self.assertEqual(page.said(), [])

    def test_a_switch_by_its_time_is_the_same(self):
        page = self.begin(POST)
        page.evaluate("document.getElementById('switches').value = '0.5=contextvar'")
        self.run_it(page)
        self.assertEqual(page.evaluate("page.python.output()"), "c" * 20 + "0abc" * 6)

    def test_a_program_without_end_is_stopped(self):
        page = self.begin(ENDLESS)
        page.evaluate("""(() => { page.longest = 0; let last = performance.now();
            const look = () => { const now = performance.now(); page.longest = Math.max(page.longest, now - last); last = now; page.looks = setTimeout(look, 0); };
            look(); })()""")
        page.evaluate("document.getElementById('run').click()")
        page.until("page.python.output().includes('it begins') && page.python.runs.now.bytes > 4096", "its first print, and its records")
        page.evaluate("document.getElementById('stop').click()")
        self.ended(page)
        self.assertEqual(self.status(page), "Stopped.")
        self.assertIn("main", json.dumps(page.state()["prints"]))  # what it had recorded by then is shown
        self.assertLess(page.evaluate("page.longest"), 2000)
        # Left to itself it is stopped as well, and the line is shown where it was.
        page.evaluate("page.python.runs.limit.milliseconds = 1500")
        self.run_it(page)
        self.assertIn("Stopped after 1.5 s", self.status(page))
        self.assertIn("line 7", self.status(page))
        self.assertIn("it begins", self.printed(page))

    def test_a_syntax_error_stands_at_its_line(self):
        page = self.begin("import asyncio\n\nasync def main():\n    x = = 3\n\nasyncio.run(main())\n")
        self.run_it(page)
        self.assertIn("line 4: SyntaxError", self.status(page))
        self.assertIn("Nothing ran on a loop", self.status(page))
        self.assertTrue(page.evaluate("document.querySelector('.cm-lintRange-error')?.closest('.cm-line').innerText.includes('x = = 3')"))
        self.assertEqual(page.state()["program"], "indication")  # the window shows what it showed
        page.picture(PICTURES / "editor-error.png")

    def test_an_exception_stands_at_its_line_and_in_the_trace(self):
        page = self.begin(WRONG)
        self.run_it(page)
        self.assertEqual(self.status(page), "line 5: ValueError: it is wrong")
        self.assertTrue(page.evaluate("document.querySelector('.cm-lintRange-error')?.closest('.cm-line').innerText.includes('raise')"))
        self.assertIn("ValueError: it is wrong", page.evaluate("page.python.output()"))
        self.assertNotIn("fallback", page.evaluate("page.python.output()"))  # no frames of the recorder's

    def test_there_are_no_threads_and_no_network(self):
        page = self.begin("import threading\nthreading.Thread(target=print).start()\n")
        self.run_it(page)
        self.assertIn("line 2: RuntimeError: can't start new thread", self.status(page))
        self.insert(page, "import asyncio\nimport js\n\nasync def main():\n    print(js.fetch, js.XMLHttpRequest)\n\nasyncio.run(main())\n")
        self.run_it(page)
        self.assertEqual(page.evaluate("page.python.output()").split(), ["None", "None"])

    def test_a_link_brings_the_program_back_and_its_fork(self):
        page = self.begin(POST)
        self.run_it(page)
        page.evaluate("document.getElementById('canvas').focus()")
        page.key("KeyP", times=20)
        page.key("KeyC")
        page.until("page.state().selected === 'contextvar'", "the fork")
        page.key("KeyP", times=2)
        page.until("location.hash.includes('fork=')", "the link")
        link, there = page.link(), page.state()
        self.assertLess(len(link), 1200)
        again = self.open(link)
        again.until("page.python.text().length > 100", "the program")
        self.assertEqual(again.evaluate("page.python.text()"), POST)
        self.run_it(again)
        self.assertEqual(again.state()["at"], there["at"])
        self.assertEqual(again.state()["prints"], there["prints"])
        self.assertEqual(again.state()["forks"], there["forks"])

    def test_each_beginning_runs(self):
        page = self.open()
        page.evaluate("document.getElementById('program').click()")
        for path in sorted((SITE / "data").iterdir()):
            with self.subTest(path.stem):
                page.evaluate(f"(() => {{ const select = document.getElementById('begin'); select.value = {json.dumps(path.stem)}; select.dispatchEvent(new Event('change')); }})()")
                text = json.loads(path.read_text(encoding="utf-8"))["program"]["text"]
                page.until(f"page.python.text() === {json.dumps(text)}", path.stem)
                page.settled()
                if path.stem.startswith("lesson-"):
                    page.until(f"page.state().lesson === {json.dumps(path.stem.removeprefix('lesson-'))}", "the lesson")
                self.run_it(page)
                self.assertTrue(page.state()["prints"], path.stem)
                self.assertIn("ended", self.status(page))

    def test_a_lesson_begins_by_its_link(self):
        page = self.open("#begin=lesson-global")
        self.assertEqual(page.state()["lesson"], "global")
        page.until("page.python.text().includes('global_symbol')", "its program")
        page.picture(PICTURES / "editor-lesson.png")

    def test_a_page_that_is_exported_has_no_editor(self):
        page = self.open()
        self.assertNotIn("site-parts", page.evaluate("Module.emptyPage"))
        self.assertFalse(page.evaluate("Boolean(performance.getEntriesByType('resource').find(each => each.name.includes('pyodide')))"))  # loaded when asked for

    def test_it_has_room_on_a_small_screen(self):
        page = self.open("#begin=post", wide=800)
        page.until("page.python.text()", "the program")
        page.picture(PICTURES / "editor-small.png")
        self.assertGreater(page.evaluate("document.getElementById('canvas').clientHeight"), 300)


if __name__ == "__main__":
    if chromium.PROGRAM is None:
        print("skipped: there is no Chromium here")
        sys.exit(77)
    PICTURES.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
