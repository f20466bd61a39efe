// SPDX-License-Identifier: MIT
/* The values of core/trace/kinds.def that records carry: WAIT_lock, CALLBACK_io, START_eager, CANCEL_flagged, OUTCOME_result. */
#ifndef LOOPSCOPE_RECORDER_KINDS_H
#define LOOPSCOPE_RECORDER_KINDS_H

enum {
#define LOOPSCOPE_WAIT(name, number, names, meaning) WAIT_##name = number,
#define LOOPSCOPE_CALLBACK(name, number, meaning) CALLBACK_##name = number,
#define LOOPSCOPE_START(name, number, meaning) START_##name = number,
#define LOOPSCOPE_CANCEL(name, number, meaning) CANCEL_##name = number,
#define LOOPSCOPE_OUTCOME(name, number, meaning) OUTCOME_##name = number,
#include "../../core/trace/kinds.def"
};

#endif
