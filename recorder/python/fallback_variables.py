# SPDX-License-Identifier: MIT
"""The variables and their seven storages, in Python: what variables.c and its neighbours do, but for threading.local, which is not recorded."""

import contextvars
import re

from loopscope_recorder.fallback_spool import UNKNOWN, get_ident
from loopscope_recorder.options import STORAGES

VARIABLE, STORAGE, SET, GET, FOUND, DEFAULT, RESET = range(21, 28)
ARGUMENT, GLOBAL, THREAD_LOCAL, SHARED, COPY, CHAINMAP, CONTEXTVAR = range(len(STORAGES))
OF_TASKS = (ARGUMENT, SHARED, COPY, CHAINMAP)
WATCHED, KEY, CONTEXT = range(3)
SELECTED_LATER_AT, SELECTED_AT, MOST_SELECTED, STORAGES = 36, 48, 512, 7  # in Spool_head of recorder/spool.h; of its words, the low byte
MISSING = object()
own_get, own_set, own_reset = contextvars.ContextVar.get, contextvars.ContextVar.set, contextvars.ContextVar.reset


class Variable:
    """A variable. A cell is (value or its address, write, number of its text); only what is kept holds the value itself."""

    def __init__(self, name, kind, own, is_users, kept):
        self.name, self.kind, self.own, self.selected, self.is_users, self.kept = name, kind, own, own, is_users, kept
        self.wish = 0
        self.number = 0
        self.preset = None  # number of its default's text
        self.globally = self.base = None
        self.by_thread = {}
        self.shadow = contextvars.ContextVar("loopscope")


class Carried:
    """What a task carries: four dicts of cells by variable; `layers` begins with its own."""

    def __init__(self, argument, shared, copied, layers):
        self.argument, self.shared, self.copied, self.layers = argument, shared, copied, layers

    def child(self, copy):
        copied = {variable: (copy(cell[0]), *cell[1:]) if variable.kept else cell for variable, cell in self.copied.items()}
        return Carried(dict(self.argument), self.shared, copied, [{}, *self.layers])

    def get(self, variable, storage):
        if storage == CHAINMAP:
            return next((layer[variable] for layer in self.layers if variable in layer), None)
        return (self.argument if storage == ARGUMENT else self.shared if storage == SHARED else self.copied).get(variable)

    def put(self, variable, cell):
        for cells in (self.argument, self.shared, self.copied, self.layers[0]):
            if cell is None:
                cells.pop(variable, None)
            else:
                cells[variable] = cell


