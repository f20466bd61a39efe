"""What the recorder tells the user."""

import os


def say(sentence):
    """Writes a sentence to standard error, past whatever the program has made of sys.stderr."""
    try:
        os.write(2, f"loopscope: {sentence}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        pass  # nobody listens
