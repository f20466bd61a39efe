// SPDX-License-Identifier: MIT
#include "core/feed/file_feed.hpp"

#include <fmt/format.h>

namespace loopscope::feed {

Capabilities capabilities_of_recording(std::string_view name) {
    const auto cannot = [name](std::string_view what) {
        return fail(fmt::format("'{}' is a recording: {}; choose a program above to run one", name, what),
                    Error::Code::unsupported);
    };
    const auto cannot_switch = cannot("its storage cannot be switched");
    return {cannot("it is as long as it is"), cannot_switch, cannot_switch, cannot("nothing of it runs")};
}

namespace {

/// Returns what the beginning of a file can do that is still being read: nothing yet, but to stay as it is.
Capabilities capabilities_of_beginning(std::string_view name) {
    const auto cannot = fail(fmt::format("'{}' is still being read: wait until all of it is here", name),
                             Error::Code::unsupported);
    return {cannot, cannot, cannot, {}};
}

}  // namespace

FileFeed::FileFeed(std::shared_ptr<const trace::Log> log, format::Info info, std::string name,
                   std::vector<Switch> switches, Status status)
    : Feed(status),
      log_(std::move(log)),
      info_(std::move(info)),
      name_(std::move(name)),
      listings_{scenario::Listing(info_.source), scenario::Listing("")},
      switches_(std::move(switches)),
      first_event_(first_event_of(*log_)),
      can_(is_over(status) ? capabilities_of_recording(name_) : capabilities_of_beginning(name_)) {
    for (const format::Listing& each : info_.listings)
        others_.emplace(each.file, scenario::Listing(each.text));
}

void FileFeed::stop() {
    can_ = capabilities_of_recording(name_);
    end();
}

About FileFeed::about() const {
    return {name_, info_.source_file, {}, &listings_, &others_, info_.schedule};
}

std::shared_ptr<Branch> branch_of_file(std::shared_ptr<const trace::Log> log, format::Info info,
                                       std::string name, Analysis known, Status status) {
    std::vector<Switch> switches;
    for (const trace::SwitchInfo& each : known.index.switches()) {
        if (!each.variable) switches.push_back({each.event - 1, each.storage});
    }
    if (!switches.empty()) switches.erase(switches.begin());
    auto feed = std::make_shared<FileFeed>(std::move(log), std::move(info), std::move(name),
                                           std::move(switches), status);
    return std::make_shared<Branch>(std::move(feed), std::move(known));
}

format::Info info_of(const Feed& feed) {
    const About about = feed.about();
    format::Info info;
    info.program = about.name;
    info.source_file = about.source_file;
    info.source = about.source();
    info.origin = "Loopscope";
    info.schedule = about.schedule;
    if (about.others) {
        for (const auto& [file, listing] : *about.others) info.listings.push_back({file, listing.text()});
    }
    if (const Setup* setup = feed.setup()) {
        info.parameters = setup->arguments.settings();
        if (setup->schedule) info.schedule = explore::text_of(*setup->schedule);
    }
    return info;
}

}  // namespace loopscope::feed
