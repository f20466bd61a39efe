// SPDX-License-Identifier: MIT
/* What CPython has outside of its limited API of 3.8, as far as the recorder uses it.

   The first part is exported by every CPython from 3.8 to 3.13 though the limited headers of 3.8 leave it out. The second is weak: NULL
   where a version lacks it, and whoever uses it has another way. */
#ifndef LOOPSCOPE_RECORDER_CPYTHON_H
#define LOOPSCOPE_RECORDER_CPYTHON_H

#include <Python.h>

#ifndef METH_FASTCALL
#define METH_FASTCALL 0x0080
#endif

/* Include/cpython/context.h */
extern PyTypeObject PyContext_Type;
extern PyObject *PyContext_CopyCurrent(void);
extern int PyContext_Enter(PyObject *context);
extern int PyContext_Exit(PyObject *context);
extern PyObject *PyContextVar_New(const char *name, PyObject *preset);
extern int PyContextVar_Get(PyObject *variable, PyObject *preset, PyObject **value);
extern PyObject *PyContextVar_Set(PyObject *variable, PyObject *value);
extern int PyContextVar_Reset(PyObject *variable, PyObject *token);

/* Include/cpython/unicodeobject.h, in the limited API from 3.10 on */
extern const char *PyUnicode_AsUTF8AndSize(PyObject *text, Py_ssize_t *size);

/* Include/genobject.h, Include/cpython/methodobject.h, funcobject.h, classobject.h, frameobject.h */
extern PyTypeObject PyCoro_Type, PyGen_Type, PyFunction_Type, PyMethod_Type;
extern PyObject *PyMethod_Function(PyObject *method);
extern PyObject *PyMethod_Self(PyObject *method);
extern PyObject *PyFunction_GetCode(PyObject *function);
extern PyObject *PyFunction_GetGlobals(PyObject *function);
extern int PyFrame_GetLineNumber(struct _frame *frame);

#pragma weak PyObject_Vectorcall
extern PyObject *PyObject_Vectorcall(PyObject *callable, PyObject *const *arguments, size_t count, PyObject *names); /* 3.10 */
#pragma weak PyFrame_GetBack
extern struct _frame *PyFrame_GetBack(struct _frame *frame); /* 3.9 */
#pragma weak PyFrame_GetLasti
extern int PyFrame_GetLasti(struct _frame *frame); /* 3.11 */
#pragma weak PyFrame_GetCode
extern struct PyCodeObject *PyFrame_GetCode(struct _frame *frame); /* 3.9 */

#endif
