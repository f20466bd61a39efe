// SPDX-License-Identifier: MIT
/* What put_nowait and get_nowait of asyncio.Queue do (Lib/asyncio/queues.py, 3.8 to 3.13), where a queue is as asyncio makes it: it takes less time
   than to call them. Whatever is unusual is left to them, before anything is changed. */
#include "queues.h"

static PyTypeObject *event_type;
static PyObject *name_finished, *name_getters, *name_is_shutdown, *name_maxsize, *name_putters, *name_queue, *name_set_result, *name_unfinished,
    *name_value, *name_done;
static PyCFunction popleft;
static bool can_be_shut_down;

/* Returns an attribute if it is of that type, a new reference; else NULL without an exception. */
static PyObject *attribute(PyObject *object, PyObject *name, const PyTypeObject *type) {
    PyObject *const value = PyObject_GetAttr(object, name);
    if (!value) PyErr_Clear();
    if (value && Py_TYPE(value) == type) return value;
    Py_XDECREF(value);
    return NULL;
}

/* Returns whether the future that a task waits for is done, -1 with an exception. */
static int is_done(PyObject *waiter) {
    PyObject *const done = asyncio.task_done && Py_TYPE(waiter) == asyncio.future ? asyncio.task_done(waiter, NULL)
                                                                                  : PyObject_CallMethodObjArgs(waiter, name_done, NULL);
    const int is = done ? PyObject_IsTrue(done) : -1;
    Py_XDECREF(done);
    return is;
}

/* Queue._wakeup_next. Returns false with an exception. */
static bool wake_next(PyObject *waiters) {
    while (PyObject_Size(waiters) > 0) {
        PyObject *const waiter = popleft(waiters, NULL);
        const int done = waiter ? is_done(waiter) : -1;
        PyObject *const result = done == 0 ? PyObject_CallMethodObjArgs(waiter, name_set_result, Py_None, NULL) : NULL;
        Py_XDECREF(waiter);
        Py_XDECREF(result);
        if (done <= 0) return result != NULL;
    }
    return true;
}

static bool is_shut_down(PyObject *queue) {
    if (!can_be_shut_down) return false;
    PyObject *const is = PyObject_GetAttr(queue, name_is_shutdown);
    if (!is) PyErr_Clear();
    Py_XDECREF(is);
    return is != Py_False;
}

/* Returns whether there is room for one more in a queue. */
static bool has_room(PyObject *queue, PyObject *items) {
    PyObject *const most = attribute(queue, name_maxsize, &PyLong_Type);
    const long size = most ? PyLong_AsLong(most) : 1;
    PyErr_Clear();
    Py_XDECREF(most);
    return most && (size <= 0 || PyObject_Size(items) < size);
}

/* Queue._put and what put_nowait does for join(). Returns false with an exception. */
static bool put(PyObject *queue, PyObject *items, PyObject *finished, PyObject *unfinished, PyObject *item) {
    PyObject *const done = asyncio.deque_append(items, item), *const more = PyLong_FromLong(PyLong_AsLong(unfinished) + 1);
    const bool is_put = done && more && !PyObject_SetAttr(queue, name_unfinished, more) && !PyObject_SetAttr(finished, name_value, Py_False);
    Py_XDECREF(more);
    Py_XDECREF(done);
    return is_put;
}

Work put_item(PyObject *queue, PyObject *item, void (*is_put)(PyObject *queue, PyObject *item)) {
    Work work = WORK_NOT_DONE;
    PyObject *const items = attribute(queue, name_queue, asyncio.deque), *const getters = attribute(queue, name_getters, asyncio.deque);
    PyObject *const finished = attribute(queue, name_finished, event_type), *const unfinished = attribute(queue, name_unfinished, &PyLong_Type);
    if (items && getters && finished && unfinished && PyLong_AsLong(unfinished) >= 0 && has_room(queue, items) && !is_shut_down(queue)) {
        work = put(queue, items, finished, unfinished, item) ? WORK_DONE : WORK_FAILED;
        if (work == WORK_DONE) {
            is_put(queue, item);
            if (!wake_next(getters)) work = WORK_FAILED;
        }
    }
    if (work == WORK_NOT_DONE) PyErr_Clear();
    Py_XDECREF(unfinished), Py_XDECREF(finished), Py_XDECREF(getters), Py_XDECREF(items);
    return work;
}

Work get_item(PyObject *queue, PyObject **item) {
    Work work = WORK_NOT_DONE;
    PyObject *const items = attribute(queue, name_queue, asyncio.deque), *const putters = attribute(queue, name_putters, asyncio.deque);
    if (items && putters && PyObject_Size(items) > 0) {
        *item = popleft(items, NULL);
        work = *item && wake_next(putters) ? WORK_DONE : WORK_FAILED;
        if (work == WORK_FAILED) Py_CLEAR(*item);
    }
    Py_XDECREF(putters), Py_XDECREF(items);
    return work;
}

bool learn_queue_work(PyTypeObject *queue_type) {
    static const struct {
        PyObject **name;
        const char *text;
    } names[] = {{&name_finished, "_finished"}, {&name_getters, "_getters"}, {&name_is_shutdown, "_is_shutdown"}, {&name_maxsize, "_maxsize"},
                 {&name_putters, "_putters"}, {&name_queue, "_queue"}, {&name_set_result, "set_result"}, {&name_unfinished, "_unfinished_tasks"},
                 {&name_value, "_value"}, {&name_done, "done"}};
    for (size_t at = 0; at < sizeof names / sizeof *names; at++)
        if (!(*names[at].name = PyUnicode_InternFromString(names[at].text))) return false;
    can_be_shut_down = PyObject_HasAttrString((PyObject *)queue_type, "shutdown");
    event_type = (PyTypeObject *)look_up("asyncio.locks", "Event");
    PyObject *const sample = PyObject_CallObject((PyObject *)asyncio.deque, NULL);
    popleft = sample ? function_of(sample, "popleft", METH_NOARGS) : NULL;
    Py_XDECREF(sample);
    PyErr_Clear();
    return event_type != NULL;
}

bool knows_queue_work(void) { return popleft && asyncio.deque_append; }
