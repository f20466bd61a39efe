# SPDX-License-Identifier: MIT
"""What happens as modules are imported: those of the program are rewritten where --watch wants it, and after some of libraries hooks are set."""

import importlib.machinery
import importlib.util
import os
import sys


class Finder:
    """Stands first on sys.meta_path, lets the others find a module, and changes how it is loaded: by `after`, functions to call with a
    module that has just been loaded, by name; by `watched`, what is rewritten, or None. `is_users` tells the program's files by their paths. `kept`:
    where the program is run again and again, what is known of its modules, by name, so that they are found and compiled once; else None."""

    def __init__(self, after, watched, is_users, kept=None):
        self.after = after
        self.watched = watched
        self.is_users = is_users
        self.kept = kept

    def find_spec(self, name, path=None, target=None):
        """Returns the spec that the other finders find, with a loader of ours in it, or None if there is nothing to change."""
        if name not in self.after and self.watched is None and self.kept is None:
            return None
        if self.kept and name in self.kept:
            return self.kept[name].spec()
        spec = self.find_elsewhere(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        if name in self.after and hasattr(spec.loader, "exec_module"):
            spec.loader = Announcing(spec.loader, self.after.pop(name))
        elif self.watched is not None:
            source = source_of(spec, self.is_users)
            if source is not None and self.watched.may_be_in(source):
                self.use_rewritten(spec, source)
        if self.kept is not None and self.is_users(spec.origin):
            self.keep_spec(spec)
        return spec

    def keep(self, name, path):
        """Finds a module of the program before it is imported; `path` is its file. Raises what compiling it raises."""
        folder = os.path.dirname(path)
        is_package = os.path.basename(path).startswith("__init__.")
        place = os.path.dirname(folder) if is_package else folder
        spec = importlib.machinery.PathFinder.find_spec(name, [place])
        if spec is None or spec.origin != path:
            return
        source = source_of(spec, self.is_users) if self.watched is not None else None
        if source is not None and self.watched.may_be_in(source):
            self.use_rewritten(spec, source)
        self.keep_spec(spec)

    def keep_spec(self, spec):
        """Keeps the code of a module of the program, which is compiled for that. One with an error in it is found and fails each time."""
        if not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return
        try:
            code = spec.loader.get_code(spec.name)
        except (SyntaxError, ValueError, OSError):
            return
        spec.loader = SourceFileLoader(spec.loader.name, spec.loader.path)
        spec.loader.code = code
        self.kept[spec.name] = Found(spec)

    def find_elsewhere(self, name, path, target):
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, "find_spec"):
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    return spec
        return None

    def use_rewritten(self, spec, source):
        """Makes a module run its rewritten code. A module with an error in it stays as it is, and fails as it would."""
        try:
            code = self.watched.rewrite(source, spec.origin, spec.name)
        except (SyntaxError, ValueError):
            return
        spec.loader = SourceFileLoader(spec.loader.name, spec.loader.path)
        spec.loader.code = code


class Found:
    """What is known of a module that was found once."""

    def __init__(self, spec):
        self.name = spec.name
        self.origin = spec.origin
        self.loader = spec.loader
        self.folders = spec.submodule_search_locations

    def spec(self):
        """Returns a new spec, which nothing has changed."""
        folders = None if self.folders is None else list(self.folders)
        return importlib.util.spec_from_file_location(self.name, self.origin, loader=self.loader, submodule_search_locations=folders)


def as_found(spec):
    """Gives a module that is to be `__main__` Python's own loader, where the finder gave it ours: as `__main__` it has other names."""
    if type(spec.loader) is SourceFileLoader:
        spec.loader = importlib.machinery.SourceFileLoader(spec.loader.name, spec.loader.path)
    return spec


class SourceFileLoader(importlib.machinery.SourceFileLoader):
    """Python's loader, for a module whose code is there already: nothing is read from __pycache__, and nothing is written there."""

    def get_code(self, fullname):
        return self.code


class Announcing:
    """A loader that puts the module's own in its place again, loads by it, and then calls `then(module)`."""

    def __init__(self, loader, then):
        self.loader = loader
        self.then = then

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.then(module)


def source_of(spec, is_users):
    """Returns the source, in bytes, of a module of the program that is loaded from a file of source; None for every other module."""
    if type(spec.loader) is not importlib.machinery.SourceFileLoader or not is_users(spec.origin):
        return None
    try:
        return spec.loader.get_data(spec.origin)
    except OSError:
        return None
