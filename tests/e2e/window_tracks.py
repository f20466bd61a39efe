"""Traces of other tools: what their files say, stepped, searched and measured."""

import json
import pathlib
import tempfile

from window import HEIGHT, WIDTH, Window

PANELS = (0, 670, WIDTH - 2, HEIGHT - 2)  # DETAILS and WHY
TIMELINE = (0, 60, WIDTH - 2, 650)


def trace():
    """Two threads: `load` with `parse` and `draw` in it on one, `wait` on the other; a flow, a counter and an instant."""
    records = [{"ph": "M", "name": "thread_name", "pid": 1, "tid": tid, "args": {"name": name}} for tid, name in ((1, "main"), (2, "worker"))]
    for tid, name, start, length in ((1, "load", 0, 900), (1, "parse", 100, 300), (1, "draw", 500, 200), (2, "wait", 200, 600)):
        records.append({"ph": "X", "pid": 1, "tid": tid, "ts": start, "dur": length, "name": name, "args": {"url": name + ".html"}})
    records.append({"ph": "s", "pid": 1, "tid": 1, "ts": 150, "id": 1, "cat": "c", "name": "item"})
    records.append({"ph": "f", "bp": "e", "pid": 1, "tid": 2, "ts": 250, "id": 1, "cat": "c", "name": "item"})
    records += [{"ph": "C", "pid": 1, "tid": 1, "ts": 100 * each, "name": "heap", "args": {"used": each}} for each in range(9)]
    records.append({"ph": "i", "s": "t", "pid": 1, "tid": 1, "ts": 800, "name": "paint"})
    return {"traceEvents": records}


class Tracks(Window):
    opens = False

    def open_trace(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        file = pathlib.Path(folder.name) / "trace.json"
        file.write_text(json.dumps(trace()))
        self.start("open", str(file))
        return self.settled()

    def test_arrows_go_from_slice_to_slice_and_say_what_each_is(self):
        opened = self.open_trace()
        steps = [self.press("Right") for _ in range(3)]
        for before, after in zip([opened, *steps], steps):
            self.assertFalse(after.same(before, *PANELS), "nothing else is said of the next slice")
        self.press("Left")
        self.assertEqual(self.press("Left"), steps[0])
        self.assertEqual(self.press("Home"), opened)

    def test_a_click_selects_a_slice_and_is_taken_back(self):
        opened = self.open_trace()
        by_key = self.press("Right")
        self.press("Home")
        self.click((1500, 251))  # load, the first slice that there is
        self.assertTrue(self.settled().same(by_key, *PANELS))
        self.assertTrue(self.press("ctrl+z").same(opened, *PANELS))

    def test_a_search_finds_slices_by_name_and_says_how_many(self):
        self.open_trace()
        self.press("slash")
        self.hold(*"parse")
        before = self.settled()
        found = self.hold("Return")
        self.assertFalse(found.same(before, *PANELS))
        self.assertFalse(found.same(before, *TIMELINE), "it does not say how many there are")

    def test_a_range_says_how_long_slices_of_each_name_took(self):
        before = self.open_trace()
        self.drag((300, 300), (700, 300), modifier="shift")
        self.assertGreater(self.settled().share_of_difference(before), 0.03)

    def test_what_has_no_meaning_here_says_so_and_changes_nothing(self):
        opened = self.open_trace()
        for key in ("space", "1", "2", "l", "t"):
            said = self.press(key)
            self.assertNotEqual(said, opened, f"{key} says nothing")
            self.assertTrue(said.same(opened, *PANELS))
            self.assertEqual(self.press("Home"), opened)
