# SPDX-License-Identifier: MIT
"""The variables that --watch names, and their places in the program's modules."""

import ast
import os
import types

from loopscope_recorder import words

GLOBAL = 1  # the number of the storage that is their own; a class attribute is a global by another name
MAIN = "__main__"


class Watched:
    """What --watch names: `NAME` is a global of the script, `A.NAME` of module A, or an attribute of the script's class A, and so on."""

    def __init__(self, names, backend):
        self.specs = dict.fromkeys(names)
        self.backend = backend
        self.handles = {}  # by spec, as soon as the program has such a variable
        self.attributes = {spec.rpartition(".")[2] for spec in self.specs if "." in spec}
        if self.attributes:
            backend.set_resolver(self.resolve)

    def globals_of(self, module):
        """Returns the names of a module's globals that are watched, each with its spec."""
        split = [(spec, *spec.rpartition(".")[::2]) for spec in self.specs]
        return {name: spec for spec, owner, name in split if owner == module or module == MAIN and not owner}

    def handle(self, spec):
        """Returns the backend's handle of a variable."""
        if spec not in self.handles:
            self.handles[spec] = self.backend.watch(spec, GLOBAL)
        return self.handles[spec]

    def spec_of(self, module, path, name):
        """Returns the spec that means attribute `name` of the class `path` of a module, or of the module itself; None if none does."""
        owner = f"{path}." if path else ""
        meant = [f"{module}.{owner}{name}", *([f"{owner}{name}"] if module == MAIN else [])]
        return next((spec for spec in meant if spec in self.specs), None)

    def resolve(self, owner, name):
        """Returns the handle of attribute `name` of a class or module; -1 if it is not watched; -2 less the handle if a class has it from
        another one, which may change."""
        if isinstance(owner, types.ModuleType):
            spec = self.spec_of(vars(owner).get("__name__"), "", name)
            return -1 if spec is None else self.handle(spec)
        has = next((kind for kind in type.__dict__["__mro__"].__get__(owner) if name in vars(kind)), None)
        spec = has and self.spec_of(vars(has).get("__module__"), has.__qualname__, name)
        if spec is None:
            return -1
        return self.handle(spec) if has is owner else -2 - self.handle(spec)

    def may_be_in(self, source):
        """Returns whether a module's source, in bytes, could use anything that is watched."""
        return any(spec.rpartition(".")[2].encode() in source for spec in self.specs)

    def rewrite(self, source, path, module):
        """Returns a module's code, its reads and writes of watched names going through the backend. Raises SyntaxError and ValueError as
        compile does."""
        from loopscope_recorder import rewrite

        tree = compile(source, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        names = self.globals_of(module)
        tree, seen = rewrite.rewritten(tree, Sites(self, path, module, names), set(names), self.attributes)
        if module == MAIN:
            for name in sorted(names.keys() - seen):
                words.say(f"'--watch {name}': {os.path.basename(path)} neither reads nor writes a global of that name.")
                self.specs.pop(name)
        return compile(tree, path, "exec", dont_inherit=True)

    def say_unused(self):
        """Says, at the end, which of the names the program had no use for."""
        for spec in self.specs:
            if spec not in self.handles:
                words.say(f"'--watch {spec}': the program has used no global and no class attribute of that name.")


class Sites:
    """Numbers the places of one module; what rewrite.Rewriter asks for."""

    def __init__(self, watched, path, module, names):
        self.watched = watched
        self.path = path
        self.module = module
        self.names = names

    def global_site(self, name, line):
        return self.watched.backend.site(self.watched.handle(self.names[name]), self.path, line)

    def attribute_site(self, name, line):
        return self.watched.backend.attribute_site(name, self.path, line)

    def class_site(self, path, name, line):
        """Returns the site of what a class body binds; None if that is not watched."""
        if self.watched.spec_of(self.module, ".".join(path), name) is None:
            return None
        return self.attribute_site(name, line)
