#!/usr/bin/env python3
"""`loopscope record` as its users meet it, from a shell: record_command_test.py PROGRAM [UNITTEST OPTIONS]

Without a Python that can be recorded it exits with 77, "skipped".
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
sys.path += [str(HERE.parent / "app" / "cli"), str(HERE.parent / "support")]
import program
import pythons
import recordings

PYTHONS = []
PATIENCE = 120
ONLY_C = "c" * 44
LOOP = "import asyncio\nasyncio.run(asyncio.sleep(0))\n"
# Waits for its end, having said that it runs.
WAITS = "import asyncio, sys\nasync def main():\n    print('runs', flush=True)\n    await asyncio.sleep(60)\nasyncio.run(main())\n"


class Record(program.InSession):
    def setUp(self):
        super().setUp()
        self.environment["PYTHONWARNINGS"] = "ignore"

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def command(self, *arguments, python=True):
        options = ["--python", PYTHONS[0]] if python is True else ["--python", python] if python else []
        return [program.program_path(), "record", *options, *map(str, arguments)]

    def record(self, *arguments, python=True, **options):
        """Records a program and gives what it did."""
        options = {"cwd": self.folder, "env": self.environment, "stdin": subprocess.DEVNULL, **options}
        return subprocess.run(self.command(*arguments, python=python), capture_output=True, text=True, timeout=PATIENCE, check=False, **options)

    def start(self, *arguments, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
        running = subprocess.Popen(self.command(*arguments), cwd=self.folder, env=self.environment, **options)
        self.addCleanup(running.communicate)
        self.addCleanup(running.kill)
        return running

    def events(self, name):
        """The events of a file, which is sound, without their numbers."""
        text = self.folder / "events.txt"
        done = program.loopscope("convert", str(self.folder / name), str(text))
        self.assertEqual(done.returncode, 0, done.stderr)
        return [line[6:].rstrip() for line in text.read_text().splitlines()]

    def traces(self):
        return sorted(path.name for path in self.folder.glob("*.loopscope"))

    def assert_nothing_left(self):
        self.assertEqual(list(self.session.iterdir()), [])

    def wait_until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, "it did not come")
            time.sleep(0.01)


class Programs(Record):
    def test_of_the_post_print_what_they_print(self):
        for python in PYTHONS:
            with self.subTest(python):
                done = self.record("--virtual", PROGRAMS / "indication_global.py", python=python)
                self.assertEqual((done.stdout, done.returncode), (ONLY_C, 0), done.stderr)
                events = self.events("indication_global.loopscope")
                self.assertEqual(sum("  iteration " in line for line in events), 24)
                self.assertEqual(sum("  print " in line for line in events), 44)

    def test_of_the_post_are_switched_to_another_storage(self):
        for python in PYTHONS:
            with self.subTest(python):
                done = self.record("--virtual", "--watch", "global_symbol", "--switch", "0.5=contextvar", PROGRAMS / "indication_global.py", python=python)
                self.assertEqual(done.stdout, "c" * 20 + "0abc" * 6, done.stderr)
                events = self.events("indication_global.loopscope")
                self.assertEqual(sum("  print_value " in line for line in events), 44)
                self.assertEqual([line.split()[2:] for line in events if "  storage " in line], [["global"], ["contextvar", "for", "variable", "1"]])

    def test_leak_where_a_reader_was_added_in_a_task(self):
        """cpython issue 140947: the second request prints what the task of the first one has set, and no task has made either."""
        for python in PYTHONS:
            with self.subTest(python):
                done = self.record(PROGRAMS / "resumed_reading.py", python=python)
                self.assertEqual((done.stdout, done.returncode), ("ann\nann\n", 0), done.stderr)
                events = self.events("resumed_reading.loopscope")
                first, second = (line.split()[3] for line in events if re.search(r" spawn .*'(Server\.)?answer'", line))
                [written] = [at for at, line in enumerate(events) if "  set  " in line]
                self.assertRegex(events[written], f"task {first}  variable 1 = 'ann'")
                printed = [line for line in events if "  print_value " in line]
                self.assertEqual([line.split()[3] for line in printed], [first, second])
                self.assertTrue(all(f"'ann' written at {written}" in line for line in printed), printed)
                self.assertEqual(sum("  serve " in line for line in events), 3, "two requests and the end of the connection")

    def test_tell_what_the_native_loop_tells(self):
        self.record("--virtual", "--watch", "global_symbol", PROGRAMS / "indication_global.py")
        native = program.loopscope("run", "indication", "--set", "step-cost=0", "--events").stderr.splitlines()
        # At 1 s the deadlines of floats fall apart where those of integers are one.
        tie = "  1.000000000  "
        left_out = re.compile(r"  (begin|variable|storage|file|copy|descriptor|set           no task) ")

        def comparable(lines):
            lines = (re.sub(r"  line \d+$|(?<=written) at \d+", "", line) for line in lines)
            return [line for line in lines if not left_out.search(line) and not line.startswith(tie)]

        recorded = comparable(self.events("indication_global.loopscope"))
        self.assertGreater(len(recorded), 340)
        self.assertEqual(recorded, comparable(line[6:] for line in native if not line.startswith("loopscope:")))

    def test_keep_their_streams_and_exit_code(self):
        script = self.write("app.py", LOOP + "import sys\nprint(sys.stdin.read().upper(), sys.argv[1:])\nprint('told', file=sys.stderr)\nsys.exit(7)\n")
        done = self.record(script, "--lines", "-m", "x", stdin=None, input="words")
        self.assertEqual((done.returncode, done.stdout), (7, "WORDS ['--lines', '-m', 'x']\n"))
        self.assertRegex(done.stderr, r"\Atold\nloopscope: \d+ events are in app.loopscope\n\Z")
        self.assertRegex(self.events("app.loopscope")[-1], r"end +exited 7 'SystemExit'")
        self.assert_nothing_left()

    def test_may_be_modules(self):
        self.write("app.py", LOOP + "import sys\nprint(__name__, sys.argv[1:])\n")
        done = self.record("-m", "app", "one", "--two")
        self.assertEqual((done.returncode, done.stdout), (0, "__main__ ['one', '--two']\n"), done.stderr)
        self.assertEqual(self.traces(), ["app.loopscope"])

    def test_may_be_installed_scripts_whose_first_line_names_their_python(self):
        self.write("tool", f"#!{PYTHONS[-1]}\n" + LOOP + "import sys\nprint(sys.version_info[:2], sys.argv[1:])\n").chmod(0o755)
        path = f"{self.folder}:{os.environ['PATH']}"
        done = self.record("tool", "argument", python=None, env={**self.environment, "PATH": path})
        version = pythons.version_of(PYTHONS[-1])
        self.assertEqual((done.returncode, done.stdout), (0, f"{version} ['argument']\n"), done.stderr)
        self.assertEqual(self.traces(), ["tool.loopscope"])

    def test_are_stored_with_the_texts_of_their_files(self):
        self.write("help.py", "import asyncio\n\n\nasync def rest():\n    await asyncio.sleep(0)\n")
        script = self.write("app.py", "import asyncio\nimport help\n\n\nasync def main():\n    await help.rest()\n\n\nasyncio.run(main())\n")
        self.record(script)
        self.assertTrue(any(re.search(r"file +2 '.*help.py'", line) for line in self.events("app.loopscope")))
        self.assertTrue(any(line.endswith("suspend       task 1  yield  line 5") for line in self.events("app.loopscope")))
        script.unlink()
        drawn = program.loopscope("open", str(self.folder / "app.loopscope"), "--svg", str(self.folder / "app.svg"))
        self.assertEqual(drawn.returncode, 0, drawn.stderr)

    def test_that_they_start_are_recorded_as_well_if_that_is_wanted(self):
        self.write("child.py", LOOP)
        script = self.write("app.py", LOOP + "import subprocess, sys\nsubprocess.run([sys.executable, 'child.py'])\n")
        done = self.record("--children", "-o", "all.loopscope", script)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(self.traces()), 2, done.stderr)
        for name in self.traces():
            self.assertRegex(name, r"\Aall\.\d+\.loopscope\Z")
            self.events(name)

    def test_go_on_when_the_recording_has_reached_its_limit(self):
        script = self.write("app.py", "import asyncio\nasync def main():\n    for _ in range(50000):\n        await asyncio.sleep(0)\n    print('done')\nasyncio.run(main())\n")
        done = self.record("--limit", "200K", script)
        self.assertEqual((done.returncode, done.stdout), (0, "done\n"), done.stderr)
        self.assertIn("the recording ends here, after", done.stderr)
        self.events("app.loopscope")


class Signals(Record):
    def test_go_to_the_program_and_loopscope_ends_after_it(self):
        code = "import asyncio, signal\nasync def main():\n    done = asyncio.Event()\n    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):\n" \
               "        asyncio.get_running_loop().add_signal_handler(number, done.set)\n    print('runs', flush=True)\n    await done.wait()\n" \
               "    print('done')\nasyncio.run(main())\n"
        script = self.write("app.py", code)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                running = self.start(script)
                self.assertEqual(running.stdout.readline(), "runs\n")
                running.send_signal(number)
                out, err = running.communicate(timeout=PATIENCE)
                self.assertEqual((running.returncode, out), (0, "done\n"), err)
                self.events("app.loopscope")

    def test_from_the_terminal_reach_the_program_once(self):
        code = "import asyncio, signal\ncount = 0\ndef note(*_):\n    global count\n    count += 1\nasync def main():\n" \
               "    signal.signal(signal.SIGINT, note)\n    print('runs', flush=True)\n    while not count:\n        await asyncio.sleep(0.01)\n" \
               "    await asyncio.sleep(0.2)\n    print(count)\nasyncio.run(main())\n"
        running, terminal = self.start_at_a_terminal(self.write("app.py", code))
        self.assertEqual(running.stdout.readline(), "runs\n")
        os.write(terminal, b"\x03")
        out, err = running.communicate(timeout=PATIENCE)
        self.assertEqual((running.returncode, out), (0, "1\n"), err)

    def start_at_a_terminal(self, script):
        """Starts a recording whose standard input is a terminal of its own; gives the process, and the terminal's other end."""
        terminal, end = os.openpty()
        self.addCleanup(os.close, terminal)

        def take_terminal():
            os.setsid()
            import fcntl
            import termios

            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        running = self.start(script, stdin=end, preexec_fn=take_terminal)
        os.close(end)
        return running, terminal

    def test_that_kill_the_program_are_its_exit_code(self):
        script = self.write("app.py", "import asyncio, os\nasync def main():\n    os.kill(os.getpid(), 9)\nasyncio.run(main())\n")
        done = self.record(script)
        self.assertEqual(done.returncode, 128 + 9, done.stderr)
        self.assertRegex(self.events("app.loopscope")[-1], r"step +task 1  first")

    def test_that_end_it_by_an_exception_are_its_exit_code(self):
        running = self.start(self.write("app.py", WAITS))
        self.assertEqual(running.stdout.readline(), "runs\n")
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=PATIENCE)
        self.assertEqual(running.returncode, 128 + signal.SIGINT)
        self.assertRegex(self.events("app.loopscope")[-1], r"end .*KeyboardInterrupt|message ")

    def test_that_kill_loopscope_leave_the_program_and_what_was_recorded(self):
        code = "import asyncio, pathlib\nasync def main():\n    print('runs', flush=True)\n    for _ in range(20000):\n        await asyncio.sleep(0)\n" \
               "    while not pathlib.Path('go').exists():\n        await asyncio.sleep(0.01)\n    for _ in range(200000):\n        await asyncio.sleep(0)\n" \
               "    pathlib.Path('done').touch()\nasyncio.run(main())\n"
        running = self.start(self.write("app.py", code))
        growing = self.folder / "app.recording.loopscope"
        self.wait_until(lambda: growing.exists() and growing.stat().st_size > 10000)
        running.kill()
        self.assertEqual(running.wait(), -9)
        self.write("go", "")
        self.wait_until((self.folder / "done").exists)
        self.assertGreater(len(self.events(growing.name)), 1000)


