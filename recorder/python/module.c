/* The module `_loopscope`.

   open(path, about, limit=0)             creates the spool `path`; about: lines of text for its head page; limit: bytes. OSError
   lines(mode, libraries)                 mode: 0 none, 1 the user's files, 2 all; libraries: tuple of folders that are not the user's
   install(samples, replace)              hooks asyncio, which it imports. samples: the module of that name; replace: whether this version's
                                          methods may be replaced. Returns whether they were; RuntimeError
   install_output(stream, descriptor)     records what is written to a text stream, by a `write` on the instance
   virtual_time(seconds)                  from now on the records have this time of a virtual clock, which begins at 0
   job(function)                          what an executor's thread shall call in its stead
   current() -> int                       the running task's number, 0: none
   task(task) -> int                      a task's number, 0: not seen
   count() -> int                         records so far
   finish(code, ending, type, message)    the program is over; type, message: None or str
   stop(why)                              ends the recording; the program goes on

   and what variables.c has. All but `open` and `install` do nothing once nothing is recorded any more, as in a forked child. */
#include "recorder.h"

static PyObject *module_open(PyObject *module, PyObject *arguments) {
    (void)module;
    const char *path, *about;
    unsigned long long limit = 0;
    if (!PyArg_ParseTuple(arguments, "ss|K", &path, &about, &limit)) return NULL;
    if (!open_spool(path, about, limit)) return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    Py_RETURN_NONE;
}

static PyObject *module_lines(PyObject *module, PyObject *arguments) {
    (void)module;
    int mode;
    PyObject *libraries;
    if (!PyArg_ParseTuple(arguments, "iO!", &mode, &PyTuple_Type, &libraries)) return NULL;
    if (!set_lines((Lines)mode, libraries)) return NULL;
    Py_RETURN_NONE;
}

static PyObject *module_virtual_time(PyObject *module, PyObject *seconds) {
    (void)module;
    const double time = PyFloat_AsDouble(seconds);
    if (PyErr_Occurred()) return NULL;
    set_virtual_time(time);
    Py_RETURN_NONE;
}

static PyObject *module_current(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    return PyLong_FromUnsignedLong(current_task());
}

static PyObject *module_task(PyObject *module, PyObject *task) {
    (void)module;
    return PyLong_FromUnsignedLong(task_number(task));
}

static PyObject *module_count(PyObject *module, PyObject *nothing) {
    (void)module, (void)nothing;
    return PyLong_FromUnsignedLongLong(spool ? spool->published : 0);
}

static PyObject *module_finish(PyObject *module, PyObject *arguments) {
    (void)module;
    unsigned int code, ending;
    const char *type = NULL, *message = NULL;
    Py_ssize_t type_size = 0, message_size = 0;
    if (!PyArg_ParseTuple(arguments, "II|z#z#", &code, &ending, &type, &type_size, &message, &message_size)) return NULL;
    record(SPOOL_EXIT, code, type ? number_of_utf8(type, type_size) : 0, ending);
    if (message) record(SPOOL_MESSAGE, 0, number_of_utf8(message, message_size), 0);
    Py_RETURN_NONE;
}

static PyObject *module_stop(PyObject *module, PyObject *why) {
    (void)module;
    const char *const sentence = PyUnicode_AsUTF8AndSize(why, NULL);
    if (!sentence) return NULL;
    stop_recording(sentence);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {{"open", module_open, METH_VARARGS, NULL},
                                  {"lines", module_lines, METH_VARARGS, NULL},
                                  {"virtual_time", module_virtual_time, METH_O, NULL},
                                  {"current", module_current, METH_NOARGS, NULL},
                                  {"task", module_task, METH_O, NULL},
                                  {"count", module_count, METH_NOARGS, NULL},
                                  {"finish", module_finish, METH_VARARGS, NULL},
                                  {"stop", module_stop, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_loopscope", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__loopscope(void) {
    if (!intern_names()) return NULL;
    PyObject *const module = PyModule_Create(&definition);
    if (!module) return NULL;
    if (PyModule_AddFunctions(module, loop_functions) || PyModule_AddFunctions(module, output_functions) ||
        PyModule_AddFunctions(module, variables_functions)) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
