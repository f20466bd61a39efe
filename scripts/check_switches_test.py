# SPDX-License-Identifier: MIT
"""A switch over the vocabulary of traces names every case."""

import pathlib
import unittest

import check_switches


class CheckSwitches(unittest.TestCase):
    def lines(self, source):
        return [int(each.split(":")[1]) for each in check_switches.violations("core/a.cpp", source)]

    def test_the_tree_has_none_that_ends_in_default(self):
        self.assertEqual(check_switches.check(pathlib.Path(check_switches.__file__).resolve().parent.parent), [])

    def test_a_default_is_found_whatever_the_enum_is_called_by(self):
        for label in ("Kind::step", "trace::Kind::step", "Wait::sleep", "loopscope::trace::Callback::stop", "Named::task"):
            self.assertEqual(self.lines(f"switch (each) {{\n    case {label}: return 1;\n    default: return 2;\n}}"), [3], label)

    def test_a_switch_that_names_all_its_cases_is_fine(self):
        self.assertEqual(self.lines("switch (kind) {\n case Kind::step: break;\n}\nA() = default;"), [])

    def test_other_enums_may_have_a_default(self):
        self.assertEqual(self.lines("switch (each) { case LaneEvent::Kind::end: break; default: break; }"), [])
        self.assertEqual(self.lines("switch (each) { case Place::Kind::end: break; default: break; }"), [])

    def test_switches_inside_each_other_are_told_apart(self):
        inner = "switch (kind) { case Kind::step: switch (c) { case 'a': break; default: break; } }"
        self.assertEqual(self.lines(inner), [])
        outer = "switch (c) { case 'a': { switch (kind) { case Kind::step: break; } break; }\n default: break; }"
        self.assertEqual(self.lines(outer), [])
        both = "switch (c) {\n case 'a': switch (kind) {\n case Kind::step: break;\n default: break; }\n default: break; }"
        self.assertEqual(self.lines(both), [4])

    def test_words_in_texts_and_comments_are_none(self):
        self.assertEqual(self.lines('switch (kind) { case Kind::step: say("default:"); // default: not\n}'), [])


if __name__ == "__main__":
    unittest.main()
