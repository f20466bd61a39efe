// SPDX-License-Identifier: MIT
/* The gate in a spool's head page: where a program that is stepped stands before each handle. What a program does about its threads there is its
   recorder's own; here is what all recorders have in common.

   Plain C99, as spool_writer.h. All but spool_watch_signals may be called by a handler of a signal. */
#ifndef LOOPSCOPE_RECORDER_SPOOL_GATE_H
#define LOOPSCOPE_RECORDER_SPOOL_GATE_H

#include "spool_writer.h"

#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>

SPOOL_FUNCTION void spool_wake(uint32_t *word) { syscall(SYS_futex, word, FUTEX_WAKE, 1 << 30, NULL, NULL, 0); }

SPOOL_FUNCTION bool spool_gate_is_closed(const Spool *spool) { return spool->writes && __atomic_load_n(&spool->head->gate, __ATOMIC_RELAXED); }

SPOOL_FUNCTION void spool_open_gate(Spool_head *head) {
    __atomic_store_n(&head->gate, 0, __ATOMIC_RELAXED);
    spool_wake(&head->permits);
}

/* Says whether threads stand before handles and none runs one that was let through. */
SPOOL_FUNCTION void spool_say_paused(Spool_head *head, uint32_t paused) {
    if (__atomic_exchange_n(&head->paused, paused, __ATOMIC_ACQ_REL) != paused) spool_wake(&head->paused);
}

/* Takes a permit, if there is one. A reader that sees it taken must not see the pause that it ends: `paused` is cleared first. */
SPOOL_FUNCTION bool spool_take_permit(Spool_head *head) {
    uint32_t permits = __atomic_load_n(&head->permits, __ATOMIC_ACQUIRE);
    if (permits) spool_say_paused(head, 0);
    while (permits)
        if (__atomic_compare_exchange_n(&head->permits, &permits, permits - 1, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return true;
    return false;
}

/* Waits a moment for a permit. A wake-up may be missed where a viewer opens the gate without one; and somebody has to see that the viewer has
   died: every fifth time is often enough to ask spool_is_unread. */
SPOOL_FUNCTION void spool_wait_for_permit(Spool_head *head) {
    struct timespec longest_wait;
    longest_wait.tv_sec = 0;
    longest_wait.tv_nsec = 100000000;
    syscall(SYS_futex, &head->permits, FUTEX_WAIT, 0, &longest_wait, NULL, 0);
}

/* ---- signals that end programs, seen before their handlers are: a program that is asked to end does not stand at the gate any more, also where
        its handler only takes a note. Others, such as SIGCHLD, pass it by. ---------------------------------------------------------------- */

enum { SPOOL_ENDING_SIGNALS = 3 };

typedef struct {
    struct sigaction theirs[SPOOL_ENDING_SIGNALS]; /* what each was before */
    void (*open_for_good)(void);
} Spool_signals;

SPOOL_FUNCTION Spool_signals *spool_signals(void) {
    static Spool_signals signals;
    return &signals;
}

SPOOL_FUNCTION int spool_ending_signal(int at) { return at == 0 ? SIGINT : at == 1 ? SIGTERM : SIGHUP; }

SPOOL_FUNCTION void spool_note_signal(int number, siginfo_t *info, void *context) {
    Spool_signals *const signals = spool_signals();
    signals->open_for_good();
    for (int at = 0; at < SPOOL_ENDING_SIGNALS; at++) {
        if (spool_ending_signal(at) != number) continue;
        if (signals->theirs[at].sa_flags & SA_SIGINFO) signals->theirs[at].sa_sigaction(number, info, context);
        else signals->theirs[at].sa_handler(number);
    }
}

/* Returns whether a handler is one of the program's. */
SPOOL_FUNCTION bool spool_is_handler(const struct sigaction *action) {
    if (action->sa_flags & (int)SA_RESETHAND) return false;
    if (action->sa_flags & SA_SIGINFO) return action->sa_sigaction != spool_note_signal;
    return action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN;
}

/* Has SIGINT, SIGTERM and SIGHUP call `open_for_good` first, those that have a handler; to be called again as programs set others. */
SPOOL_FUNCTION void spool_watch_signals(void (*open_for_good)(void)) {
    Spool_signals *const signals = spool_signals();
    signals->open_for_good = open_for_good;
    for (int at = 0; at < SPOOL_ENDING_SIGNALS; at++) {
        struct sigaction action;
        if (sigaction(spool_ending_signal(at), NULL, &action) || !spool_is_handler(&action)) continue;
        signals->theirs[at] = action;
        action.sa_sigaction = spool_note_signal;
        action.sa_flags |= SA_SIGINFO;
        sigaction(spool_ending_signal(at), &action, NULL);
    }
}

#endif