class Variables:
    """All variables of this process."""

    def __init__(self, spool):
        self.spool = spool
        self.all = []
        self.known = {}  # by address of a ContextVar: its variable; False for what is none of the program's
        self.number = self.writes = self.forgotten = 0
        self.carried = {}
        self.switches, self.made = [], []
        self.counted, self.handles = [], 0  # switches after so many handles; handles that have run, while there are any
        self.switch_waits, self.first_time = False, None
        self.live = self.watch = self.tasks_have_cells = False
        self.read, self.read_at = None, 0  # what the last get has returned, and how much was gathered then
        self.tasks = None
        self.step_runs = False

    # Switches

    def begin(self, live, switches, watch, whose, copy):
        self.live, self.switches, self.watch, self.whose, self.copy = live, [[*switch, False, False] for switch in switches], watch, whose, copy
        self.switch_waits = bool(switches)

    def before_handle(self, loop):
        """Makes the switches that are due."""
        self.step_runs = True
        now = loop.time()
        if self.first_time is None:
            self.first_time = now
        while self.switches and now - self.first_time >= self.switches[0][0] - 1e-9:
            self.make_switch(self.switches.pop(0))
        self.switch_waits = bool(self.switches)

    def switch_after(self, switches):
        """Has switches be made after so many handles have run: (handles, name or None, storage), in order. To be called before a loop is there."""
        self.counted = [[*switch, False, False] for switch in switches]

    def before_counted_handle(self):
        """Counts a handle that is about to run, having made the switches that are to be made before the first one."""
        self.step_runs = True
        self.make_counted_switches()
        self.handles += 1

    def make_counted_switches(self):
        """Makes the switches that are to be made after as many handles as there were: right behind the last one, before the clock goes on."""
        while self.counted and self.handles >= self.counted[0][0]:
            self.make_switch(self.counted.pop(0))

    def make_switch(self, switch):
        switch[3] = not self.any_is_watched()
        self.made.append(switch)
        for variable in self.all:
            if self.means(switch, variable):
                self.select(variable, switch[2])

    def means(self, switch, variable):
        if switch[1] is None:
            return variable.kind in (WATCHED, KEY) or switch[3] and variable.is_users
        if switch[1] not in (variable.name, variable.name.rpartition(".")[2]):
            return False
        switch[4] = True
        return True

    def select(self, variable, storage):
        if variable.kept and variable.selected != storage:
            variable.selected = storage
            if variable.number:
                self.spool.record(STORAGE, variable.number, storage << 32)

    def follow_wish(self, variable):
        """Selects the storage that the spool's reader wishes, if that is another one than before."""
        wish = self.spool.head[SELECTED_AT + variable.number - 1] if self.spool.recording and 0 < variable.number <= MOST_SELECTED else 0
        if wish != variable.wish:
            variable.wish = wish
            if 0 < wish <= STORAGES:
                self.select(variable, wish - 1)

    def follow_later_wish(self, variable):
        """Selects the storage that the reader wishes for variables that come to be, if it means this one."""
        wish = self.spool.head[SELECTED_LATER_AT]
        is_meant = variable.kind in (WATCHED, KEY) or variable.is_users and not self.any_is_watched()
        if 0 < wish <= STORAGES and is_meant:
            self.select(variable, wish - 1)

    def any_is_watched(self):
        return self.watch or any(variable.kind in (WATCHED, KEY) for variable in self.all)

    def is_kept(self, name, kind, is_users):
        last = name.rpartition(".")[2]
        return self.live or any(
            switch[1] in (name, last) if switch[1] is not None else kind in (WATCHED, KEY) or is_users and not self.watch
            for switch in [*self.switches, *self.counted, *self.made]
        )

    def unused_switches(self):
        return [switch[1] for switch in [*self.switches, *self.made] if switch[1] is not None and not switch[4]]

    # Variables

    def new(self, name, kind, own, is_users=True):
        variable = Variable(name, kind, own, is_users, self.is_kept(name, kind, is_users))
        self.tasks_have_cells |= variable.kept or kind == KEY
        self.all.append(variable)
        self.known[id(variable.shadow)] = False
        for switch in self.made:
            if self.means(switch, variable):
                self.select(variable, switch[2])
        return variable

    def say(self, variable, preset=MISSING):
        if variable.number or not self.spool.recording:
            return
        self.number += 1
        variable.number = self.number
        flags = (variable.kind in (WATCHED, KEY)) << 8 | variable.is_users << 9  # SPOOL_VARIABLE_… of recorder/spool.h
        self.spool.record(VARIABLE, variable.number, self.spool.text(variable.name) | (variable.own | flags) << 32)
        if preset is not MISSING:
            variable.preset = self.spool.value(preset)
            self.spool.record(DEFAULT, variable.number, variable.preset)
        if variable.selected != variable.own:
            self.spool.record(STORAGE, variable.number, variable.selected << 32)
        if self.live:
            self.follow_later_wish(variable)

    def forget(self):
        for variable in self.all:
            variable.number, variable.preset = 0, None
        self.number, self.forgotten = 0, self.writes

    # Cells

    def task_is_made(self, number, parent):
        if parent and self.tasks_have_cells:
            self.carried[number] = self.of_task(parent).child(self.copy)

    def task_is_done(self, number):
        self.carried.pop(number, None)

    def of_task(self, number):
        if number not in self.carried:
            self.carried[number] = Carried({}, {}, {}, [{}])
        return self.carried[number]

    def cell_in(self, variable, storage):
        if storage == GLOBAL:
            return variable.globally
        if storage == THREAD_LOCAL:
            return variable.by_thread.get(self.thread())
        if storage == CONTEXTVAR:
            return own_get(variable.shadow, None)
        task = self.tasks.running()
        cell = self.of_task(task).get(variable, storage) if task else None
        return cell or variable.base

    def thread(self):
        return get_ident()

    def put(self, variable, cell):
        """Puts a cell into all storages of a variable that is kept, into its own of another one; None takes it out."""
        every = variable.kept
        if every or variable.own == GLOBAL:
            variable.globally = cell
        if every:
            variable.by_thread[self.thread()] = cell
        if every or variable.own == CONTEXTVAR:
            own_set(variable.shadow, cell)
        if every or variable.own in OF_TASKS:
            task = self.tasks.running()
            if task:
                self.of_task(task).put(variable, cell)
            elif not self.step_runs:
                variable.base = cell

    # What is recorded

    def set(self, variable, value, line):
        """Records a write, and puts its cell; returns that."""
        self.say(variable)
        text = self.spool.value(value)
        self.writes += 1
        self.spool.record(SET, variable.number, text | line << 32)
        cell = value if variable.kept else id(value), self.writes, text
        self.put(variable, cell)
        return cell

    def get(self, variable, value, cell, is_preset, line):
        """Records a read of `value`, which `cell` tells of if it is the same."""
        write = UNKNOWN
        if cell is not None and cell[1] > self.forgotten and (cell[0] is value if variable.kept else cell[0] == id(value)):
            write = cell[1] - self.forgotten
        else:
            text = self.spool.value(value)
            if is_preset and text == variable.preset:
                write = 0
            else:
                self.spool.record(FOUND, variable.number, text | line << 32)
        self.spool.record(GET, variable.number, write | line << 32)
        self.read, self.read_at = value, len(self.spool.gathered)
        return value

    def find_read(self, text):
        """Returns where a text shows what the last read has returned, as a match of words of their own, if nothing has happened since; else None."""
        if type(self.read) is not str or not self.read or self.read_at != len(self.spool.gathered):
            return None
        return re.search(rf"(?<!\w){re.escape(self.read)}(?!\w)", text)

    def answer(self, variable, value, own_cell, is_preset, line):
        """Returns what a read sees, `value` being what the program's own storage has, MISSING: nothing."""
        self.say(variable, value if is_preset else MISSING)
        if self.live:
            self.follow_wish(variable)
        if variable.selected != variable.own:
            cell = self.cell_in(variable, variable.selected)
            if cell is not None:
                return self.get(variable, cell[0], cell, False, line)
        return value if value is MISSING else self.get(variable, value, own_cell, is_preset, line)


