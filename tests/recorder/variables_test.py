#!/usr/bin/env python3
"""Tests that what the recorder sees of variables is what happens, and that nobody can tell that it looks: variables_test.py EXTENSION"""

import unittest

import recordings
from recordings import PROGRAMS, every_python, pythons, record, run

CONTEXTVAR, THREAD_LOCAL, GLOBAL = 6, 2, 1
UNKNOWN = 0xFFFFFFFF
FORMS = {"forms.py": (3, 8), "forms_match.py": (3, 10), "forms_typed.py": (3, 12)}

RECORDER = None


class SameAsPlain(unittest.TestCase):
    def compare(self, python, program, *options):
        plain = run([python, program])
        recorded = record(RECORDER, python, *options, program)
        self.assertEqual(recorded.as_plain(), plain.as_plain())
        self.assertEqual(recorded.ours(), [])
        return recorded

    @every_python
    def test_every_form_of_binding_and_reading_a_global(self, python):
        for program, oldest in FORMS.items():
            if pythons.version_of(python) >= oldest:
                recorded = self.compare(python, program, "--watch", "x")
                self.assertGreaterEqual(len(recorded.of("get")), 5, program)
                self.assertGreater(len(recorded.of("set")), 3, program)

    @every_python
    def test_a_module_that_is_run_by_its_name(self, python):
        plain, recorded = run([python, "-m", "forms"]), record(RECORDER, python, "--watch", "x", "-m", "forms")
        self.assertEqual(recorded.as_plain(), plain.as_plain())
        self.assertEqual(recorded.ours(), [])
        self.assertGreater(len(recorded.of("get")), 50)

    @every_python
    def test_a_global_that_is_kept_in_all_storages(self, python):
        self.compare(python, "forms.py", "--watch", "x", "--switch", "1000=contextvar")

    @every_python
    def test_context_variables(self, python):
        self.compare(python, "context_behaviour.py")
        recorded = self.compare(python, "context_behaviour.py", "--switch", "1000=global")
        self.assertIn("loopscope", [each.a for each in recorded.of("variable")])

    @every_python
    def test_without_the_extension(self, python):
        self.compare(python, "forms.py", "--fallback", "--watch", "x")
        self.compare(python, "provenance.py", "--fallback")
        self.compare(python, "class_attribute.py", "--fallback", "--virtual", "--watch", "Context.symbol", "--watch", "Context.count")

    @every_python
    def test_what_values_reach(self, python):
        self.compare(python, "provenance.py")
        self.compare(python, "provenance.py", "--switch", "1000=global")

    @every_python
    def test_thread_locals(self, python):
        self.compare(python, "thread_local.py", "--virtual")
        self.compare(python, "thread_local.py", "--virtual", "--switch", "1000=global")

    @every_python
    def test_class_attributes(self, python):
        self.compare(python, "class_attribute.py", "--virtual", "--watch", "Context.symbol", "--watch", "Context.count")


