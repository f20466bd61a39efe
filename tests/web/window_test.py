#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The window in headless Chromium, driven by keys, mouse and fingers: window_test.py PROGRAM PAGE

Every page is opened from a file, with the network off. Pictures are left in build/web/pictures, to be looked at.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.append(str(pathlib.Path(__file__).resolve().parent))
import chromium
from chromium import CONTROL, SHIFT

PROGRAM, EMPTY = sys.argv[1:3]
ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORDED = """\
import asyncio

shared = None


async def show(name):
    global shared
    shared = name
    await asyncio.sleep(0.01)
    print(shared)


async def main():
    await asyncio.gather(show("a"), show("b"))


asyncio.run(main())
"""
PICTURES = ROOT / "build" / "web" / "pictures"
URL = pathlib.Path(EMPTY).resolve().as_uri()


def run(*arguments):
    """Runs the native program, and fails with what it says where that fails."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Window(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = chromium.Chromium()
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    def open(self, link="", **more):
        page = self.browser.open(URL + link, offline=True, **more)
        self.addCleanup(lambda: self.assertEqual(page.said(), [], "the page has complained"))
        self.addCleanup(lambda: self.assertEqual({each.split("#")[0] for each in page.requests()}, {URL}, "it has asked for something"))
        return page

    def file(self, name):
        return pathlib.Path(self.folder.name) / name

    # --- What is there ---

    def test_it_opens_from_a_file_with_the_network_off(self):
        page = self.open()
        state = page.state()
        self.assertEqual(state["program"], "indication")
        self.assertEqual(page.evaluate("document.title"), "indication – Loopscope")
        page.picture(PICTURES / "start.png")

    def test_at_rest_nothing_is_drawn(self):
        page = self.open()
        frames = page.evaluate("Module._loopscope_frames()")
        time.sleep(1)  # nothing is waited for: nothing is to come
        self.assertEqual(page.evaluate("Module._loopscope_frames()"), frames)

    def test_the_state_of_opengl_is_not_asked_for(self):
        page = self.open()
        page.key("KeyP", times=2)
        asked = page.evaluate("rememberState.asked")
        drawn = page.evaluate("Module._loopscope_frames()")
        page.key("KeyP", times=5)
        self.assertGreater(page.evaluate("Module._loopscope_frames()"), drawn + 5)
        self.assertEqual(page.evaluate("rememberState.asked"), asked)

    # --- Keys ---

    def test_keys_step_switch_fork_and_undo(self):
        page = self.open("#program=indication&storage=global")
        start = page.state()["at"]
        page.key("ArrowRight", times=2)
        self.assertGreater(page.state()["at"], start)
        page.key("ArrowLeft", times=2)
        self.assertEqual(page.state()["at"], start)
        page.key("KeyP", times=8)
        self.assertEqual(page.output(), "cccccccc")
        page.key("KeyC")
        self.assertEqual(page.state()["selected"], "contextvar")
        page.key("KeyP", times=4)
        head = page.state()["head"]
        page.key("KeyP", SHIFT, times=2)
        page.key("KeyG")  # in the past: a fork
        self.assertLess(page.state()["head"], head)
        page.key("KeyZ", CONTROL)
        self.assertEqual(page.state()["head"], head)

    def test_what_browsers_keep_has_other_keys(self):
        page = self.open("#program=indication&theme=dark")
        page.key("F2")
        self.assertEqual(page.state()["theme"], "light")
        self.assertTrue(page.evaluate("document.documentElement.classList.contains('light')"))
        page.picture(PICTURES / "light.png")
        before = page.evaluate("Module._loopscope_frames()")
        page.key("F1")
        self.assertGreater(page.evaluate("Module._loopscope_frames()"), before)
        page.type("Next print")
        page.key("Enter")
        self.assertEqual(page.output(), "c")

    # --- Links ---

    def test_the_link_follows_and_leads_back(self):
        page = self.open("#program=indication&storage=global&at=250&theme=light")
        self.assertEqual(page.state()["at"], 250)
        page.key("KeyC")  # in the past: a fork
        page.key("KeyP", times=3)
        link, state, output = page.link(), page.state(), page.output()
        self.assertIn("switch=250:contextvar", link)
        again = self.open(link)
        self.assertEqual(again.output(), output)
        for each in ("at", "program", "storage", "switches", "theme", "selected"):
            self.assertEqual(again.state()[each], state[each], each)

    def test_a_link_without_meaning_says_so_and_shows_something(self):
        page = self.open("#program=nonsense")
        self.assertIn("nonsense", page.state()["notice"])

    # --- Mouse ---

    def test_the_mouse_zooms_drags_and_clicks(self):
        page = self.open("#program=indication&at=250", width=1280, height=720)
        first = page.evaluate("document.getElementById('canvas').getBoundingClientRect().top")
        page.wheel(600, first + 200, 5)
        page.picture(PICTURES / "zoomed.png")
        page.drag((700, first + 200), (400, first + 200))
        page.key("Digit0")

    # --- Fingers ---

    def test_fingers_tap_drag_and_pinch(self):
        page = self.open("#program=indication&at=250", width=844, height=390, ratio=2, touch=True)
        frames = page.evaluate("Module._loopscope_frames()")
        page.touch("touchStart", (300, 150), (340, 150))
        page.touch("touchMove", (200, 150), (440, 150))
        page.touch("touchEnd")
        pinched = page.evaluate("Module._loopscope_frames()")
        self.assertGreater(pinched, frames)
        page.picture(PICTURES / "pinched.png")
        page.touch("touchStart", (400, 150))
        page.touch("touchMove", (300, 150))
        page.touch("touchMove", (250, 150))
        page.touch("touchEnd")
        self.assertEqual(page.state()["at"], 250)
        self.assertGreater(page.evaluate("Module._loopscope_frames()"), pinched)

    # --- Files ---

    def test_a_trace_is_dropped_and_downloaded(self):
        trace = self.file("dropped.loopscope")
        run("run", "pool-worker", "--storage", "contextvar", "--save", trace)
        page = self.open()
        bytes_ = list(trace.read_bytes())
        page.evaluate(f"""(() => {{
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array({json.dumps(bytes_)})], 'dropped.loopscope'));
            document.getElementById('canvas').dispatchEvent(new DragEvent('drop', {{dataTransfer: transfer, bubbles: true, cancelable: true}}));
        }})()""")
        page.until("page.state()?.program === 'pool-worker'", "the dropped trace")
        page.settled()
        saved = page.evaluate("""new Promise(done => {
            const create = URL.createObjectURL;
            URL.createObjectURL = blob => { blob.arrayBuffer().then(bytes => done(Array.from(new Uint8Array(bytes)))); return create(blob); };
            document.getElementById('download').click();
        })""")
        back = self.file("back.loopscope")
        back.write_bytes(bytes(saved))
        run("convert", back, self.file("back.txt"))
        run("convert", trace, self.file("trace.txt"))
        self.assertEqual(self.file("back.txt").read_text(), self.file("trace.txt").read_text())

    # --- The table ---

    def test_the_table_says_what_is_printed_and_by_whom(self):
        page = self.open("#program=indication&storage=global&at=400")
        rows = page.evaluate("[...document.querySelectorAll('#rows tr')].map(row => [...row.cells].map(cell => cell.innerText))")
        self.assertGreater(len(rows), 3)
        self.assertTrue(any("a leak" in row[5] for row in rows), rows)
        self.assertEqual([row[3] for row in rows[:3]], ["c", "c", "c"])
        self.assertIn("leak", page.evaluate("document.getElementById('counts').innerText"))

    # --- Exploring ---

    def test_exploring_never_blocks_the_page(self):
        page = self.open("#program=equal-deadlines")
        page.evaluate("""(() => { page.longest = 0; let last = performance.now();
            const look = () => { const now = performance.now(); page.longest = Math.max(page.longest, now - last); last = now; page.looks = setTimeout(look, 0); };
            look(); })()""")
        page.key("Digit1")
        page.settled()
        page.picture(PICTURES / "explored.png")
        self.assertLess(page.evaluate("page.longest"), 2000)

    # --- Lessons ---

    def test_a_lesson_plays_to_its_end(self):
        lesson = self.file("lesson.html")
        run("lesson", "global", "--html", lesson)
        page = self.browser.open(lesson.as_uri(), offline=True)
        page.picture(PICTURES / "lesson.png")
        self.assertEqual(page.evaluate("document.getElementById('title').innerText"), "One cell for all")
        for _ in range(80):
            score = page.state()["score"]
            if score["over"]:
                break
            before = (score["answered"], page.evaluate("Module._loopscope_frames()"))
            page.key("Digit1")
            page.key("Enter")
            self.assertNotEqual((page.state()["score"]["answered"], page.evaluate("Module._loopscope_frames()")), before)
        score = page.state()["score"]
        self.assertTrue(score["over"], score)
        self.assertEqual(score["answered"], score["questions"])
        page.picture(PICTURES / "lesson-end.png")
        self.assertEqual(page.said(), [])

    # --- Exported pages ---

    def test_a_run_is_exported_with_its_note_and_can_be_forked(self):
        html = self.file("run.html")
        run("run", "indication", "--html", html, "--note", "Look at 250", "--at", 250)
        page = self.browser.open(html.as_uri(), offline=True)
        self.assertEqual(page.state()["at"], 250)
        self.assertIn("Look at 250", page.evaluate("document.getElementById('note').innerText"))
        page.key("KeyC")
        page.key("KeyP", times=3)
        self.assertEqual(page.state()["selected"], "contextvar")
        self.assertEqual(page.said(), [])

    def test_a_recording_is_exported_and_is_asked_why(self):
        program, html = self.file("app.py"), self.file("recording.html")
        program.write_text(RECORDED, encoding="utf-8")
        run("record", "--watch", "shared", "--html", html, "-o", self.file("app.loopscope"), program)
        page = self.browser.open(html.as_uri(), offline=True)
        self.assertNotIn("program", page.state())  # it is no run of ours
        at = page.state()["at"]
        page.key("KeyL")
        self.assertGreater(page.state()["at"], at)
        self.assertEqual([each["text"] for each in page.state()["prints"] if each.get("leak")], ["b"])
        page.picture(PICTURES / "recording.png")
        page.key("KeyC")  # what cannot be says why
        self.assertIn("recording", page.state()["notice"])

    def test_the_window_exports_the_page_that_it_is_in(self):
        page = self.open("#program=indication&at=250")
        page.evaluate("""(() => { page.exported = null; const create = URL.createObjectURL;
            URL.createObjectURL = blob => { blob.text().then(text => { page.exported = text; }); return create(blob); }; })()""")
        page.key("F1")
        page.type("Export a page")
        page.key("Enter")
        page.key("Enter")
        page.until("page.exported", "the exported page")
        html = self.file("again.html")
        html.write_text(page.evaluate("page.exported"), encoding="utf-8")
        again = self.browser.open(html.as_uri(), offline=True)
        self.assertEqual(again.state()["at"], 250)
        again.key("KeyC")
        self.assertEqual(again.state()["selected"], "contextvar")

    # --- A browser without WebGL 2 ---

    def test_a_sentence_stands_where_webgl_is_missing(self):
        with chromium.Chromium("--disable-3d-apis") as browser:
            page = browser.open(URL, wants_picture=False)
            page.until("document.querySelector('.sorry')", "the sentence")
            self.assertIn("WebGL 2", page.evaluate("document.querySelector('.sorry').innerText"))


if __name__ == "__main__":
    if chromium.PROGRAM is None:
        print("skipped: there is no Chromium here")
        sys.exit(77)
    PICTURES.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
