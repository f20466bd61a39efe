# SPDX-License-Identifier: MIT
"""Stands for the schedule server where tests are explored:  PYTHON relay.py SOCKET LAUNCHER FOLDER [ARGUMENT]...

`loopscope explore` starts it as the Python that runs the launcher. But what the tests need is in the pytest that has started Loopscope. So each line that
comes by FOLDER/schedules goes to SOCKET, where pytest listens, and each answer back. It ends with either of the two."""

import os
import socket
import sys
import threading


def connect(path):
    """Returns a socket that is connected."""
    made = socket.socket(socket.AF_UNIX)
    made.connect(path)
    return made


def hand_on(source, target):
    """Hands on all that comes, and ends the process with it."""
    while True:
        piece = source.recv(1 << 16)
        if not piece:
            os._exit(0)
        target.sendall(piece)


if __name__ == "__main__":
    pytest, loopscope = connect(sys.argv[1]), connect(os.path.join(sys.argv[3], "schedules"))
    threading.Thread(target=hand_on, args=(pytest, loopscope), daemon=True).start()
    hand_on(loopscope, pytest)