class Facts(unittest.TestCase):
    def pairs(self, recorded):
        """Returns the value that each read saw, by the record of its writer; None: the default, "?": unknown."""
        writes = [None] + [each.a for each in recorded.of("set")]
        return ["?" if each.a == UNKNOWN else writes[each.a] for each in recorded.of("get")]

    @every_python
    def test_a_context_variable_is_read_with_its_writer(self, python):
        recorded = record(RECORDER, python, "provenance.py")
        said = [line.split()[-1] for line in recorded.out.splitlines()]
        self.assertEqual(self.pairs(recorded), [None if value == "default" else value for value in said])
        self.assertEqual([each.a for each in recorded.of("default")], ["default"])
        [reset] = recorded.of("reset")
        self.assertEqual(reset.a, 1 + [each.a for each in recorded.of("set")].index("w1"))

    @every_python
    def test_reads_and_writes_have_their_lines(self, python):
        recorded = record(RECORDER, python, "provenance.py")
        source = (PROGRAMS / "provenance.py").read_text(encoding="utf-8").splitlines()
        for each in recorded.of("set"):
            self.assertIn(f'variable.set("{each.a}")', source[each.b - 1])
        for each in recorded.of("get"):
            self.assertIn("variable.get()", source[each.b - 1])
        without = record(RECORDER, python, "--lines", "none", "provenance.py")
        self.assertEqual({each.b for each in without.of("set", "get")}, {0})

    @every_python
    def test_a_value_that_c_code_has_set_has_an_unknown_writer(self, python):
        recorded = record(RECORDER, python, "set_by_c.py")
        self.assertEqual(recorded.out, "by Python\nby C\nby Python\n")
        self.assertEqual(self.pairs(recorded), ["by Python", "?", "by Python"])
        self.assertEqual([each.a for each in recorded.of("found")], ["by C"])

    @every_python
    def test_a_global_that_is_set_behind_the_back_has_an_unknown_writer(self, python):
        recorded = record(RECORDER, python, "--watch", "x", "forms.py")
        found = {each.a for each in recorded.of("found")}
        self.assertLessEqual({"exec", "globals()", "module attribute"}, found)
        self.assertFalse(found & {"1", "tuple", "awaited", "walrus", "if", "elif"}, found)

    @every_python
    def test_a_thread_local_has_a_value_for_each_thread(self, python):
        recorded = record(RECORDER, python, "thread_local.py")
        names = [each.a for each in recorded.of("variable")]
        self.assertEqual(sorted(names), ["by_name", "first", "symbol"])
        self.assertEqual({each.b & 0xFF for each in recorded.of("variable")}, {THREAD_LOCAL})
        self.assertNotIn("?", self.pairs(recorded))
        self.assertLessEqual({"c", "thread's", "changed", "initial"}, set(self.pairs(recorded)))

    @every_python
    def test_asyncios_own_thread_locals_are_not_the_programs(self, python):
        recorded = record(RECORDER, python, "indication_global.py", "--virtual")
        self.assertEqual(recorded.of("variable"), [])

    @every_python
    def test_a_class_attribute_is_read_with_its_writer(self, python):
        recorded = record(RECORDER, python, "--virtual", "--watch", "Context.symbol", "--watch", "Context.count", "class_attribute.py")
        self.assertEqual([each.a for each in recorded.of("variable")], ["Context.symbol", "Context.count"])
        self.assertEqual([each.a for each in recorded.of("set")], [".", "0", "0", "a", "b", "c", "1", "2"])
        pairs = self.pairs(recorded)
        self.assertEqual(pairs[:13], ["."] + ["c"] * 12)
        self.assertNotIn("?", pairs)
        self.assertEqual(pairs[13:17], ["c"] * 4)

    @every_python
    def test_the_global_of_another_module(self, python):
        recorded = record(RECORDER, python, "--watch", "package.state.current", "-m", "package")
        self.assertEqual(recorded.out, run([python, "-m", "package"]).out)
        self.assertEqual([each.a for each in recorded.of("set")], ["initial", "changed", "by attribute", "by attribute!"])
        self.assertEqual(self.pairs(recorded), ["initial"] * 2 + ["changed"] * 2 + ["by attribute"] * 3 + ["by attribute!"])

    @every_python
    def test_a_print_of_a_read_value_says_so(self, python):
        recorded = record(RECORDER, python, "--virtual", "--watch", "global_symbol", "indication_global.py")
        printed = [each for each in recorded.of("output") if each.a and each.subject & 0xFF == 1]
        self.assertEqual({each.subject for each in printed}, {0x101})
        self.assertEqual(len(printed), 44)

    @every_python
    def test_a_recorder_keeps_no_value_alive(self, python):
        plain = run([python, "lifetimes.py"])
        recorded = record(RECORDER, python, "--watch", "kept", "lifetimes.py")
        self.assertEqual(recorded.as_plain(), plain.as_plain())


class Sentences(unittest.TestCase):
    @every_python
    def test_a_watched_name_that_is_not_there(self, python):
        recorded = record(RECORDER, python, "--watch", "symbol", "--virtual", "indication_global.py")
        self.assertEqual(recorded.ours(), ["loopscope: '--watch symbol': indication_global.py neither reads nor writes a global of that name."])
        self.assertEqual(recorded.out, "c" * 44)
        recorded = record(RECORDER, python, "--watch", "Context.missing", "--virtual", "class_attribute.py")
        sentence = "loopscope: '--watch Context.missing': the program has used no global and no class attribute of that name."
        self.assertEqual(recorded.ours(), [sentence])

    @every_python
    def test_a_switched_name_that_is_not_there(self, python):
        recorded = record(RECORDER, python, "--switch", "0=nothing:global", "provenance.py")
        self.assertEqual(recorded.ours(), ["loopscope: 'nothing' was not switched: the program has used no variable of that name."])

    @every_python
    def test_a_variable_that_c_code_reads(self, python):
        recorded = record(RECORDER, python, "--switch", "0=decimal_context:global", "decimals.py")
        self.assertEqual(recorded.ours(), ["loopscope: 'decimal_context' cannot be switched: it is read by C code, which does not ask us."])


if __name__ == "__main__":
    RECORDER = recordings.read_arguments()
    unittest.main()
