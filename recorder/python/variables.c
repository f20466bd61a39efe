// SPDX-License-Identifier: MIT
/* The variables: their numbers, the records of what is written and read, and which storage answers. */
#include "variables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4096 };

bool switch_waits;
bool everything_is_kept;

/* One of --switch, in order of their times. */
typedef struct {
    double time;    /* seconds since the first loop began */
    PyObject *name; /* owned; NULL: no name was said */
    Storage storage;
    bool of_users; /* without a name: also the variables of the user's files, as nothing was watched */
    bool is_used;  /* some variable has that name */
} Switch;

static Switch *switches;
static Py_ssize_t switch_count, switches_made;
static double first_time = NAN; /* of the clock of the first loop, at its first handle */
static bool watch_is_said;

static Variable **variables; /* in order of creation */
static uint32_t variable_count, variable_capacity, last_number;
static uint32_t last_key; /* of all runs: what is left of one is not taken for another's */
static uint32_t last_write, forgotten_writes; /* of all; of those that an earlier spool has */
static PyObject *owner_of;                    /* the launcher's function */

/* ---- switches -------------------------------------------------------------------------------------------------------------------- */

/* Returns whether a name that the user said means a variable: its own, or the part behind its last dot. */
static bool has_name(PyObject *variable, PyObject *name) {
    if (PyUnicode_Compare(variable, name) == 0) return true;
    const Py_ssize_t size = PyUnicode_GetLength(variable);
    const Py_ssize_t dot = PyUnicode_FindChar(variable, '.', 0, size, -1);
    if (dot < 0) return false;
    PyObject *const last = PyUnicode_Substring(variable, dot + 1, size);
    const bool same = last && PyUnicode_Compare(last, name) == 0;
    Py_XDECREF(last);
    return same;
}

static bool is_watched(Kind kind) { return kind == KIND_WATCHED || kind == KIND_KEY; }

static bool means(Switch *one, const Variable *variable) {
    if (!one->name) return is_watched(variable->kind) || (one->of_users && variable->is_users);
    if (!has_name(variable->name, one->name)) return false;
    one->is_used = true;
    return true;
}

static void select_storage(Variable *variable, Storage storage) {
    if (variable->selected == storage || !variable->kept) return;
    variable->selected = storage;
    if (variable->number) record(SPOOL_STORAGE, variable->number, 0, (uint32_t)storage);
}

/* Returns whether a switch that names no variable means the watched ones. */
static bool any_is_watched(void) {
    bool watched = watch_is_said;
    for (uint32_t at = 0; at < variable_count; at++) watched |= is_watched(variables[at]->kind);
    return watched;
}

static void make_switch(Switch *one) {
    one->of_users = !any_is_watched();
    for (uint32_t at = 0; at < variable_count; at++)
        if (means(one, variables[at])) select_storage(variables[at], one->storage);
}

/* Returns what a loop's clock says; NAN with no exception where it does not. */
static double time_of(PyObject *loop) {
    PyObject *const said = PyObject_CallMethod(loop, "time", NULL);
    const double time = said ? PyFloat_AsDouble(said) : NAN;
    Py_XDECREF(said);
    const bool failed = PyErr_Occurred() != NULL;
    if (failed) PyErr_Clear();
    return failed ? NAN : time;
}

void before_handle(PyObject *loop) {
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    const double now = time_of(loop);
    if (isnan(first_time)) first_time = now;
    const double nanosecond = 1e-9; /* a deadline is a sum of floats */
    while (switches_made < switch_count && now - first_time >= switches[switches_made].time - nanosecond)
        make_switch(&switches[switches_made++]);
    switch_waits = switches_made < switch_count;
    PyErr_Restore(type, value, traceback);
}

bool is_to_be_kept(PyObject *name, Kind kind, bool is_users) {
    bool kept = everything_is_kept;
    for (Py_ssize_t at = 0; at < switch_count; at++)
        kept |= switches[at].name ? has_name(name, switches[at].name) : is_watched(kind) || (is_users && !watch_is_said);
    return kept;
}

/* ---- variables ------------------------------------------------------------------------------------------------------------------- */

