// SPDX-License-Identifier: MIT
/* The number in the default names of asyncio's tasks, "Task-7", which C counts where Python cannot reach: it is looked for in memory, so that a program
   that runs again has the names again that it had. */
#define _GNU_SOURCE
#include "asyncio.h"

#include <link.h>
#include <stdlib.h>
#include <string.h>

/* A piece of memory that the counter may be in. */
typedef struct {
    uint64_t *words;
    size_t count;
} Memory;

enum { PIECES = 16 };

typedef struct {
    const char *inside; /* an address of the library that is meant */
    Memory pieces[PIECES];
    size_t count;
} Search;

static uint64_t *counter; /* NULL: not found */

/* Adds the writable memory of the library that has the address. Of dl_iterate_phdr: not 0 ends it. */
static int add_writable(struct dl_phdr_info *library, size_t size, void *data) {
    (void)size;
    Search *const search = data;
    bool is_it = false;
    for (int at = 0; at < library->dlpi_phnum; at++) {
        const ElfW(Phdr) *const part = &library->dlpi_phdr[at];
        const char *const begin = (const char *)library->dlpi_addr + part->p_vaddr;
        is_it |= part->p_type == PT_LOAD && search->inside >= begin && search->inside < begin + part->p_memsz;
    }
    for (int at = 0; is_it && at < library->dlpi_phnum && search->count < PIECES; at++) {
        const ElfW(Phdr) *const part = &library->dlpi_phdr[at];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_W)) continue;
        const uintptr_t begin = (library->dlpi_addr + part->p_vaddr + 7) & ~(uintptr_t)7, end = library->dlpi_addr + part->p_vaddr + part->p_memsz;
        search->pieces[search->count++] = (Memory){(uint64_t *)begin, (end - begin) / sizeof(uint64_t)};
    }
    return is_it;
}

/* Finds the memory of _asyncio: from 3.12 on its module's state, before that its static variables, beside the class of tasks. */
static Search memory_of_asyncio(void) {
    Search search = {.count = 0};
    PyObject *const module = PyImport_ImportModule("_asyncio");
    PyModuleDef *const definition = module ? PyModule_GetDef(module) : NULL;
    void *const state = definition ? PyModule_GetState(module) : NULL;
    if (state && definition->m_size > 0) {
        search.pieces[search.count++] = (Memory){state, (size_t)definition->m_size / sizeof(uint64_t)};
    } else if (module && asyncio.task != asyncio.python_task) {
        search.inside = (const char *)asyncio.task;
        dl_iterate_phdr(add_writable, &search);
    }
    PyErr_Clear();
    Py_XDECREF(module);
    return search;
}

/* Makes a task with a default name. Returns the number in it; 0 where it has none. */
static uint64_t number_of_next(PyObject *make) {
    PyObject *const name = PyObject_CallObject(make, NULL);
    const char *const text = name && PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, NULL) : NULL;
    const uint64_t number = text && !strncmp(text, "Task-", 5) ? strtoull(text + 5, NULL, 10) : 0;
    PyErr_Clear();
    Py_XDECREF(name);
    return number;
}

enum { CANDIDATES = 4096 };

/* Fills `found` with the places that hold a number. Returns how many. */
static size_t find_all(const Search *search, uint64_t number, uint64_t **found) {
    size_t count = 0;
    for (size_t piece = 0; piece < search->count; piece++)
        for (size_t at = 0; at < search->pieces[piece].count && count < CANDIDATES; at++)
            if (search->pieces[piece].words[at] == number) found[count++] = &search->pieces[piece].words[at];
    return count;
}

/* learn_task_names(make): `make` makes a task and returns its default name. Returns whether the counter was found: one place has counted with three tasks.
   It is as it was then. */
static PyObject *learn_task_names(PyObject *module, PyObject *make) {
    (void)module;
    static uint64_t *found[CANDIDATES];
    const uint64_t first = number_of_next(make);
    const Search search = memory_of_asyncio();
    size_t count = first ? find_all(&search, first, found) : 0;
    for (uint64_t next = first + 1; count && next <= first + 3; next++) {
        const uint64_t number = number_of_next(make);
        size_t left = 0;
        for (size_t at = 0; at < count; at++)
            if (number == next && *found[at] == next) found[left++] = found[at];
        count = left;
    }
    counter = count == 1 ? found[0] : NULL;
    if (counter) *counter = first - 1;
    return PyBool_FromLong(counter != NULL);
}

/* number_task_names(last): the next default name has the number behind `last`. Returns the number that the last name had; None where the counter is not
   known, or is another thing than it was. */
static PyObject *number_task_names(PyObject *module, PyObject *last) {
    (void)module;
    const unsigned long long wanted = PyLong_AsUnsignedLongLong(last);
    if (PyErr_Occurred()) return NULL;
    if (!counter) Py_RETURN_NONE;
    const uint64_t before = *counter;
    *counter = wanted;
    return PyLong_FromUnsignedLongLong(before);
}

PyMethodDef task_name_functions[] = {{"learn_task_names", learn_task_names, METH_O, NULL},
                                     {"number_task_names", number_task_names, METH_O, NULL},
                                     {NULL, NULL, 0, NULL}};
