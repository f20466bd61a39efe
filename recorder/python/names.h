// SPDX-License-Identifier: MIT
/* The attribute names that the recorder looks up, interned once: LOOPSCOPE_NAME(how C calls it, the name). */
#ifndef LOOPSCOPE_RECORDER_NAMES_H
#define LOOPSCOPE_RECORDER_NAMES_H

#define LOOPSCOPE_NAMES(NAME)                                                                                                               \
    NAME(active, "_active")                                                                                                                 \
    NAME(args, "_args")                                                                                                                     \
    NAME(callback, "_callback")                                                                                                             \
    NAME(callbacks, "_callbacks")                                                                                                           \
    NAME(cancelled, "_cancelled")                                                                                                           \
    NAME(closed, "_closed")                                                                                                                 \
    NAME(closed_word, "closed")                                                                                                             \
    NAME(co_consts, "co_consts")                                                                                                            \
    NAME(co_filename, "co_filename")                                                                                                        \
    NAME(co_name, "co_name")                                                                                                                \
    NAME(co_qualname, "co_qualname")                                                                                                        \
    NAME(context, "_context")                                                                                                               \
    NAME(context_word, "context")                                                                                                           \
    NAME(coro, "_coro")                                                                                                                     \
    NAME(cr_await, "cr_await")                                                                                                              \
    NAME(cr_code, "cr_code")                                                                                                                \
    NAME(cr_frame, "cr_frame")                                                                                                              \
    NAME(debug, "_debug")                                                                                                                   \
    NAME(default_executor, "_default_executor")                                                                                             \
    NAME(exception, "_exception")                                                                                                           \
    NAME(f_back, "f_back")                                                                                                                  \
    NAME(f_code, "f_code")                                                                                                                  \
    NAME(f_locals, "f_locals")                                                                                                              \
    NAME(func, "func")                                                                                                                      \
    NAME(fut_waiter, "_fut_waiter")                                                                                                         \
    NAME(get_debug, "get_debug")                                                                                                            \
    NAME(gi_code, "gi_code")                                                                                                                \
    NAME(handle_loop, "_loop")                                                                                                              \
    NAME(must_cancel, "_must_cancel")                                                                                                       \
    NAME(name, "_name")                                                                                                                     \
    NAME(qualname, "__qualname__")                                                                                                          \
    NAME(ready, "_ready")                                                                                                                   \
    NAME(repr, "_repr")                                                                                                                     \
    NAME(scheduled, "_scheduled")                                                                                                           \
    NAME(source_traceback, "_source_traceback")                                                                                             \
    NAME(state, "_state")                                                                                                                   \
    NAME(threading, "threading")                                                                                                            \
    NAME(time, "time")                                                                                                                      \
    NAME(when, "_when")

#define LOOPSCOPE_NAME(name, text) extern PyObject *name_##name;
LOOPSCOPE_NAMES(LOOPSCOPE_NAME)
#undef LOOPSCOPE_NAME

/* Interns them. Returns false with an exception. */
bool intern_names(void);

#endif