def hook_context_variables(variables, replace_in_type):
    """Hooks ContextVar.get, set and reset in the type's own dict; returns whether that could be done."""
    known, before = variables.known, {}  # by address of a ContextVar: its variable; of a token: (the variable's, cell before)
    spool = variables.spool

    def variable_of(self):
        variable = known.get(id(self))
        if variable is None or variable is not False and variable.name != self.name:
            name = self.name
            is_users = variables.is_kept(name, CONTEXT, True) and variables.whose(self) == 1
            variable = known[id(self)] = variables.new(name, CONTEXT, CONTEXTVAR, is_users)
        return variable

    def get(self, *default):
        """Return a value for the context variable for the current context."""
        variable = known.get(id(self)) or variable_of(self)
        if variable is False or len(default) > 1:
            return own_get(self, *default)
        found = own_get(self, MISSING)
        cell = own_get(variable.shadow, None)
        is_preset = found is MISSING
        if is_preset:
            try:
                found = own_get(self, *default)
            except LookupError:
                found = variables.answer(variable, MISSING, None, False, spool.line_of_caller())
                if found is MISSING:
                    raise
                return found
        return variables.answer(variable, found, cell, is_preset, spool.line_of_caller())

    def set(self, *value):
        """Call to set a new value for the context variable in the current context."""
        token = own_set(self, *value)
        variable = known.get(id(self)) or variable_of(self)
        if variable is not False:
            before[id(token)] = variable, own_get(variable.shadow, None)
            variables.set(variable, value[0], spool.line_of_caller())
        return token

    def reset(self, *token):
        """Reset the context variable."""
        own_reset(self, *token)
        variable, cell = before.get(id(token[0]), (None, None))
        if variable is None or variable is not known.get(id(self)):
            return
        old = token[0].old_value
        if cell is None and old is token[0].MISSING or cell is not None and (cell[0] is old if variable.kept else cell[0] == id(old)):
            spool.record(RESET, variable.number, (cell[1] - variables.forgotten if cell else 0) | spool.line_of_caller() << 32)
            variables.put(variable, cell)

    kind = contextvars.ContextVar
    return all(replace_in_type(kind, function.__name__, function) is not None for function in (get, set, reset))
