// SPDX-License-Identifier: MIT
#pragma once

/// LOOPSCOPE_THREADS is 1 where there are threads, and 0 where there are none, as in a browser's page, which
/// may have some only from a server that sends certain headers. The build may set it to 0 elsewhere too, for
/// tests.
#ifndef LOOPSCOPE_THREADS
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
#define LOOPSCOPE_THREADS 0
#else
#define LOOPSCOPE_THREADS 1
#endif
#endif

namespace loopscope {

/// Whether there are threads. Where there are none, a Worker does its job in its owner's polls.
inline constexpr bool has_threads = LOOPSCOPE_THREADS == 1;

#if !LOOPSCOPE_THREADS
/// The number of the thread whose turn it is, where threads are only numbers: 0 is the main one.
inline unsigned thread_at_turn = 0;
#endif

}  // namespace loopscope
