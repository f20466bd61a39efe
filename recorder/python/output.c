/* What a program prints: a `write` on the instance of sys.stdout or sys.stderr, which stays the object that it is. */
#include "recorder.h"

/* `self` is (the stream's own write, descriptor). */
static PyObject *write_text(PyObject *self, PyObject *text) {
    if (recording && PyUnicode_Check(text)) {
        const long descriptor = PyLong_AsLong(PyTuple_GetItem(self, 1));
        const uint32_t number = number_of_text(text), line = line_of_caller();
        const bool is_value = here.last_read == text && here.last_read_text == number;
        record(SPOOL_OUTPUT, (uint32_t)descriptor | (is_value ? SPOOL_OUTPUT_VALUE : 0), number, line);
    }
    return PyObject_CallFunctionObjArgs(PyTuple_GetItem(self, 0), text, NULL);
}

static PyMethodDef write_method = {"write", write_text, METH_O, NULL};

static PyObject *module_output(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *stream, *descriptor;
    if (!PyArg_ParseTuple(arguments, "OO!", &stream, &PyLong_Type, &descriptor)) return NULL;
    PyObject *const own = PyObject_GetAttrString(stream, "write");
    PyObject *const self = own ? PyTuple_Pack(2, own, descriptor) : NULL;
    PyObject *const ours = self ? PyCFunction_NewEx(&write_method, self, NULL) : NULL;
    const int set = ours ? PyObject_SetAttrString(stream, "write", ours) : -1;
    Py_XDECREF(ours);
    Py_XDECREF(self);
    Py_XDECREF(own);
    if (set) return NULL;
    Py_RETURN_NONE;
}

PyMethodDef output_functions[] = {{"output", module_output, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
