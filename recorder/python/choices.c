// SPDX-License-Identifier: MIT
/* The choices of a run under a schedule. The same as core/explore/chooser.cpp, so that a seed means the same on both sides. */
#include "asyncio.h"

#include <stdlib.h>
#include <string.h>

static PyObject *given; /* the alternative at a point, by its number: a dict */
static bool is_random;
static uint64_t state;   /* of the random numbers */
static uint32_t *chosen; /* at each point so far */
static size_t points, capacity;

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t next_random(void) {
    state += 0x9e3779b97f4a7c15u;
    uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

/* Returns what is given for the next point; 0 where nothing is, or what is no alternative. */
static uint32_t given_alternative(uint32_t count) {
    if (!given || PyDict_Size(given) == 0) return 0;
    PyObject *const point = PyLong_FromSize_t(points), *const value = point ? PyDict_GetItem(given, point) : NULL;
    const unsigned long taken = value ? PyLong_AsUnsignedLong(value) : 0;
    PyErr_Clear(); /* one that is too large */
    Py_XDECREF(point);
    return taken < count ? (uint32_t)taken : 0;
}

static void keep(uint32_t taken) {
    if (points == capacity) {
        uint32_t *const grown = realloc(chosen, (capacity * 2 + 256) * sizeof *chosen);
        if (!grown) return;
        chosen = grown;
        capacity = capacity * 2 + 256;
    }
    chosen[points] = taken;
}

static uint32_t choose(unsigned freedom, uint32_t count) {
    const uint32_t taken = is_random ? (uint32_t)(((next_random() >> 32) * count) >> 32) : given_alternative(count);
    keep(taken);
    if (points < capacity) points++;
    record(SPOOL_CHOICE, freedom, count, taken);
    return taken;
}

PyObject *shuffled(unsigned freedom, PyObject *items) {
    PyObject *const list = PySequence_List(items);
    const Py_ssize_t size = list ? PyList_Size(list) : 0;
    if (size < 2) return list;
    PyObject **const left = malloc((size_t)size * sizeof *left);
    PyObject *const result = left ? PyList_New(size) : PyErr_NoMemory();
    for (Py_ssize_t at = 0; result && at < size; at++) left[at] = PyList_GetItem(list, at);
    for (Py_ssize_t at = 0; result && at < size; at++) {
        const size_t rest = (size_t)(size - at), next = rest > 1 ? choose(freedom, (uint32_t)rest) : 0;
        PyObject *const item = left[next];
        memmove(left + next, left + next + 1, (rest - next - 1) * sizeof *left);
        Py_INCREF(item);
        PyList_SetItem(result, at, item);
    }
    free(left);
    Py_DECREF(list);
    return result;
}

static PyObject *module_begin_choices(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *alternatives, *seed;
    if (!PyArg_ParseTuple(arguments, "O!O", &PyDict_Type, &alternatives, &seed)) return NULL;
    is_random = seed != Py_None;
    state = is_random ? PyLong_AsUnsignedLongLongMask(seed) : 0;
    if (PyErr_Occurred()) return NULL;
    Py_XDECREF(given);
    Py_INCREF(alternatives);
    given = alternatives;
    points = 0;
    Py_RETURN_NONE;
}

static PyObject *module_choose(PyObject *module, PyObject *arguments) {
    (void)module;
    unsigned int freedom, count;
    if (!PyArg_ParseTuple(arguments, "II", &freedom, &count)) return NULL;
    return PyLong_FromUnsignedLong(choose(freedom, count));
}

static PyObject *module_shuffled(PyObject *module, PyObject *arguments) {
    (void)module;
    unsigned int freedom;
    PyObject *items;
    if (!PyArg_ParseTuple(arguments, "IO", &freedom, &items)) return NULL;
    return shuffled(freedom, items);
}

static PyObject *module_choices(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    PyObject *const list = PyList_New((Py_ssize_t)points);
    for (size_t at = 0; list && at < points; at++) {
        PyObject *const taken = PyLong_FromUnsignedLong(chosen[at]);
        if (!taken) return Py_DECREF(list), NULL;
        PyList_SetItem(list, (Py_ssize_t)at, taken);
    }
    return list;
}

PyMethodDef choice_functions[] = {{"begin_choices", module_begin_choices, METH_VARARGS, NULL},
                                  {"choose", module_choose, METH_VARARGS, NULL},
                                  {"shuffled", module_shuffled, METH_VARARGS, NULL},
                                  {"choices", module_choices, METH_NOARGS, NULL},
                                  {NULL, NULL, 0, NULL}};
