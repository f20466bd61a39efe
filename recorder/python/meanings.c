// SPDX-License-Identifier: MIT
/* What asyncio's own functions mean: what a task waits for that stands in one of its coroutines, and what its callbacks do. Where a version lacks
   a function, or calls it otherwise, its rows say nothing. */
#include "asyncio.h"
#include "kinds.h"

#include <string.h>

typedef struct {
    const char *module;
    const char *path;  /* of the function */
    const char *inner; /* name of a function inside it that is meant; NULL: itself */
    uint8_t kind;
    int8_t local; /* waits: the argument that is waited for, or FUTURE */
    bool outranks; /* waits: says more than the coroutine that it awaits in turn */
} Meaning;

enum { FUTURE = -1 };

static const Meaning waits[] = {
    {"asyncio.tasks", "sleep", NULL, WAIT_sleep, FUTURE, false},
    {"asyncio.tasks", "_wait", NULL, WAIT_wait, FUTURE, false},
    {"asyncio.tasks", "_cancel_and_wait", NULL, WAIT_task, 0, false},
    {"asyncio.taskgroups", "TaskGroup.__aexit__", NULL, WAIT_task_group, 0, false},
    {"asyncio.taskgroups", "TaskGroup._aexit", NULL, WAIT_task_group, 0, false},
    {"asyncio.locks", "Lock.acquire", NULL, WAIT_lock, 0, false},
    {"asyncio.locks", "Semaphore.acquire", NULL, WAIT_semaphore, 0, false},
    {"asyncio.locks", "Event.wait", NULL, WAIT_event, 0, false},
    {"asyncio.locks", "Condition.wait", NULL, WAIT_condition, 0, false},
    {"asyncio.queues", "Queue.get", NULL, WAIT_queue_get, 0, false},
    {"asyncio.queues", "Queue.put", NULL, WAIT_queue_put, 0, false},
    {"asyncio.queues", "Queue.join", NULL, WAIT_queue_join, 0, true},
    {"asyncio.streams", "StreamReader._wait_for_data", NULL, WAIT_socket, 0, false},
    {"asyncio.streams", "FlowControlMixin._drain_helper", NULL, WAIT_socket, 0, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_recv", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_recv_into", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_recvfrom", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_recvfrom_into", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_sendall", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_sendto", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_connect", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop.sock_accept", NULL, WAIT_socket, 1, false},
    {"asyncio.selector_events", "BaseSelectorEventLoop._accept_connection2", NULL, WAIT_socket, FUTURE, false},
    {"asyncio.base_events", "BaseEventLoop._create_connection_transport", NULL, WAIT_socket, FUTURE, false},
    {"asyncio.base_events", "BaseEventLoop.shutdown_default_executor", NULL, WAIT_executor, FUTURE, false},
    {"asyncio.base_subprocess", "BaseSubprocessTransport._wait", NULL, WAIT_process, 0, false},
    {"asyncio.unix_events", "_UnixSelectorEventLoop._make_subprocess_transport", NULL, WAIT_process, FUTURE, false},
};

/* Callbacks of a future that tell what it is: who waits for the future waits for that. */
static const Meaning futures[] = {
    {"asyncio.tasks", "shield", "_outer_done_callback", WAIT_shield, FUTURE, false},
    {"asyncio.futures", "_chain_future", "_call_check_cancel", WAIT_executor, FUTURE, false},
};

static const Meaning callbacks[] = {
    {"asyncio.tasks", "gather", "_done_callback", CALLBACK_gather, 0, false},
    {"asyncio.tasks", "_wait", "_on_completion", CALLBACK_wait, 0, false},
    {"asyncio.tasks", "_release_waiter", NULL, CALLBACK_wait, 0, false},
    {"asyncio.tasks", "as_completed", "_on_completion", CALLBACK_wait, 0, false},
    {"asyncio.tasks", "as_completed", "_on_timeout", CALLBACK_wait, 0, false},
    {"asyncio.tasks", "_AsCompletedIterator._handle_completion", NULL, CALLBACK_wait, 0, false},
    {"asyncio.tasks", "_AsCompletedIterator._handle_timeout", NULL, CALLBACK_wait, 0, false},
    {"asyncio.tasks", "shield", "_inner_done_callback", CALLBACK_shield, 0, false},
    {"asyncio.tasks", "shield", "_outer_done_callback", CALLBACK_shield, 0, false},
    {"asyncio.timeouts", "Timeout._on_timeout", NULL, CALLBACK_timeout, 0, false},
    {"asyncio.taskgroups", "TaskGroup._on_task_done", NULL, CALLBACK_task_group, 0, false},
    {"asyncio.base_events", "_run_until_complete_cb", NULL, CALLBACK_stop, 0, false},
};

/* Functions that run handles, or call what does. */
static const Meaning loops[] = {
    {"asyncio.base_events", "BaseEventLoop._run_once", NULL, 0, 0, false},
    {"asyncio.runners", "run", NULL, 0, 0, false},
    {"asyncio.runners", "Runner.run", NULL, 0, 0, false},
};

/* Returns the code object of a function inside a function, borrowed from its constants, or NULL. */
static PyObject *inner_code(PyObject *code, const char *name) {
    PyObject *const constants = PyObject_GetAttr(code, name_co_consts);
    PyObject *found = NULL;
    for (Py_ssize_t at = 0; constants && !found && at < PyTuple_Size(constants); at++) {
        PyObject *const constant = PyTuple_GetItem(constants, at);
        if (Py_TYPE(constant) != Py_TYPE(code)) continue;
        PyObject *const own = PyObject_GetAttr(constant, name_co_name);
        if (own && PyUnicode_CompareWithASCIIString(own, name) == 0) found = constant;
        Py_XDECREF(own);
    }
    Py_XDECREF(constants);
    return found;
}

/* Returns what is known of the code that a row means, or NULL where this version has none. */
static Code *code_of_meaning(const Meaning *meaning) {
    PyObject *const function = look_up(meaning->module, meaning->path);
    PyErr_Clear();
    PyObject *code = function && Py_TYPE(function) == &PyFunction_Type ? PyFunction_GetCode(function) : NULL;
    if (code && meaning->inner) code = inner_code(code, meaning->inner);
    Code *const known = code ? code_of(code) : NULL;
    Py_XDECREF(function);
    return known;
}

void learn_meanings(void) {
    for (size_t at = 0; at < sizeof waits / sizeof *waits; at++) {
        Code *const code = code_of_meaning(&waits[at]);
        if (!code) continue;
        code->wait = waits[at].kind;
        code->local = waits[at].local;
        code->outranks = waits[at].outranks;
    }
    for (size_t at = 0; at < sizeof futures / sizeof *futures; at++) {
        Code *const code = code_of_meaning(&futures[at]);
        if (code) code->future = futures[at].kind;
    }
    for (size_t at = 0; at < sizeof callbacks / sizeof *callbacks; at++) {
        Code *const code = code_of_meaning(&callbacks[at]);
        if (code) code->callback = callbacks[at].kind;
    }
    for (size_t at = 0; at < sizeof loops / sizeof *loops; at++) {
        Code *const code = code_of_meaning(&loops[at]);
        if (code) code->is_loop = true;
    }
    Code *const sets = code_of_meaning(&(Meaning){"asyncio.futures", "_set_result_unless_cancelled", NULL, 0, 0, false});
    asyncio.set_result = sets;
}
