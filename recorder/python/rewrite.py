# SPDX-License-Identifier: MIT
"""Rewrites a module's syntax tree so that each read and each write of a watched global or attribute goes through the recorder.

A read `x` becomes `read(x, SITE)`: the program's own look-up stays, with the errors that it has, and what the call returns is what the
program sees. A write `x = v` becomes `x = wrote(v, SITE)`; what binds a name without an expression of its own, as `for`, `import` and `def`,
is followed by `wrote(x, SITE)`. SITE is a number for the variable and the line. Nothing else changes: not the order of evaluation, not
the lines, not the positions that tracebacks show.

The functions stand among the builtins, under names that no program can say, so that neither the module's globals nor private names of
classes are touched. Not seen: `exec` and `eval` of a text, `globals()["x"]`, a name in a class body that binds it itself.
"""

import ast
import copy

from loopscope_recorder.scopes import Names, Scope, bound_by_import, captured, targets_of_comprehension, type_parameters

PREFIX = "loopscope."  # no identifier begins so


def is_plain(node):
    """Returns whether evaluating an expression again does nothing: a name, or names with dots."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def stored_names(node):
    """Returns the names that a statement's targets bind, in order."""
    return [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)]


class Rewriter(ast.NodeTransformer):
    """Rewrites one module. `sites` numbers the places: `global_site(name, line)`, `attribute_site(name, line)`, and
    `class_site(path, name, line)` for what a class body binds, which is None unless that is watched. `names` are the globals that are
    watched, `attributes` the attributes."""

    def __init__(self, sites, names, attributes):
        self.sites = sites
        self.names = names
        self.attributes = attributes
        self.scope = Scope("module")
        self.path = ()  # names of the classes around, as in __qualname__
        self.seen = set()  # the globals and attributes that were met

    # What is made

    def call(self, function, arguments, place):
        """Returns the call of one of the recorder's functions, at the position of the node that it stands for."""
        made = ast.Call(ast.Name(PREFIX + function, ast.Load()), arguments, [])
        return ast.fix_missing_locations(ast.copy_location(made, place))

    def site(self, name, place):
        self.seen.add(name)
        return ast.Constant(self.sites.global_site(name, place.lineno))

    def attribute_site(self, node):
        self.seen.add(node.attr)
        return ast.Constant(self.sites.attribute_site(node.attr, node.lineno))

    def wrote(self, name, value, place):
        return self.call("wrote", [value, self.site(name, place)], place)

    def note(self, name, place):
        """Returns the statement that says that `name` was bound just now."""
        said = ast.Expr(self.wrote(name, ast.copy_location(ast.Name(name, ast.Load()), place), place))
        return ast.copy_location(said, place)

    def notes(self, names, place):
        return [self.note(name, place) for name in dict.fromkeys(names) if self.watches(name)]

    def attribute_notes(self, target):
        """Returns the statements that say that watched attributes among an assignment's targets were bound, where looking again does nothing."""
        found = [node for node in ast.walk(target) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)]
        return [self.attribute_note(node) for node in found if node.attr in self.attributes and is_plain(node.value)]

    def attribute_note(self, node):
        owner = copy.deepcopy(node.value)
        return ast.copy_location(ast.Expr(self.call("attribute_wrote", [owner, self.attribute_site(node)], node)), node)

    # What is watched

    def watches(self, name):
        """Returns whether `name`, said in this block, is a global that is watched."""
        return self.scope.mangle(name) in self.names and self.scope.is_global(name)

    def watches_attribute(self, node):
        return isinstance(node, ast.Attribute) and node.attr in self.attributes

    # Expressions

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load) and self.watches(node.id):
            return self.call("read", [node, self.site(node.id, node)], node)
        return node

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and self.watches_attribute(node):
            return self.call("attribute_read", [node.value, self.attribute_site(node)], node)
        return node

    def visit_NamedExpr(self, node):
        node.value = self.visit(node.value)
        if self.watches(node.target.id):
            node.value = self.wrote(node.target.id, node.value, node)
        return node

    # Assignments

    def visit_Assign(self, node):
        node.value = self.visit(node.value)
        if len(node.targets) == 1 and self.watches_attribute(node.targets[0]):
            return self.set_attribute(node, node.targets[0])
        node.targets = [self.visit(target) for target in node.targets]
        after = []
        for target in node.targets:
            if isinstance(target, ast.Name) and self.watches(target.id):
                node.value = self.wrote(target.id, node.value, node)
            elif not isinstance(target, ast.Name):
                after += self.notes(stored_names(target), node) + self.attribute_notes(target)
        return [node, *after]

    def set_attribute(self, node, target):
        """Returns `attribute_set(value, owner, SITE)` for `owner.name = value`: in that order, as Python evaluates it."""
        owner = self.visit(target.value)
        return ast.copy_location(ast.Expr(self.call("attribute_set", [node.value, owner, self.attribute_site(target)], node)), node)

    def visit_AnnAssign(self, node):
        if node.value is None:
            return node
        node.value = self.visit(node.value)
        node.target = self.visit(node.target)
        if isinstance(node.target, ast.Name) and self.watches(node.target.id):
            node.value = self.wrote(node.target.id, node.value, node)
        return [node, *self.attribute_notes(node.target)]

    def visit_AugAssign(self, node):
        """Makes `x += v` what it means: x is read, v is evaluated, which may take a while, and then x is written."""
        node.value = self.visit(node.value)
        target, operation = node.target, ast.Name(f"{PREFIX}{type(node.op).__name__}", ast.Load())
        if isinstance(target, ast.Name) and self.watches(target.id):
            read = self.visit_Name(ast.copy_location(ast.Name(target.id, ast.Load()), target))
            result = ast.copy_location(ast.Call(operation, [read, node.value], []), node)
            made = ast.Assign([target], self.wrote(target.id, result, node))
            return ast.fix_missing_locations(ast.copy_location(made, node))
        if self.watches_attribute(target):
            begun = self.call("attribute_take", [self.visit(target.value), self.attribute_site(target)], target)
            made = ast.Expr(self.call("attribute_put", [begun, node.value, operation], node))
            return ast.fix_missing_locations(ast.copy_location(made, node))
        node.target = self.visit(target)
        return node

    def visit_Delete(self, node):
        names = [target.id for target in node.targets if isinstance(target, ast.Name) and self.watches(target.id)]
        self.generic_visit(node)
        return [node, *(ast.copy_location(ast.Expr(self.call("gone", [self.site(name, node)], node)), node) for name in names)]

    # Statements that bind without an expression

    def visit_For(self, node):
        names = stored_names(node.target)
        self.generic_visit(node)
        node.body[:0] = self.notes(names, node) + self.attribute_notes(node.target)
        return node

    visit_AsyncFor = visit_For

    def visit_With(self, node):
        targets = [item.optional_vars for item in node.items if item.optional_vars is not None]
        self.generic_visit(node)
        node.body[:0] = [note for target in targets for note in self.notes(stored_names(target), node) + self.attribute_notes(target)]
        return node

    visit_AsyncWith = visit_With

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        if node.name:
            node.body[:0] = self.notes([node.name], node)
        return node

    def visit_Import(self, node):
        return [node, *self.notes([bound_by_import(alias) for alias in node.names], node)]

    visit_ImportFrom = visit_Import

    def visit_match_case(self, node):
        names = [name for inner in ast.walk(node.pattern) for name in sorted(captured(inner))]
        self.generic_visit(node)
        node.body[:0] = self.notes(names, node.body[0])
        return node

    def visit_TypeAlias(self, node):
        return [node, *self.notes([node.name.id], node)]

    # Blocks

    def visit_FunctionDef(self, node):
        """Rewrites a function's decorators and defaults in the block around it and its body in its own. Annotations stay: under `from
        __future__ import annotations` they are text, made from the tree."""
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        self.visit_defaults(node.args)
        node.body = self.inside(Scope("function", self.scope, Names.of_function(node)), node.body, (node.name, "<locals>"))
        return [node, *self.notes([node.name], node)]

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit_defaults(node.args)
        [node.body] = self.inside(Scope("function", self.scope, Names.of_function(node)), [node.body], ("<lambda>", "<locals>"))
        return node

    def visit_defaults(self, arguments):
        arguments.defaults = [self.visit(default) for default in arguments.defaults]
        arguments.kw_defaults = [default and self.visit(default) for default in arguments.kw_defaults]

    def visit_ClassDef(self, node):
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        node.bases = [self.visit(base) for base in node.bases]
        node.keywords = [self.visit(keyword) for keyword in node.keywords]
        names = Names.of(node.body)
        names.bound |= type_parameters(node)
        made = self.class_notes(node)
        node.body = self.inside(Scope("class", self.scope, names, node.name), node.body, (node.name,))
        return [node, *self.notes([node.name], node), *made]

    def class_notes(self, node):
        """Returns the statements that say what a class body has bound: the class is there only now. The line is the one that bound it."""
        made = []
        for statement in node.body:
            for name in stored_names(statement) if isinstance(statement, (ast.Assign, ast.AnnAssign)) else ():
                site = self.sites.class_site((*self.path, node.name), name, statement.lineno) if name in self.attributes else None
                if site is not None:
                    self.seen.add(name)
                    said = self.call("attribute_wrote", [ast.Name(node.name, ast.Load()), ast.Constant(site)], node)
                    made.append(ast.copy_location(ast.Expr(said), node))
        return [ast.fix_missing_locations(statement) for statement in made]

    def visit_comprehension_block(self, node):
        """Rewrites a comprehension: its first iterable belongs to the block around it."""
        first = node.generators[0]
        iterable = self.visit(first.iter)
        names = Names()
        names.bound = targets_of_comprehension(node)
        first.iter = ast.Constant(None)
        outer, self.scope = self.scope, Scope("comprehension", self.scope, names)
        self.generic_visit(node)
        self.scope = outer
        first.iter = iterable
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_block

    def inside(self, scope, body, path):
        """Returns a block's statements, rewritten in its scope."""
        outer, outer_path = self.scope, self.path
        self.scope, self.path = scope, (*self.path, *path)
        made = []
        for node in body:
            result = self.visit(node)
            made.extend(result if isinstance(result, list) else [result])
        self.scope, self.path = outer, outer_path
        return made


def rewritten(tree, sites, names, attributes):
    """Returns a module's tree, rewritten in place, and which of `names` and `attributes` it has."""
    rewriter = Rewriter(sites, names, attributes)
    tree = rewriter.visit(tree)
    return ast.fix_missing_locations(tree), rewriter.seen
