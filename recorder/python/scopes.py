# SPDX-License-Identifier: MIT
"""Which names of a block are globals: the rules of the language reference, section 4.2 (Python/symtable.c), on Python's own syntax trees."""

import ast


class Scope:
    """A block of names: `kind` is module, class, function or comprehension; `outer` is the block around it."""

    def __init__(self, kind, outer=None, names=None, class_name=None):
        self.kind = kind
        self.outer = outer
        self.names = names or Names()
        self.class_name = class_name or (outer.class_name if outer else None)

    def is_global(self, name):
        """Returns whether `name`, said in this block, is the module's. A class that binds a name itself reads it from itself or from the
        module, as it comes: that is no."""
        scope = self
        while scope.outer is not None:
            if scope is self or scope.kind != "class":
                if name in scope.names.declared_global:
                    return True
                if name in scope.names.bound:
                    return False
            scope = scope.outer
        return True

    def mangle(self, name):
        """Returns a name as the compiler makes it in a class, where `__name` is private (Python/compile.c, _Py_Mangle)."""
        owner = (self.class_name or "").lstrip("_")
        if not owner or not name.startswith("__") or name.endswith("__") or "." in name:
            return name
        return f"_{owner}{name}"


class Names(ast.NodeVisitor):
    """The names that a block binds, and those that it declares global. What blocks inside it bind is not its own, but for `:=` in
    comprehensions (PEP 572)."""

    def __init__(self):
        self.bound = set()
        self.declared_global = set()

    @classmethod
    def of(cls, nodes):
        """Returns the names of a block that consists of these nodes."""
        names = cls()
        for node in nodes:
            names.visit(node)
        names.bound -= names.declared_global
        return names

    @classmethod
    def of_function(cls, node):
        """Returns the names of a function or lambda, its parameters included."""
        names = cls.of(node.body if isinstance(node.body, list) else [node.body])
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        names.bound.update(argument.arg for argument in every if argument is not None)
        names.bound.update(type_parameters(node))
        return names

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.bound.add(node.id)

    def visit_Global(self, node):
        self.declared_global.update(node.names)

    def visit_Nonlocal(self, node):
        self.bound.update(node.names)  # a function's around it: no global, whoever binds it

    def visit_alias(self, node):
        self.bound.add(bound_by_import(node))

    def visit_ExceptHandler(self, node):
        if node.name:
            self.bound.add(node.name)
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        self.bound.add(node.name)
        self.visit_all(outside_of_function(node))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit_all(outside_of_function(node))

    def visit_ClassDef(self, node):
        self.bound.add(node.name)
        self.visit_all([*node.decorator_list, *node.bases, *node.keywords])

    def visit_comprehension_block(self, node):
        self.bound.update(inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_block

    def generic_visit(self, node):
        self.bound.update(captured(node))
        super().generic_visit(node)

    def visit_all(self, nodes):
        for node in nodes:
            self.visit(node)


def outside_of_function(node):
    """Returns the parts of a function or lambda that are evaluated in the block around it, annotations left out: they bind nothing."""
    defaults = [*node.args.defaults, *(default for default in node.args.kw_defaults if default is not None)]
    return [*getattr(node, "decorator_list", ()), *defaults]


def bound_by_import(alias):
    """Returns the name that one name of an import statement binds."""
    return alias.asname or alias.name.split(".")[0]


def captured(node):
    """Returns the names that a node binds by a plain string, as patterns of `match` do (3.10)."""
    kind = type(node).__name__
    name = {"MatchAs": "name", "MatchStar": "name", "MatchMapping": "rest"}.get(kind)
    return {getattr(node, name)} - {None} if name else set()


def type_parameters(node):
    """Returns the names of `def f[T]` and `class C[T]` (3.12)."""
    return {parameter.name for parameter in getattr(node, "type_params", ())}


def targets_of_comprehension(node):
    """Returns the names that a comprehension binds for itself."""
    found = (name for generator in node.generators for name in ast.walk(generator.target) if isinstance(name, ast.Name))
    return {name.id for name in found if isinstance(name.ctx, ast.Store)}
