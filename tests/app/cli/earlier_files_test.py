"""Files that earlier builds wrote, tests/core/format/files, as the commands open them."""

import hashlib
import pathlib
import tempfile

from program import PROGRAMS, Program, is_png, loopscope

FILES = pathlib.Path(__file__).resolve().parents[2] / "core" / "format" / "files"


class EarlierFiles(Program):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def as_csv(self, path):
        done = loopscope("convert", str(path), str(self.folder / "t.csv"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / "t.csv").read_bytes()

    def test_of_each_program_convert_to_what_they_did(self):
        names = {path.stem for path in (FILES / "v1").glob("*.loopscope")}
        self.assertLessEqual(set(PROGRAMS[:13]), names)
        for golden in sorted(FILES.glob("*/*.csv")):
            with self.subTest(file=golden.name):
                self.assertEqual(self.as_csv(golden.with_suffix(".loopscope")), golden.read_bytes())

    def test_that_were_cut_off_convert_to_what_stands_before_the_cut(self):
        for golden in FILES.glob("*/*.sha256"):
            with self.subTest(file=golden.name):
                path = golden.with_name(golden.name.removesuffix(".csv.sha256") + ".loopscope")
                self.assertEqual(hashlib.sha256(self.as_csv(path)).hexdigest(), golden.read_text().split()[0])

    def test_open_with_their_note_and_where_they_were_cut_off(self):
        for name, said in (("marked", "Note: Look at the second mark"), ("cut", "without an end")):
            with self.subTest(file=name):
                picture = self.folder / f"{name}.png"
                done = loopscope("open", str(FILES / "v1" / f"{name}.loopscope"), "--png", str(picture), "--size", "640x360")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(said, done.stderr)
                self.assertTrue(is_png(picture))
