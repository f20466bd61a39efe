"""`./dev new NAME` in a copy of the tree: the program that it writes is built, listed and run.  own_program_test.py"""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def copy_of_the_tree(folder):
    """Copies what git knows, as it is now."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        source = ROOT / name
        if not source.is_file():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, folder / name)


class OwnProgram(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name) / "loopscope"
        self.tree.mkdir()
        copy_of_the_tree(self.tree)

    def dev(self, *arguments):
        return subprocess.run([self.tree / "dev", *arguments], capture_output=True, text=True, check=False)

    def test_is_written_built_listed_and_run(self):
        written = self.dev("new", "two-requests")
        self.assertEqual(written.returncode, 0, written.stderr)
        self.assertIn("core/scenario/programs/own/two_requests.cpp", written.stderr)
        for storage, output in (("global", "bb\n"), ("contextvar", "ab\n")):
            done = self.dev("run", "run", "two-requests", "--storage", storage)
            self.assertEqual((done.returncode, done.stdout), (0, output), done.stderr)
        self.assertRegex(self.dev("run", "programs").stdout, r"(?m)^two-requests +two requests at once$")
        self.assertIn("two-requests: two requests at once", self.dev("run", "programs", "two-requests").stdout)
        again = self.dev("new", "two-requests")
        self.assertEqual(again.returncode, 1)
        self.assertIn("there is a program 'two-requests' already, in core/scenario/programs/own/two_requests.cpp", again.stderr)


if __name__ == "__main__":
    unittest.main()
