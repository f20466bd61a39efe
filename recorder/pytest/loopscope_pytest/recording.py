# SPDX-License-Identifier: MIT
"""The recorder in this process: its hooks, which are set once, and one spool, in which each test begins anew."""

import os
import shutil
import struct
import sys
import tempfile
import types

import pytest

HEAD_BYTES, RECORD_BYTES = 4096, 16  # of a spool: recorder/spool.h
EXCEPTION = 1  # how a run ends: core/trace/kinds.def


def copy_spool(spool, path):
    """Copies what a spool has, which its writer will write over."""
    with open(spool, "rb") as source, open(path, "wb") as copy:
        head = source.read(HEAD_BYTES)
        copy.write(head + source.read(records_of(head) * RECORD_BYTES))


def records_of(head):
    """Returns how many records a spool has whose head this is."""
    return struct.unpack_from("=Q", head, 8)[0]


class Recorder:
    """Records what runs on asyncio's loops, from `begin` to `keep` or `drop`. The recorder's own files are the program's (executable.py)."""

    def __init__(self, executable):
        self.folder = tempfile.mkdtemp(prefix="loopscope-pytest-")
        package = types.ModuleType("loopscope_recorder")
        package.__path__ = [executable.recorder_folder(self.folder)]
        sys.modules["loopscope_recorder"] = package
        from loopscope_recorder import options, recorder

        streams = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = None  # what pytest itself prints is no test's output
        try:
            recorder.begin(options.parse([self.folder, "pytest"]))
        finally:
            sys.stdout, sys.stderr = streams
        self.module = recorder
        self.backend = recorder.Recording.backend
        if not hasattr(self.backend, "restart"):
            raise pytest.UsageError("--loopscope needs the recorder's C extension, which this Python does not load")
        self.streams = {}
        self.records = self.stands = False
        self.run = ""  # which of a test's runs this is
        self.drop()

    def begin(self):
        """Begins to record, with nothing recorded yet."""
        self.backend.restart()
        self.records, self.stands, self.run = True, False, ""

    def begin_run(self, name):
        """Begins anew within a test that runs several times, if anything is recorded."""
        if self.records:
            self.begin()
            self.run = name

    def stand_still(self):
        """Records nothing more of a test: what was recorded last is what is to be seen."""
        if self.records and self.run and not self.stands:
            self.stands = True
            self.backend.silence()

    def open(self, path):
        """Begins a spool of a forked child's own."""
        said = self.module.Recording.said
        self.backend.open(path, self.module.about(said.argv), self.module.head_flags(said), 0)
        self.backend.forget_variables()

    def keep(self, error):
        """Ends what is recorded, by an exception or None. Returns the path of a spool with it, which is the caller's to remove."""
        said = error.args[0] if error is not None and len(error.args) == 1 and type(error.args[0]) is str else ""
        if not self.stands:
            self.backend.finish(1, type(error).__name__ if error is not None else "", EXCEPTION, said)
        path = os.path.join(self.folder, "kept.spool")
        copy_spool(self.module.spool_path(self.module.Recording.said), path)
        self.drop()
        return path

    def drop(self):
        """Ends what is recorded, and keeps nothing of it."""
        self.records = False
        self.backend.silence()

    def watch_output(self):
        """Records what is written to the streams of this moment: pytest puts others in their place."""
        for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
            if stream is not None and id(stream) not in self.streams:
                self.streams[id(stream)] = stream
                self.backend.output(stream, descriptor)

    def close(self):
        """Removes all that was recorded."""
        self.drop()
        shutil.rmtree(self.folder, ignore_errors=True)
