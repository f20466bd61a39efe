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

FileFeed::FileFeed(std::shared_ptr<const trace::Log> log, format::Info info, std::string name,
                   std::vector<Switch> switches)
    : Feed(Status::ended),
      log_(std::move(log)),
      info_(std::move(info)),
      name_(std::move(name)),
      listings_{scenario::Listing(info_.source), scenario::Listing("")},
      switches_(std::move(switches)),
      first_event_(first_event_of(*log_)),
      can_(capabilities_of_recording(name_)) {
    for (const format::Listing& each : info_.listings)
        others_.emplace(each.file, scenario::Listing(each.text));
}

About FileFeed::about() const {
    return {name_, info_.source_file, {}, &listings_, &others_, info_.schedule};
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
