// SPDX-License-Identifier: MIT
#include "recorder.h"

#define LOOPSCOPE_NAME(name, text) PyObject *name_##name;
LOOPSCOPE_NAMES(LOOPSCOPE_NAME)
#undef LOOPSCOPE_NAME

bool intern_names(void) {
#define LOOPSCOPE_NAME(name, text) \
    if (!name_##name && !(name_##name = PyUnicode_InternFromString(text))) return false;
    LOOPSCOPE_NAMES(LOOPSCOPE_NAME)
#undef LOOPSCOPE_NAME
    return true;
}