static bool make_room(void) {
    if (variable_count < variable_capacity) return true;
    const uint32_t larger = variable_capacity ? variable_capacity * 2 : 64;
    Variable **const grown = larger > MOST ? NULL : realloc(variables, larger * sizeof *grown);
    if (!grown) return false;
    variables = grown;
    variable_capacity = larger;
    return true;
}

Variable *new_variable(PyObject *name, Kind kind, Storage own, bool is_users) {
    Variable *const variable = make_room() ? calloc(1, sizeof *variable) : NULL;
    if (!variable) return NULL;
    *variable = (Variable){.kind = kind, .name = name, .own = own, .selected = own, .is_users = is_users};
    variable->key = PyLong_FromUnsignedLong(++last_key);
    if (!variable->key) {
        PyErr_Clear();
        free(variable);
        return NULL;
    }
    Py_INCREF(name);
    variable->kept = is_to_be_kept(name, kind, is_users);
    tasks_have_cells |= variable->kept || kind == KIND_KEY;
    variables[variable_count++] = variable;
    for (Py_ssize_t at = 0; at < switches_made; at++)
        if (means(&switches[at], variable)) select_storage(variable, switches[at].storage);
    return variable;
}

void say_variable(Variable *variable, PyObject *preset) {
    if (variable->number) return;
    variable->number = ++last_number;
    const uint32_t name = number_of_text(variable->name);
    const uint32_t watched = is_watched(variable->kind) ? SPOOL_VARIABLE_WATCHED : 0, users = variable->is_users ? SPOOL_VARIABLE_USERS : 0;
    record(SPOOL_VARIABLE, variable->number, name, (uint32_t)variable->own | watched | users);
    if (preset && (variable->preset = number_of_value(preset))) record(SPOOL_DEFAULT, variable->number, variable->preset, 0);
    if (variable->selected != variable->own) record(SPOOL_STORAGE, variable->number, 0, (uint32_t)variable->selected);
    const uint32_t wish = spool.head ? __atomic_load_n(&spool.head->selected_later, __ATOMIC_ACQUIRE) : 0;
    if (wish && wish <= STORAGES && (watched || (users && !any_is_watched()))) select_storage(variable, (Storage)(wish - 1));
}

uint32_t record_write(Variable *variable, PyObject *value, uint32_t line, uint32_t *text) {
    say_variable(variable, NULL);
    *text = number_of_value(value);
    const uint32_t write = ++last_write;
    record_within(SPOOL_SET, variable->number, *text, line);
    return write;
}

PyObject *record_set(Variable *variable, PyObject *value, uint32_t line) {
    uint32_t text;
    const uint32_t write = record_write(variable, value, line, &text);
    return new_cell(variable, value, write, text);
}

static bool is_atomic(PyObject *value) {
    return PyUnicode_CheckExact(value) || PyLong_CheckExact(value) || PyFloat_CheckExact(value) || PyBytes_CheckExact(value) ||
           PyBool_Check(value) || value == Py_None;
}

/* Returns whether a cell tells who wrote a value. Where a task factory makes deep copies, a copy of what can change has its writer. */
static bool tells(const Variable *variable, const Cell *cell, PyObject *value) {
    if (!cell || cell->write <= forgotten_writes) return false;
    if (cell->value == value) return true;
    return variable->own == STORAGE_CONTEXT_COPY && cell->type == Py_TYPE(value) && !is_atomic(value);
}

void record_get(Variable *variable, PyObject *value, PyObject *cell, bool is_preset, uint32_t line) {
    const Cell *const known = (const Cell *)cell;
    uint32_t write = 0;
    if (tells(variable, known, value)) {
        write = known->write - forgotten_writes;
    } else {
        const uint32_t text = number_of_value(value);
        if (!is_preset || text != variable->preset) {
            record_within(SPOOL_FOUND, variable->number, text, line);
            write = SPOOL_UNKNOWN;
        }
    }
    record_within(SPOOL_GET, variable->number, write, line);
    note_read(value);
}

bool record_known_get(const Variable *variable, const Cell *cell, uint32_t line) {
    if (cell->write <= forgotten_writes || !variable->number) return false;
    record_within(SPOOL_GET, variable->number, cell->write - forgotten_writes, line);
    note_read(cell->value);
    return true;
}

