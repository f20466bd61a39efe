// SPDX-License-Identifier: MIT
#include "core/exchange/own_chrome.hpp"

#include <fmt/format.h>

#include "core/exchange/older_run.hpp"
#include "core/exchange/own_info.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::exchange {
namespace {

/// The process of all records.
constexpr std::string_view own_pid = "1";

}  // namespace

void OwnChrome::take(const ChromeRecord& record) {
    if (state_ == State::start) {
        const ChromeArgument* const name = record.argument("name");
        const bool begins = record.phase == "M" && record.name == "process_name" && name != nullptr &&
                            name->value == own_process;
        state_ = begins ? State::own : State::other;
    }
    if (state_ == State::other) return;
    has_others_ = has_others_ || record.process != own_pid;
    for (const ChromeArgument& each : record.args) {
        if (each.is_string) trace_.take(each.name, each.value);
    }
    if (!record.events.empty()) trace_.take(own_events_argument, record.events);
    if (!trace_.is_own()) older_.take(record);
}

std::shared_ptr<trace::Log> OwnChrome::restore(const std::string& name, format::Info& info,
                                               std::string& missing) {
    auto log = std::make_shared<trace::Log>();
    std::string wrong;
    if (has_others_ && !trace_.has_tracks()) {
        wrong = "there are records of another process";
    } else if (trace_.is_own()) {
        wrong = trace_.restore(*log, info);
    } else if (!write_older_run(*log, older_.run(), name)) {
        wrong = "an earlier Loopscope wrote it, which did not say enough of threads, jobs or eager tasks";
    } else if (const auto checked = trace::check(*log); !checked) {
        wrong = checked.error().message;
    } else {
        missing = fmt::format(
            "'{}': an earlier Loopscope wrote it, which did not say what was read and written of variables",
            name);
    }
    if (wrong.empty()) return log;
    missing = not_restored(name, wrong);
    return nullptr;
}

}  // namespace loopscope::exchange
