# SPDX-License-Identifier: MIT
"""What the recorder tells the user."""

import os


descriptor = 2


def keep_stream():
    """Has sentences go to what standard error is now, whatever becomes of descriptor 2."""
    global descriptor
    descriptor = os.dup(2)


def fall_silent():
    """Has sentences go where descriptor 2 leads again: all has been said."""
    global descriptor
    descriptor = 2


def say(sentence):
    """Writes a sentence to standard error, past whatever the program has made of sys.stderr."""
    try:
        os.write(descriptor, f"loopscope: {sentence}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        pass  # nobody listens
