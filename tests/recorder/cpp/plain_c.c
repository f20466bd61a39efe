/* A program in C99 that writes a spool by hand, with nothing but spool_writer.h: a task that waits once, in the file that the first argument names. */
#define _GNU_SOURCE
#include <loopscope/spool_writer.h>

int main(int count, char **arguments) {
    static Spool spool;
    if (count != 2 || !spool_open(&spool, arguments[1], "C99\n/bin/false\n/\n", 0, 0)) return 1;
    const uint32_t thread = spool_text(&spool, "main", 4), name = spool_text(&spool, "by hand", 7);
    spool_write(&spool, SPOOL_TASK, 1000, 1, thread, 1, name, 0);
    spool_write(&spool, SPOOL_RUN, 2000, 1, thread, 1, 0, 0);
    spool_write(&spool, SPOOL_RAN, 3000, 1, thread, 1, 0, SPOOL_RAN_YIELDS);
    spool_write(&spool, SPOOL_RUN, 5000, 1, thread, 1, 0, 0);
    spool_write(&spool, SPOOL_RAN, 6000, 1, thread, 1, 0, SPOOL_RAN_RESULT);
    spool_write(&spool, SPOOL_EXIT, 7000, 1, thread, 0, 0, 0);
    return spool.writes ? 0 : 1;
}
