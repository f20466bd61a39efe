// SPDX-License-Identifier: MIT
/* What is known of code objects: names, files, and what asyncio's own mean. */
#include "recorder.h"

#include <stdlib.h>
#include <string.h>

static Code **codes; /* a hash table by address; each entry stays where it is */
static uint32_t capacity, count;
static Code *last;       /* that was asked for */
static uint32_t kept;    /* codes there were when dead ones were left out */
static char **libraries; /* paths, each with its last slash */
static size_t library_count;

static uint32_t slot_of(const PyObject *code) {
    return (uint32_t)(((uintptr_t)code >> 4) * 0x9e3779b97f4a7c15u >> 32) & (capacity - 1);
}

static Code **place_of(const PyObject *code) {
    uint32_t at = slot_of(code);
    while (codes[at] && codes[at]->code != code) at = (at + 1) & (capacity - 1);
    return &codes[at];
}

static bool grow(void) {
    if (count * 2 < capacity) return true;
    Code **const old = codes;
    const uint32_t old_capacity = capacity, larger = capacity ? capacity * 2 : 256;
    Code **const made = calloc(larger, sizeof *made);
    if (!made) return false;
    codes = made;
    capacity = larger;
    for (uint32_t at = 0; at < old_capacity; at++)
        if (old[at]) *place_of(old[at]->code) = old[at];
    free(old);
    return true;
}

static bool begins_with(const char *text, const char *beginning) { return !strncmp(text, beginning, strlen(beginning)); }

/* Returns whether a file is the user's: no library's, and no text that was compiled without a file. */
static bool is_users(const char *path) {
    if (path[0] == '<' || strstr(path, "/site-packages/") || strstr(path, "/dist-packages/")) return false;
    for (size_t at = 0; at < library_count; at++)
        if (begins_with(path, libraries[at])) return false;
    return true;
}

bool is_users_file(PyObject *filename) {
    if (lines_mode == LINES_NONE) return false;
    const char *const path = PyUnicode_Check(filename) ? PyUnicode_AsUTF8AndSize(filename, NULL) : NULL;
    if (!path) PyErr_Clear();
    return path && (lines_mode == LINES_ALL ? path[0] != '<' : is_users(path));
}

static void look_at_file(Code *code) {
    PyObject *const filename = PyObject_GetAttr(code->code, name_co_filename);
    const char *const path = filename && PyUnicode_Check(filename) ? PyUnicode_AsUTF8AndSize(filename, NULL) : NULL;
    if (!path) PyErr_Clear();
    code->is_user = path && is_users_file(filename);
    Py_XDECREF(filename);
}

Code *code_of(PyObject *object) {
    if (last && last->code == object) return last;
    if (capacity) {
        Code *const known = *place_of(object);
        if (known) return last = known;
    }
    Code *const code = grow() ? calloc(1, sizeof *code) : NULL;
    if (!code) return NULL;
    Py_INCREF(object);
    code->code = object;
    code->wait = code->future = NO_WAIT;
    look_at_file(code);
    *place_of(object) = code;
    count++;
    return code;
}

uint32_t code_name(Code *code) {
    if (code->name) return code->name;
    PyObject *name = PyObject_GetAttr(code->code, name_co_qualname); /* 3.11 */
    if (!name) {
        PyErr_Clear();
        name = PyObject_GetAttr(code->code, name_co_name);
    }
    if (name && PyUnicode_Check(name)) code->name = number_of_text(name);
    else PyErr_Clear();
    Py_XDECREF(name);
    return code->name;
}

uint32_t code_short_name(Code *code) {
    if (code->short_name) return code->short_name;
    PyObject *const name = PyObject_GetAttr(code->code, name_co_name);
    if (name && PyUnicode_Check(name)) code->short_name = number_of_text(name);
    else PyErr_Clear();
    Py_XDECREF(name);
    return code->short_name;
}

/* Sets a MemoryError where there is no exception yet. */
static bool no_memory(void) {
    if (!PyErr_Occurred()) PyErr_NoMemory();
    return false;
}

bool set_lines(Lines mode, PyObject *paths) {
    const Py_ssize_t size = PyTuple_Size(paths);
    char **const copies = size < 0 ? NULL : calloc((size_t)size + 1, sizeof *copies);
    if (!copies) return no_memory();
    for (Py_ssize_t at = 0; at < size; at++) {
        const char *const path = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(paths, at), NULL);
        if (!path || !(copies[at] = malloc(strlen(path) + 2))) return no_memory();
        strcpy(copies[at], path);
        if (path[0] && path[strlen(path) - 1] != '/') strcat(copies[at], "/");
    }
    libraries = copies;
    library_count = (size_t)size;
    lines_mode = mode;
    for (uint32_t at = 0; at < capacity; at++)
        if (codes[at]) look_at_file(codes[at]);
    if (spool.head) spool.head->flags = (spool.head->flags & ~(uint32_t)SPOOL_LINES) | (mode ? SPOOL_LINES : 0);
    return true;
}

/* Leaves out codes that nobody else has, where many came since that was done: a program that runs again makes those of its exec() anew. */
static void leave_out_dead(void) {
    enum { MANY = 256 };
    if (count < kept + MANY) return;
    Code **const old = codes, **const made = calloc(capacity, sizeof *made);
    if (!made) return;
    codes = made;
    count = 0;
    last = NULL;
    for (uint32_t at = 0; at < capacity; at++) {
        if (!old[at]) continue;
        if (Py_REFCNT(old[at]->code) > 1) {
            *place_of(old[at]->code) = old[at];
            count++;
        } else {
            Py_DECREF(old[at]->code);
            free(old[at]);
        }
    }
    kept = count;
    free(old);
}

void forget_codes(void) {
    leave_out_dead();
    for (uint32_t at = 0; at < capacity; at++)
        if (codes[at]) codes[at]->name = codes[at]->short_name = codes[at]->file = 0;
    forget_files();
}
