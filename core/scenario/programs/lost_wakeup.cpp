// SPDX-License-Identifier: MIT
// A sender pulses an event, set() and clear(), for each message; the receiver is busy now and then.

#include "core/scenario/program.hpp"
#include "core/task/sleep.hpp"
#include "core/task/sync/event.hpp"
#include "core/task/variable.hpp"

namespace loopscope::scenario {
namespace {

using namespace task;
using task::sleep;

struct Mailbox {
    std::string_view message;
    Event arrived;
};

Coro<> receive(Mailbox& mailbox, Duration work) {
    for (;;) {
        co_await mailbox.arrived.wait();  // [wait]
        print(mailbox.message);           // [print]
        co_await sleep(work);             // [work]
    }
}

Coro<> main(const Arguments& arguments) {
    Mailbox mailbox;
    const Task<> receiver = create_task(receive(mailbox, arguments.duration("work")));  // [receiver]
    co_await sleep(arguments.duration("interval"));                                     // [first]
    for (const std::string_view each : characters(arguments.text("symbols"))) {
        mailbox.message = each;
        mailbox.arrived.set();
        mailbox.arrived.clear();
        co_await sleep(arguments.duration("interval"));  // [interval]
    }
    receiver.cancel();  // [cancel]
}

constexpr Parameter parameters[] = {
    {"symbols", "one message for each character", Parameter::Type::text, "abcdef", 1, 64},
    {"interval", "time from one message to the next", Parameter::Type::duration, "0.1", 0.001, 3600},
    {"work", "how long the receiver is busy with a message", Parameter::Type::duration, "0.15", 0, 3600},
};

constexpr Outcome outcomes[] = {
    {every_storage, "ace",
     "Nothing is stored; every other message comes while the receiver is busy, and the event is clear again "
     "when it waits."},
};

}  // namespace

extern const Program lost_wakeup;

const Program lost_wakeup = {
    .name = "lost-wakeup",
    .summary = "an event that is set and cleared reaches only those who wait at that moment",
    .text =
        "A sender announces each of six messages by set() and clear(); the receiver waits for the event, "
        "prints the message, and is busy for a while. The clear() does not take back the wake-up of those "
        "who wait already, so it works as long as the receiver is quick. But nothing is kept for those who "
        "come later: what is announced while the receiver is busy is lost. Let the receiver clear the event, "
        "or use a queue, which keeps what was put there.",
    .parameters = parameters,
    .outcomes = outcomes,
    .source_file = "lost_wakeup.cpp",
    .twin_file = "lost_wakeup.py",
    .start =
        [](loop::EventLoop& loop, const Arguments& arguments) {
            return future_of(create_task(loop, main(arguments)));  // [main]
        },
};

}  // namespace loopscope::scenario