class Refusals(Record):
    def assert_refused(self, sentence, *arguments, code=2, **options):
        done = self.record(*arguments, **options)
        self.assert_one_line(done, code)
        self.assertIn(sentence, done.stderr)
        self.assertEqual(self.traces(), [])
        self.assert_nothing_left()

    def test_name_a_python_that_is_not_there(self):
        script = self.write("app.py", LOOP)
        self.assert_refused("'no-python' was not found; name one with --python", script, python="no-python")
        self.assert_refused("'python3' was not found; name one with --python", script, python=None, env={**self.environment, "PATH": "/nowhere"})

    def test_name_a_script_that_is_not_there(self):
        self.assert_refused("'absent.py' does not exist; name a script, or a module with -m", "absent.py")

    def test_name_a_script_that_is_for_another_interpreter(self):
        (self.folder / "bin").mkdir()
        self.write("bin/tool", "#!/bin/sh\n").chmod(0o755)
        self.assert_refused("is no Python program", "tool", env={**self.environment, "PATH": str(self.folder / "bin")})

    def test_want_a_program(self):
        self.assert_refused("record wants a script, or -m and a module")
        self.assert_refused("-m wants a module", "-m")

    def test_say_that_nothing_ran_on_a_loop(self):
        script = self.write("app.py", "print('no loop')\n")
        done = self.record(script)
        self.assertEqual((done.returncode, done.stdout), (0, "no loop\n"))
        self.assertEqual(done.stderr, "loopscope: nothing ran on an asyncio loop, so there is nothing to show, and no file\n")
        self.assertEqual(self.traces(), [])

    def test_say_that_what_was_started_is_no_python(self):
        done = self.record(self.write("app.py", LOOP), python="true")
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertEqual(done.stderr, "loopscope: what was started as a Python has recorded nothing; name a Python with --python\n")

    def test_name_what_an_option_cannot_be(self):
        script = self.write("app.py", LOOP)
        self.assert_refused("--lines cannot be 'some': it has to be none, user or all", "--lines", "some", script)
        self.assert_refused("--limit cannot be 'much': it has to be a size, such as 500M", "--limit", "much", script)
        self.assert_refused("--switch cannot be '1': it has to be TIME=STORAGE or TIME=NAME:STORAGE", "--switch", "1", script)
        self.assert_refused("cupboard", "--switch", "1=cupboard", script)
        self.assert_refused("its name has to end in .loopscope", "-o", "app.txt", script)
        self.assert_refused("see loopscope --help", "--unknown", script)

    def test_spare_a_file_that_another_loopscope_records(self):
        running = self.start(self.write("app.py", WAITS))
        self.assertEqual(running.stdout.readline(), "runs\n")
        done = self.record("-o", "app.loopscope", self.write("other.py", LOOP))
        running.terminate()  # goes to the program
        self.assertEqual(running.wait(PATIENCE), 128 + signal.SIGTERM)
        self.assert_one_line(done, 1)
        self.assertIn("another Loopscope is recording it", done.stderr)


