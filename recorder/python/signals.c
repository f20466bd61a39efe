// SPDX-License-Identifier: MIT
/* Signals that end programs, seen before their handlers are: a program that is asked to end does not stand at the gate any more, also where its
   handler raises nothing, as that of asyncio.Runner, which only cancels the main task at the first SIGINT. Others, such as SIGCHLD, pass it by. */
#define _GNU_SOURCE
#include "recorder.h"

#include <signal.h>

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING = sizeof ending / sizeof *ending };
static struct sigaction theirs[ENDING]; /* what each was before */

static void note(int number, siginfo_t *info, void *context) {
    open_gate_for_good();
    for (int at = 0; at < ENDING; at++) {
        if (ending[at] != number) continue;
        if (theirs[at].sa_flags & SA_SIGINFO) theirs[at].sa_sigaction(number, info, context);
        else theirs[at].sa_handler(number);
    }
}

/* Returns whether a handler is one of the program's or of Python's. */
static bool is_handler(const struct sigaction *action) {
    if (action->sa_flags & SA_RESETHAND) return false;
    if (action->sa_flags & SA_SIGINFO) return action->sa_sigaction != note;
    return action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN;
}

void watch_signals(void) {
    for (int at = 0; at < ENDING; at++) {
        struct sigaction action;
        if (sigaction(ending[at], NULL, &action) || !is_handler(&action)) continue;
        theirs[at] = action;
        action.sa_sigaction = note;
        action.sa_flags |= SA_SIGINFO;
        sigaction(ending[at], &action, NULL);
    }
}
