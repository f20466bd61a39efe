// SPDX-License-Identifier: MIT
/* What a task waits for, and where: told once, when its step has ended, by descending from its coroutine to the innermost that it awaits. No
   look-up here may fail as a rule: an AttributeError costs more than all the rest. */
#include "asyncio.h"
#include "kinds.h"

enum { DEPTH = 1000 }; /* coroutines that await each other: what is deeper is taken for the innermost */

typedef struct {
    Code *user, *waits;                      /* the innermost of the user's; the one that says what is waited for */
    PyObject *user_coroutine, *coroutine;    /* theirs, owned */
} Chain;

static void keep(Code **code, PyObject **coroutine, Code *found, PyObject *current) {
    *code = found;
    Py_INCREF(current);
    Py_XDECREF(*coroutine);
    *coroutine = current;
}

static Code *code_of_coroutine(PyObject *coroutine) {
    PyObject *const object = PyObject_GetAttr(coroutine, name_cr_code);
    Code *const code = object ? code_of(object) : NULL;
    Py_XDECREF(object);
    return code;
}

static Chain descend(PyObject *task) {
    Chain chain = {NULL, NULL, NULL, NULL};
    PyObject *coroutine = coroutine_of(task);
    for (int depth = 0; coroutine && Py_TYPE(coroutine) == &PyCoro_Type && depth < DEPTH; depth++) {
        Code *const code = code_of_coroutine(coroutine);
        if (code && code->is_user) keep(&chain.user, &chain.user_coroutine, code, coroutine);
        if (code && code->wait != NO_WAIT && !(chain.waits && chain.waits->outranks))
            keep(&chain.waits, &chain.coroutine, code, coroutine);
        PyObject *const next = PyObject_GetAttr(coroutine, name_cr_await);
        Py_DECREF(coroutine);
        coroutine = next;
    }
    Py_XDECREF(coroutine);
    return chain;
}

/* Returns the line where the innermost coroutine of the user's stands; 0: none. */
static uint32_t line_of_chain(const Chain *chain) {
    if (!chain->user) return 0;
    PyObject *const frame = PyObject_GetAttr(chain->user_coroutine, name_cr_frame);
    const int line = frame && frame != Py_None ? line_of_frame(frame, chain->user) : 0;
    Py_XDECREF(frame);
    return line_in_code(chain->user, line);
}

/* Returns a local variable of a suspended coroutine by its name, which its code has, a new reference, or NULL. */
static PyObject *local_by_name(PyObject *coroutine, const Code *code, int index) {
    PyObject *const frame = PyObject_GetAttr(coroutine, name_cr_frame);
    PyObject *const locals = frame ? PyObject_GetAttr(frame, name_f_locals) : NULL;
    PyObject *const names = locals ? PyObject_GetAttrString(code->code, "co_varnames") : NULL;
    PyObject *const name = names && PyTuple_Size(names) > index ? PyTuple_GetItem(names, index) : NULL;
    PyObject *const local = name ? PyObject_GetItem(locals, name) : NULL;
    PyErr_Clear();
    Py_XDECREF(names);
    Py_XDECREF(locals);
    Py_XDECREF(frame);
    return local;
}

/* Returns a suspended coroutine's local variable, a new reference, or NULL: the object that it waits for. */
static PyObject *local_of(PyObject *coroutine, const Code *code, int index) {
    if (!asyncio.local_at) return local_by_name(coroutine, code, index);
    PyObject *holder = coroutine;
    Py_INCREF(holder);
    if (!asyncio.local_in_coroutine) {
        Py_DECREF(holder);
        holder = PyObject_GetAttr(coroutine, name_cr_frame);
    }
    PyObject *const local = holder ? ((PyObject **)((char *)holder + asyncio.local_at))[index] : NULL;
    Py_XINCREF(local);
    Py_XDECREF(holder);
    return local;
}

/* Returns the Wait of a future that says by its first callback what it is: a shield's, an executor's. */
static unsigned wait_of_future(PyObject *future) {
    unsigned wait = WAIT_future;
    PyObject *const callbacks = PyObject_GenericGetAttr(future, name_callbacks);
    PyObject *const first = callbacks && PyList_CheckExact(callbacks) && PyList_Size(callbacks) ? PyList_GetItem(callbacks, 0) : NULL;
    PyObject *const callback = first && PyTuple_CheckExact(first) && PyTuple_Size(first) ? PyTuple_GetItem(first, 0) : first;
    if (callback && Py_TYPE(callback) == &PyFunction_Type) {
        const Code *const code = code_of(PyFunction_GetCode(callback));
        if (code && code->future != NO_WAIT) wait = code->future;
    }
    PyErr_Clear();
    Py_XDECREF(callbacks);
    return wait;
}

static void record_wait(const Step *step, const Chain *chain, PyObject *future) {
    if (is_task(future)) return record(SPOOL_WAIT, number_of_task(future), WAIT_task, 0);
    if (Py_TYPE(future) == asyncio.gathering) return record(SPOOL_WAIT, object_number(future), WAIT_gather, 0);
    const Code *const waits = chain->waits;
    if (!waits) return record(SPOOL_WAIT, object_number(future), wait_of_future(future), 0);
    if (waits->wait == WAIT_sleep) {
        const uint64_t timer = step->sleep_handle;
        if (step->sleeper == future) return record(SPOOL_WAIT, (uint32_t)timer, WAIT_sleep, (uint32_t)(timer >> 32));
        return record(SPOOL_WAIT, object_number(future), WAIT_future, 0);
    }
    PyObject *const local = waits->local >= 0 ? local_of(chain->coroutine, waits, waits->local) : NULL;
    if (waits->wait != WAIT_task) record(SPOOL_WAIT, object_number(local ? local : future), waits->wait, 0);
    else if (local && is_task(local)) record(SPOOL_WAIT, number_of_task(local), WAIT_task, 0);
    else record(SPOOL_WAIT, object_number(future), WAIT_future, 0);
    Py_XDECREF(local);
}

uint32_t suspend(Step *step) {
    Chain chain = descend(step->task);
    uint32_t says = line_of_chain(&chain) << 8;
    PyObject *const future = PyObject_GenericGetAttr(step->task, name_fut_waiter);
    if (future && future != Py_None) {
        record_wait(step, &chain, future);
        says |= SPOOL_RAN_WAITS;
    } else {
        says |= SPOOL_RAN_YIELDS;
    }
    PyErr_Clear();
    Py_XDECREF(future);
    Py_XDECREF(chain.user_coroutine);
    Py_XDECREF(chain.coroutine);
    return says;
}
