// SPDX-License-Identifier: MIT
/* An executor's jobs: what run_in_executor is given goes to a thread inside an object that tells when it begins and ends there. */
#include "asyncio.h"
#include "kinds.h"

#include <string.h>

typedef struct {
    PyObject_HEAD
    PyObject *function;
    uint32_t task; /* that asked for it, or 0 */
} Job;

static PyTypeObject *job_type, *thread_pool;
static PyObject *original_run_in_executor;

static int job_traverse(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(((Job *)self)->function);
    return 0;
}

static int job_clear(PyObject *self) {
    Py_CLEAR(((Job *)self)->function);
    return 0;
}

static void job_dealloc(PyObject *self) {
    PyTypeObject *const type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    job_clear(self);
    PyObject_GC_Del(self);
    Py_DECREF(type);
}

/* Returns an attribute of the function, which the job stands for. */
static PyObject *job_getattro(PyObject *self, PyObject *name) { return PyObject_GetAttr(((Job *)self)->function, name); }

static PyObject *job_repr(PyObject *self) { return PyObject_Repr(((Job *)self)->function); }

/* Returns whether a function is Context.run of some context. */
static bool is_run_of_context(PyObject *function) {
    return PyCFunction_Check(function) && PyCFunction_GetSelf(function) && Py_TYPE(PyCFunction_GetSelf(function)) == &PyContext_Type;
}

static PyObject *first_of(PyObject *args) { return args && PyTuple_CheckExact(args) && PyTuple_Size(args) > 0 ? PyTuple_GetItem(args, 0) : NULL; }

/* Returns what a job calls in the end, borrowed, and sets `*call` to the name of what copied a context for it, or to NULL. The function of to_thread is
   functools.partial(context.run, function, …), and programs of before 3.9 pass `context.run, function` themselves. */
static PyObject *meant(PyObject *function, PyObject *args, const char **call) {
    *call = is_run_of_context(function) ? "Context.run" : NULL;
    if (*call) return first_of(args) ? first_of(args) : function;
    if (Py_TYPE(function) != asyncio.partial) return function;
    PyObject *const inner = PyObject_GetAttr(function, name_func), *const bound = PyObject_GetAttrString(function, "args");
    PyObject *const first = inner && is_run_of_context(inner) ? first_of(bound) : NULL;
    if (first) *call = "to_thread";
    PyErr_Clear();
    Py_XDECREF(inner);
    Py_XDECREF(bound); /* the partial object holds it */
    return first ? first : function;
}

static void end_job(PyObject *result) {
    PyObject *type, *exception, *traceback;
    PyErr_Fetch(&type, &exception, &traceback);
    PyErr_NormalizeException(&type, &exception, &traceback);
    const uint32_t name = !result && exception ? number_of_exception(exception) : 0;
    record(SPOOL_JOB_END, 0, name, result ? OUTCOME_result : OUTCOME_exception);
    if (!result && exception) record_message(exception);
    PyErr_Restore(type, exception, traceback);
}

static PyObject *job_call(PyObject *self, PyObject *args, PyObject *options) {
    const Job *const job = (Job *)self;
    const bool told = recording && !here.step && !here.in_job;
    if (told) {
        uint32_t name;
        unsigned kind;
        const char *call;
        describe_callback(meant(job->function, args, &call), &name, &kind);
        here.in_job = true;
        forget_reads();
        const uint32_t copied_by = call ? number_of_utf8(call, (Py_ssize_t)strlen(call)) : 0;
        record(SPOOL_JOB, job->task, name, 0);
        if (copied_by) record(SPOOL_COPY, 0, copied_by, 0);
    }
    PyObject *const result = PyObject_Call(job->function, args, options);
    if (told) {
        end_job(result);
        here.in_job = false;
    }
    return result;
}

static PyObject *make_job(PyObject *function) {
    Job *const job = (Job *)PyType_GenericAlloc(job_type, 0);
    if (!job) return NULL;
    Py_INCREF(function);
    job->function = function;
    job->task = current_task();
    return (PyObject *)job;
}

/* Returns whether an executor's jobs are run by threads of this process: those of others are pickled. */
static bool has_threads(PyObject *loop, PyObject *executor) {
    PyObject *chosen = executor;
    Py_INCREF(chosen);
    if (executor == Py_None) {
        Py_DECREF(chosen);
        chosen = PyObject_GetAttr(loop, name_default_executor);
        if (!chosen) PyErr_Clear();
    }
    const bool is = chosen && (chosen == Py_None || PyObject_TypeCheck(chosen, thread_pool));
    Py_XDECREF(chosen);
    return is;
}

static PyObject *run_in_executor(PyObject *loop, PyObject *const *arguments, Py_ssize_t size, PyObject *names) {
    if (!recording || size < 2 || size > 30 || names || !has_threads(loop, arguments[0]) || debugs(loop))
        return call_with_self(original_run_in_executor, loop, arguments, size, names);
    PyObject *own[30];
    for (Py_ssize_t at = 0; at < size; at++) own[at] = arguments[at];
    PyObject *const job = own[1] = make_job(arguments[1]);
    if (!job) return NULL;
    PyObject *const result = call_with_self(original_run_in_executor, loop, own, size, NULL);
    Py_DECREF(job);
    return result;
}

static PyMethodDef method = FAST_METHOD("run_in_executor", run_in_executor);

static PyType_Slot slots[] = {{Py_tp_dealloc, job_dealloc}, {Py_tp_traverse, job_traverse}, {Py_tp_clear, job_clear}, {Py_tp_call, job_call},
                              {Py_tp_getattro, job_getattro}, {Py_tp_repr, job_repr}, {0, NULL}};
static PyType_Spec specification = {"_loopscope.Job", sizeof(Job), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots};

bool install_jobs(void) {
    thread_pool = (PyTypeObject *)look_up("concurrent.futures.thread", "ThreadPoolExecutor");
    job_type = thread_pool ? (PyTypeObject *)PyType_FromSpec(&specification) : NULL;
    return job_type && (original_run_in_executor = replace_method(asyncio.loop, "run_in_executor", &method));
}