class Cache(Record):
    def setUp(self):
        super().setUp()
        self.cache = self.folder / "cache"
        self.environment["XDG_CACHE_HOME"] = str(self.cache)
        self.script = self.write("app.py", LOOP)

    def files(self):
        (folder,) = (self.cache / "loopscope").iterdir()
        return {path.name: path for path in folder.iterdir() if path.is_file()}

    def test_is_the_users_alone(self):
        self.assertEqual(self.record(self.script).returncode, 0)
        folder = self.files()["launch.py"].parent
        for each in (folder, folder.parent):
            self.assertEqual(each.stat().st_mode & 0o777, 0o700)

    def test_is_repaired(self):
        self.record(self.script)
        launcher = self.files()["launch.py"]
        whole = launcher.read_bytes()
        launcher.write_bytes(whole[:100])
        self.files()["options.py"].unlink()
        self.assertEqual(self.record(self.script).returncode, 0)
        self.assertEqual(launcher.read_bytes(), whole)
        self.assertIn("options.py", self.files())

    def test_is_not_taken_from_others(self):
        (self.cache / "loopscope").mkdir(parents=True)
        (self.cache / "loopscope").chmod(0o777)
        done = self.record(self.script)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list((self.cache / "loopscope").iterdir()), [])
        self.assert_nothing_left()

    def test_need_not_be_there(self):
        for cache in ("/proc/nowhere", ""):
            done = self.record(self.script, env={**self.environment, "XDG_CACHE_HOME": cache, "HOME": "/proc/nowhere"})
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_nothing_left()


if __name__ == "__main__":
    program.set_program_path(sys.argv.pop(1))
    if not pythons.all_pythons(recordings.OLDEST):
        print(f"No Python from 3.8 on was found {pythons.WHERE}.", file=sys.stderr)
        sys.exit(77)
    PYTHONS = recordings.tested_pythons()
    unittest.main()
