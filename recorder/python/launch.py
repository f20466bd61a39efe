# SPDX-License-Identifier: MIT
"""Runs a Python program and records it:  PYTHON launch.py FOLDER [OPTION]... SCRIPT [ARGUMENT]...  or  ... [OPTION]... -m MODULE [ARGUMENT]...

FOLDER        where the spool is written, as FOLDER/PID.spool; it exists
--watch NAME                      a global (`NAME` of the script, `MODULE.NAME`) or a class attribute (`CLASS.NAME`, `MODULE.CLASS.NAME`)
--switch TIME=[NAME:]STORAGE      from TIME on, seconds of the loop's clock since the first loop began, reads are answered by STORAGE
--virtual                         the loop's clock jumps to the next deadline
--children                        Python programs that this one starts are recorded too
--lines none|user|all             whose lines are recorded
--limit BYTES                     the spool grows no larger; 0: as large as the disk
--live                            all storages are kept for whoever selects one, and the loop's clock stands while the program is paused
--paused                          the program stands before its first handle until the spool's reader lets it run; children run freely
--schedule SCHEDULE               the program runs under this schedule, such as "ties,12=1", and the loop's clock is a virtual one
--explore                         the program is run again and again, as Loopscope asks by the socket FOLDER/schedules (schedule_server.py)
--fallback                        as if the C extension did not load

What stands behind SCRIPT or MODULE is the program's. Standard streams and exit code are the program's too; where this launcher itself
fails it says one sentence that begins with `loopscope: ` on stderr and exits with 2.

This file is read by every Python, also by those that cannot be recorded, so that it can say so: no syntax of Python 3 here.
"""

import os
import sys


def supported():
    """Returns whether this is CPython 3.8 or later."""
    return sys.version_info >= (3, 8) and sys.implementation.name == "cpython"


def make_package(folder):
    """Makes a package of the folder in which this file is, so that the recorder's modules are not found under plain names, and takes the
    folder off sys.path, where it is the first entry."""
    package = type(sys)("loopscope_recorder")
    package.__path__ = [folder]
    sys.modules["loopscope_recorder"] = package
    if sys.path and os.path.realpath(sys.path[0]) == os.path.realpath(folder):
        del sys.path[0]
        return True
    return False


if __name__ == "__main__":
    if not supported():
        sys.stderr.write("loopscope: %s is not CPython 3.8 or later; name one with --python.\n" % sys.executable)
        sys.exit(2)
    had_path = make_package(os.path.dirname(os.path.abspath(__file__)))
    from loopscope_recorder import bytecode

    bytecode.keep(sys.modules["loopscope_recorder"].__path__[0])
    from loopscope_recorder import program

    program.run(sys.argv[1:], had_path)
