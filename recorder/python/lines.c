// SPDX-License-Identifier: MIT
/* Places in the user's files: which file, which line. */
#include "recorder.h"

#include <stdlib.h>
#include <string.h>

enum { FRAMES = 100 }; /* how far line_of_caller looks: a program that is deeper in libraries has no line there */

Lines lines_mode = LINES_USER;

static uint32_t *files; /* by number of a path's text: the file's number */
static uint32_t capacity, file_count;
static uint32_t said; /* the file that the spool is in */

static PyObject *last_filename; /* of line_in, owned, and its file */
static uint32_t last_file;

void forget_files(void) {
    free(files);
    files = NULL;
    capacity = file_count = said = last_file = 0;
    Py_CLEAR(last_filename);
}

/* Writes that later lines are of a file, where they were not. */
static void say_file(uint32_t file, uint32_t path) {
    if (file == said) return;
    said = file;
    record(SPOOL_FILE, file, path, 0);
}

/* Returns the number of the file that has this path, having written it if it is new; 0 without memory. */
static uint32_t file_at(uint32_t path) {
    if (path >= capacity) {
        const uint32_t larger = path * 2 + 64;
        uint32_t *const grown = realloc(files, larger * sizeof *files);
        if (!grown) return 0;
        for (uint32_t at = capacity; at < larger; at++) grown[at] = 0;
        files = grown;
        capacity = larger;
    }
    if (!files[path]) {
        files[path] = ++file_count;
        say_file(file_count, path);
    }
    return files[path];
}

static uint32_t file_of(PyObject *filename) {
    const uint32_t path = number_of_text(filename);
    return path ? file_at(path) : 0;
}

uint32_t line_in_code(Code *code, int line) {
    if (!recording || line <= 0) return 0;
    if (!code->file) {
        PyObject *const filename = PyObject_GetAttr(code->code, name_co_filename);
        if (filename) code->file = file_of(filename);
        else PyErr_Clear();
        Py_XDECREF(filename);
    }
    if (!code->file) return 0;
    say_file(code->file, 0);
    return (uint32_t)line & 0xffffff;
}

uint32_t line_in(PyObject *filename, int line) {
    if (!recording || line <= 0) return 0;
    if (filename != last_filename) {
        last_file = is_users_file(filename) ? file_of(filename) : 0;
        Py_INCREF(filename);
        Py_XDECREF(last_filename);
        last_filename = filename;
    }
    if (!last_file) return 0;
    say_file(last_file, 0);
    return (uint32_t)line & 0xffffff;
}

/* Returns a frame's code, borrowed from the frame, or NULL with no exception. Before 3.9, which has a function for it, its offset in a frame
   is looked for in the first one. */
static PyObject *code_of_frame(PyObject *frame) {
    static size_t offset;
    if (offset) return *(PyObject **)((char *)frame + offset);
    PyObject *const code = PyFrame_GetCode ? (PyObject *)PyFrame_GetCode((struct _frame *)frame) : PyObject_GetAttr(frame, name_f_code);
    if (!code) PyErr_Clear();
    for (size_t at = sizeof(PyObject); code && !PyFrame_GetCode && at < 12 * sizeof(PyObject *); at += sizeof(PyObject *))
        if (*(PyObject **)((char *)frame + at) == code) offset = at;
    Py_XDECREF(code);
    return code;
}

/* Returns a new reference, or NULL with no exception. */
static PyObject *frame_behind(PyObject *frame) {
    PyObject *const back = PyFrame_GetBack ? (PyObject *)PyFrame_GetBack((struct _frame *)frame) : PyObject_GetAttr(frame, name_f_back);
    if (!back) PyErr_Clear();
    if (back != Py_None) return back;
    Py_DECREF(back);
    return NULL;
}

/* Working a line out takes longer than all else here, so each code keeps some of its last answers. */
int line_of_frame(PyObject *frame, Code *code) {
    if (!PyFrame_GetLasti) return PyFrame_GetLineNumber((struct _frame *)frame);
    const int at = PyFrame_GetLasti((struct _frame *)frame);
    const unsigned place = (unsigned)at / 2 % PLACES; /* instructions have two bytes, and more of caches */
    if (at != code->places[place].at || !code->places[place].line) {
        code->places[place].line = PyFrame_GetLineNumber((struct _frame *)frame);
        code->places[place].at = at;
    }
    return code->places[place].line;
}

/* Returns the line of the innermost frame that is the user's, and sets `*called` to the code of the frame that it has called, or to NULL. */
static uint32_t find_caller(Code **called) {
    *called = NULL;
    if (!recording || lines_mode == LINES_NONE) return 0;
    PyObject *frame = (PyObject *)PyEval_GetFrame();
    Py_XINCREF(frame);
    uint32_t line = 0;
    for (int depth = 0; frame && depth < FRAMES && !line; depth++) {
        PyObject *const object = code_of_frame(frame);
        Code *const code = object ? code_of(object) : NULL;
        if (code && code->is_loop && here.step) break;
        if (code && code->is_user) line = line_in_code(code, line_of_frame(frame, code));
        else *called = code;
        PyObject *const back = line ? NULL : frame_behind(frame);
        Py_DECREF(frame);
        frame = back;
    }
    Py_XDECREF(frame);
    return line;
}

uint32_t line_of_caller(void) {
    Code *called;
    return find_caller(&called);
}

uint32_t line_of_call(uint32_t *call) {
    Code *called;
    const uint32_t line = find_caller(&called);
    if (line && called) *call = code_short_name(called);
    return line;
}

void record_copy(const char *call) {
    uint32_t name = 0;
    const uint32_t line = line_of_call(&name);
    if (!name) name = number_of_utf8(call, (Py_ssize_t)strlen(call));
    record(SPOOL_COPY, 0, name, line);
}
