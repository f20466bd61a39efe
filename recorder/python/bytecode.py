# SPDX-License-Identifier: MIT
"""Keeps the bytecode of the recorder's own modules, so that they are compiled once and for all, also where the program's are not to be
(PYTHONDONTWRITEBYTECODE): their folder is Loopscope's, and compiling takes longer than all else that the launcher does."""

import sys
from importlib import machinery


class Loader(machinery.SourceFileLoader):
    """Python's own loader, but willing."""

    def get_code(self, fullname):
        """Returns a module's code, and writes it to __pycache__ where it is not there."""
        unwilling, sys.dont_write_bytecode = sys.dont_write_bytecode, False
        try:
            return super().get_code(fullname)
        finally:
            sys.dont_write_bytecode = unwilling


def keep(folder):
    """Has modules of a folder be loaded so from now on."""
    extensions = machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES
    sys.path_importer_cache[folder] = machinery.FileFinder(folder, extensions, (Loader, machinery.SOURCE_SUFFIXES))