void record_reset(Variable *variable, PyObject *cell, uint32_t line) {
    const uint32_t write = cell ? ((Cell *)cell)->write : 0;
    record_within(SPOOL_RESET, variable->number, write > forgotten_writes ? write - forgotten_writes : 0, line);
}

Storage storage_of(Variable *variable) {
    if (spool.head && variable->number && variable->number <= SPOOL_VARIABLES) {
        const uint8_t wish = __atomic_load_n(&spool.head->selected[variable->number - 1], __ATOMIC_RELAXED);
        if (wish != variable->wish) {
            variable->wish = wish;
            if (wish && wish <= STORAGES) select_storage(variable, (Storage)(wish - 1));
        }
    }
    return variable->selected;
}

PyObject *answer(Variable *variable, PyObject *value, PyObject *own_cell, bool is_preset, uint32_t line) {
    say_variable(variable, is_preset ? value : NULL);
    if (!answers_itself(variable)) {
        PyObject *const cell = cell_in(variable, variable->selected);
        if (cell) {
            PyObject *const seen = ((Cell *)cell)->value;
            Py_XINCREF(seen);
            Py_XDECREF(value);
            record_get(variable, seen, cell, false, line);
            Py_DECREF(cell);
            return seen;
        }
    }
    if (value) record_get(variable, value, own_cell, is_preset, line);
    return value;
}

void forget_variables(void) {
    for (uint32_t at = 0; at < variable_count; at++) variables[at]->number = variables[at]->preset = variables[at]->wish = 0;
    last_number = 0;
    forgotten_writes = last_write;
}

int whose(PyObject *object) {
    if (!owner_of) return 0;
    PyObject *const said = PyObject_CallFunctionObjArgs(owner_of, object, NULL);
    const long owner = said ? PyLong_AsLong(said) : 0;
    Py_XDECREF(said);
    if (PyErr_Occurred()) PyErr_Clear();
    return (int)owner;
}

bool set_switches(PyObject *list, bool watch) {
    switch_count = PyList_Size(list);
    switches = calloc((size_t)switch_count + 1, sizeof *switches);
    if (!switches) return PyErr_NoMemory() != NULL;
    for (Py_ssize_t at = 0; at < switch_count; at++) {
        PyObject *name;
        int storage;
        if (!PyArg_ParseTuple(PyList_GetItem(list, at), "dOi", &switches[at].time, &name, &storage)) return false;
        switches[at].storage = (Storage)storage;
        switches[at].name = name == Py_None ? NULL : name;
        Py_INCREF(name);
    }
    watch_is_said = watch;
    switch_waits = switch_count != 0;
    return true;
}

PyObject *unused_switches(void) {
    PyObject *const names = PyList_New(0);
    for (Py_ssize_t at = 0; names && at < switch_count; at++)
        if (switches[at].name && !switches[at].is_used && PyList_Append(names, switches[at].name)) return NULL;
    return names;
}

void set_owner_of(PyObject *function) {
    Py_INCREF(function);
    owner_of = function;
}

/* ---- for a program that runs again -------------------------------------------------------------------------------------------------- */

/* Empties a variable that stays: what is watched has sites, and aiotask_context's keys are known to the launcher. */
static void empty(Variable *variable) {
    variable->selected = variable->own;
    Py_CLEAR(variable->global);
    Py_CLEAR(variable->base);
    Py_CLEAR(variable->shadow);
}

static void drop(Variable *variable) {
    empty(variable);
    Py_DECREF(variable->name);
    Py_DECREF(variable->key);
    free(variable);
}

void drop_variables(void) {
    forget_variables();
    drop_tokens();
    drop_carried();
    drop_places();
    Variable **const old = variables;
    const uint32_t old_count = variable_count;
    variables = NULL; /* dropping may run code of the program's, which makes others */
    variable_count = variable_capacity = 0;
    for (uint32_t at = 0; at < old_count; at++) {
        if (is_watched(old[at]->kind) && make_room()) empty(variables[variable_count++] = old[at]);
        else drop(old[at]);
    }
    free(old);
    switches_made = 0;
    switch_waits = switch_count != 0;
    first_time = NAN;
}
