// SPDX-License-Identifier: MIT
/* The seven storages, and the cells in them. What a task gets from its parent follows core/context/task_dicts.hpp, which follows
   aiotask_context 0.6.1. */
#include "variables.h"

#include <stddef.h>

bool tasks_have_cells;
PyObject *value_copier;

static PyTypeObject *seen_type, *kept_type; /* cells that compare, cells that hold */

/* ---- cells --------------------------------------------------------------------------------------------------------------------- */

static void free_seen(PyObject *self) {
    PyTypeObject *const type = Py_TYPE(self);
    PyObject_Free(self);
    Py_DECREF(type);
}

static void free_kept(PyObject *self) {
    PyTypeObject *const type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_XDECREF(((Cell *)self)->value);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

/* The type is not visited: it lives as long as the process. */
static int traverse_kept(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(((Cell *)self)->value);
    return 0;
}

static int clear_kept(PyObject *self) {
    Py_CLEAR(((Cell *)self)->value);
    return 0;
}

bool make_cells(void) {
    if (kept_type) return true;
    static PyType_Slot seen_slots[] = {{Py_tp_dealloc, free_seen}, {0, NULL}};
    static PyType_Slot kept_slots[] = {{Py_tp_dealloc, free_kept}, {Py_tp_traverse, traverse_kept}, {Py_tp_clear, clear_kept}, {0, NULL}};
    static PyType_Spec seen = {"loopscope.Seen", sizeof(Cell), 0, Py_TPFLAGS_DEFAULT, seen_slots};
    static PyType_Spec kept = {"loopscope.Kept", sizeof(Cell), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, kept_slots};
    seen_type = (PyTypeObject *)PyType_FromSpec(&seen);
    kept_type = seen_type ? (PyTypeObject *)PyType_FromSpec(&kept) : NULL;
    return kept_type != NULL;
}

PyObject *new_cell(const Variable *variable, PyObject *value, uint32_t write, uint32_t text) {
    Cell *const cell = variable->kept ? PyObject_GC_New(Cell, kept_type) : PyObject_New(Cell, seen_type);
    if (!cell) {
        PyErr_Clear();
        return NULL;
    }
    cell->value = value;
    cell->type = Py_TYPE(value);
    cell->write = write;
    cell->text = text;
    if (variable->kept) {
        Py_INCREF(value);
        PyObject_GC_Track(cell);
    }
    return (PyObject *)cell;
}

static PyObject *cells_of_thread(bool make);

/* ---- what a task carries: a tuple of four dicts of cells -------------------------------------------------------------------------- */

enum { ARGUMENT, SHARED, COPY, LAYER, CARRIED }; /* the layer above a LAYER stands in it under None */

static PyObject *carried;      /* dict: number of a task -> its tuple */
static uint32_t last_task;     /* whose tuple was asked for last */
static PyObject *last_carried; /* and that; borrowed */

static PyObject *new_carried(PyObject *argument, PyObject *shared, PyObject *copy, PyObject *layer) {
    PyObject *const made = argument && shared && copy && layer ? PyTuple_Pack(CARRIED, argument, shared, copy, layer) : NULL;
    Py_XDECREF(argument);
    Py_XDECREF(shared);
    Py_XDECREF(copy);
    Py_XDECREF(layer);
    return made;
}

/* Gives a task its tuple. Takes the reference; NULL is an error that is passed over. */
static void give(uint32_t task, PyObject *tuple) {
    PyObject *const number = tuple ? PyLong_FromUnsignedLong(task) : NULL;
    if (!carried) carried = PyDict_New();
    if (!number || !carried || PyDict_SetItem(carried, number, tuple)) PyErr_Clear();
    Py_XDECREF(number);
    Py_XDECREF(tuple);
    last_task = 0;
}

/* Returns what a task carries, borrowed, having made it if need be; NULL without a task. */
static PyObject *carried_by(uint32_t task) {
    if (!task) return NULL;
    if (task == last_task) return last_carried;
    PyObject *const number = PyLong_FromUnsignedLong(task);
    PyObject *tuple = number && carried ? PyDict_GetItemWithError(carried, number) : NULL;
    if (!tuple) {
        PyErr_Clear();
        give(task, new_carried(PyDict_New(), PyDict_New(), PyDict_New(), PyDict_New()));
        tuple = number && carried ? PyDict_GetItemWithError(carried, number) : NULL;
    }
    Py_XDECREF(number);
    last_task = tuple ? task : 0;
    last_carried = tuple;
    return tuple;
}

/* Returns a dict of cells in which each value that can change is a copy: a new reference, or NULL with an exception. */
static PyObject *deep_copy(PyObject *cells) {
    PyObject *const copies = PyDict_Copy(cells);
    if (!copies || !value_copier) return copies;
    PyObject *key, *entry;
    Py_ssize_t at = 0;
    while (PyDict_Next(cells, &at, &key, &entry)) {
        Cell *const cell = (Cell *)entry;
        if (Py_TYPE(cell) != kept_type || PyUnicode_CheckExact(cell->value) || PyLong_CheckExact(cell->value)) continue;
        PyObject *const value = PyObject_CallFunctionObjArgs(value_copier, cell->value, NULL);
        const Variable like = {.kept = true};
        PyObject *const copy = value ? new_cell(&like, value, cell->write, cell->text) : NULL;
        Py_XDECREF(value);
        if (!copy || PyDict_SetItem(copies, key, copy)) PyErr_Clear();
        Py_XDECREF(copy);
    }
    return copies;
}

static PyObject *layer_over(PyObject *above) {
    PyObject *layer = PyDict_New();
    if (layer && PyDict_SetItem(layer, Py_None, above)) Py_CLEAR(layer);
    return layer;
}

void task_is_made(PyObject *task, uint32_t number, PyObject *parent) {
    (void)task;
    if (!tasks_have_cells || !parent) return;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *const from = carried_by(task_number(parent));
    if (from) {
        PyObject *const shared = PyTuple_GetItem(from, SHARED);
        Py_INCREF(shared);
        give(number, new_carried(PyDict_Copy(PyTuple_GetItem(from, ARGUMENT)), shared, deep_copy(PyTuple_GetItem(from, COPY)),
                                 layer_over(PyTuple_GetItem(from, LAYER))));
    }
    PyErr_Restore(type, value, traceback);
}

void task_is_done(PyObject *task, uint32_t number) {
    (void)task;
    if (!carried) return;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *const key = PyLong_FromUnsignedLong(number);
    if (number == last_task) last_task = 0;
    if (!key || PyDict_DelItem(carried, key)) PyErr_Clear();
    Py_XDECREF(key);
    PyErr_Restore(type, value, traceback);
}

void drop_carried(void) {
    PyObject *const cells = cells_of_thread(false);
    last_task = 0;
    if (carried) PyDict_Clear(carried);
    if (cells) PyDict_Clear(cells);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------------------- */

static PyObject *owned(PyObject *borrowed) {
    if (!borrowed) PyErr_Clear();
    Py_XINCREF(borrowed);
    return borrowed;
}

/* Returns the dict of the calling thread's cells, borrowed; NULL without memory. It goes with the thread. */
static PyObject *cells_of_thread(bool make) {
    static PyObject *name;
    if (!name) name = PyUnicode_InternFromString("loopscope.cells");
    PyObject *const state = PyThreadState_GetDict();
    if (!name || !state) return NULL;
    PyObject *cells = PyDict_GetItemWithError(state, name);
    if (!cells && make && (cells = PyDict_New())) {
        if (PyDict_SetItem(state, name, cells)) PyErr_Clear();
        Py_DECREF(cells);
    }
    return cells;
}

/* Returns the cell in the nearest layer that has one, borrowed. */
static PyObject *cell_in_layers(PyObject *layer, PyObject *key) {
    for (; layer; layer = PyDict_GetItemWithError(layer, Py_None)) {
        PyObject *const cell = PyDict_GetItemWithError(layer, key);
        if (cell) return cell;
    }
    return NULL;
}

/* Returns the cell that the running task has in one of the storages of tasks, or what stands for it; borrowed. */
static PyObject *cell_of_task(Variable *variable, Storage storage) {
    PyObject *const all = carried_by(current_task());
    PyObject *cell = NULL;
    if (all && storage == STORAGE_CONTEXT_CHAINMAP) cell = cell_in_layers(PyTuple_GetItem(all, LAYER), variable->key);
    else if (all) {
        const int which = storage == STORAGE_ARGUMENT ? ARGUMENT : storage == STORAGE_CONTEXT_SHARED ? SHARED : COPY;
        cell = PyDict_GetItemWithError(PyTuple_GetItem(all, which), variable->key);
    }
    return cell ? cell : variable->base;
}

PyObject *cell_in(Variable *variable, Storage storage) {
    PyObject *cell = NULL, *cells;
    switch (storage) {
        case STORAGE_GLOBAL: return owned(variable->global);
        case STORAGE_THREAD_LOCAL:
            cells = cells_of_thread(false);
            return owned(cells ? PyDict_GetItemWithError(cells, variable->key) : NULL);
        case STORAGE_CONTEXTVAR:
            if (!variable->shadow) return NULL;
            if (PyContextVar_Get(variable->shadow, NULL, &cell)) PyErr_Clear();
            if (cell == Py_None) Py_CLEAR(cell);
            return cell;
        case STORAGE_ARGUMENT:
        case STORAGE_CONTEXT_SHARED:
        case STORAGE_CONTEXT_COPY:
        case STORAGE_CONTEXT_CHAINMAP: return owned(cell_of_task(variable, storage));
        case STORAGES: break;
    }
    return NULL;
}

/* ---- writing ---------------------------------------------------------------------------------------------------------------------- */

static void put_into(PyObject *cells, PyObject *key, PyObject *cell) {
    if (!cells || (cell ? PyDict_SetItem(cells, key, cell) : PyDict_DelItem(cells, key))) PyErr_Clear();
}

static void put_into_variable(PyObject **place, PyObject *cell) {
    PyObject *const old = *place;
    Py_XINCREF(cell);
    *place = cell;
    Py_XDECREF(old);
}

/* Makes a variable's shadow. It is no variable of the program's: its place has none. */
static bool make_shadow(Variable *variable) {
    variable->shadow = PyContextVar_New("loopscope", NULL);
    bool is_new;
    Place *const place = variable->shadow ? place_of(variable->shadow, NULL, &is_new) : NULL;
    if (place) place->variable = NULL;
    else Py_CLEAR(variable->shadow);
    PyErr_Clear();
    return variable->shadow != NULL;
}

void put_shadow(Variable *variable, PyObject *cell) {
    if (!variable->shadow && !make_shadow(variable)) return;
    PyObject *const token = PyContextVar_Set(variable->shadow, cell ? cell : Py_None);
    if (!token) PyErr_Clear();
    Py_XDECREF(token);
}

static bool is_of_tasks(Storage storage) {
    return storage == STORAGE_ARGUMENT || storage == STORAGE_CONTEXT_SHARED || storage == STORAGE_CONTEXT_COPY ||
           storage == STORAGE_CONTEXT_CHAINMAP;
}

/* What put_cell has put last, into all storages of a variable that is kept. */
static struct {
    const Variable *variable;
    PyObject *cell; /* only compared */
    uint32_t thread, task;
    bool in_step;
    Py_ssize_t places; /* that hold the cell, but for the context */
} last_put;

bool put_again(Variable *variable, PyObject *value, uint32_t write, uint32_t text) {
    Cell *const cell = (Cell *)variable->global;
    if (!cell || last_put.cell != variable->global || last_put.variable != variable || last_put.thread != here.number ||
        last_put.task != current_task() || last_put.in_step != (here.step != NULL) || Py_REFCNT(cell) != last_put.places + 1 || !is_only_in_context(variable->global))
        return false;
    PyObject *const old = cell->value;
    Py_INCREF(value);
    *cell = (Cell){cell->ob_base, value, Py_TYPE(value), write, text};
    Py_XDECREF(old);
    return true;
}

static void note_put(const Variable *variable, PyObject *cell, bool has_tuple) {
    last_put.variable = cell && variable->kind != KIND_CONTEXT_VARIABLE ? variable : NULL;
    last_put.cell = cell;
    last_put.thread = here.number;
    last_put.task = current_task();
    last_put.in_step = here.step != NULL;
    last_put.places = 2 + !here.step + (has_tuple ? CARRIED : 0);
}

void put_cell(Variable *variable, PyObject *cell) {
    const bool all = variable->kept;
    if (all || variable->own == STORAGE_GLOBAL) put_into_variable(&variable->global, cell);
    if (all || variable->own == STORAGE_THREAD_LOCAL) put_into(cells_of_thread(true), variable->key, cell);
    if (all && variable->kind != KIND_CONTEXT_VARIABLE) put_shadow(variable, cell);
    if (!all && !is_of_tasks(variable->own)) return;
    PyObject *const tuple = carried_by(current_task());
    if (!here.step) put_into_variable(&variable->base, cell);
    for (Py_ssize_t which = 0; tuple && which < CARRIED; which++) put_into(PyTuple_GetItem(tuple, which), variable->key, cell);
    if (all) note_put(variable, cell, tuple != NULL);
}
