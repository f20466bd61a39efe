// SPDX-License-Identifier: MIT
#include "core/exchange/speedscope_profiles.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/exchange/json_text.hpp"
#include "core/exchange/json_token.hpp"

namespace loopscope::exchange {
namespace {

namespace json = simdjson::ondemand;

constexpr std::uint64_t profile_events_between = std::uint64_t{1} << 14;

/// What a frame of a stack is called, and where it is in a source.
struct Frame {
    StringId name;
    StringId source;
};

/// Returns how many nanoseconds a unit of a profile is; nothing: it is no time.
std::optional<double> nanoseconds_of(std::string_view unit) {
    if (unit == "nanoseconds") return 1;
    // A unit of nothing: one is as long as a microsecond, so that something is seen.
    if (unit == "microseconds" || unit == "none") return 1e3;
    if (unit == "milliseconds") return 1e6;
    if (unit == "seconds") return 1e9;
    return {};
}

std::optional<std::uint64_t> number_of_json(json::value& value) {
    std::uint64_t number = 0;
    return value.get_uint64().get(number) == simdjson::SUCCESS ? std::optional(number) : std::nullopt;
}

/// Reads the profiles out of a whole text.
class SpeedscopeParser {
  public:
    SpeedscopeParser(SpeedscopeProfiles& profiles, trace::Log& log, std::string& text, Omissions& omissions)
        : profiles_(profiles), log_(log), omissions_(omissions), text_(text) {}

    /// Reads all profiles. Returns false if `progress` stopped it.
    bool parse(const std::function<bool(double)>& progress);

  private:
    void prepare();
    [[nodiscard]] bool begin(json::document& document);
    bool read(json::document& document);
    void read_frames(json::document& document);
    void read_frame(json::object frame);
    void read_profiles(json::document& document);
    [[nodiscard]] std::optional<json::value> member(json::object& object, std::string_view name) const;
    [[nodiscard]] std::string_view text_in(json::object& object, std::string_view name) const;
    void read_profile(json::object profile);
    void read_events(json::array list, std::uint32_t track, double unit);
    void read_event(json::object event, std::uint32_t track, double unit);
    void open(const TrackRecords::When& when, std::uint64_t frame);
    void close(const TrackRecords::When& when, std::uint64_t frame);
    [[nodiscard]] std::uint64_t position(json::document& document) const;

    SpeedscopeProfiles& profiles_;
    trace::Log& log_;
    Omissions& omissions_;
    std::string& text_;
    json::parser parser_;
    json::document* document_ = nullptr;
    const std::function<bool(double)>* progress_ = nullptr;
    bool stopped_ = false;
    std::vector<Frame> frames_;
    std::vector<std::uint64_t> stack_;  // the frames that are open in a profile
    std::uint32_t tracks_ = 0;
    static constexpr std::uint32_t max_profiles = 1U << 16;
};

/// Makes the text one in which no string is cut off.
void SpeedscopeParser::prepare() {
    while (!text_.empty() && (text_.back() == '\0' || text_.back() == ' ' || text_.back() == '\n'))
        text_.pop_back();
    profiles_.cut = text_.empty() || text_.back() != '}';
    if (profiles_.cut) {
        const std::size_t last = text_.find_last_of('}');
        text_.resize(last == std::string::npos ? 0 : last + 1);
    }
    text_.reserve(text_.size() + simdjson::SIMDJSON_PADDING);
}

/// Begins to parse the text. Returns whether simdjson can begin with it.
bool SpeedscopeParser::begin(json::document& document) {
    return parser_.iterate(text_.data(), text_.size(), text_.capacity()).get(document) == simdjson::SUCCESS;
}

bool SpeedscopeParser::parse(const std::function<bool(double)>& progress) {
    progress_ = &progress;
    prepare();
    json::document document;
    bool begun = begin(document);
    if (!begun) {
        text_ = with_valid_strings(text_, simdjson::SIMDJSON_PADDING);
        text_.resize(text_.size() - simdjson::SIMDJSON_PADDING);
        begun = begin(document);
    }
    if (!begun) {
        profiles_.damaged = true;
        return true;
    }
    document_ = &document;
    const bool goes_on = read(document);
    document_ = nullptr;
    return goes_on;
}

/// Reads the frames, and then the profiles that use them. Returns false if the progress function stopped it.
bool SpeedscopeParser::read(json::document& document) {
    read_frames(document);
    // A document in which an error was met cannot be rewound: it has let go of its parser.
    profiles_.damaged = profiles_.damaged || !document.is_alive();
    if (!profiles_.cut && !profiles_.damaged)
        document.rewind();
    else if (!begin(document))
        return true;
    read_profiles(document);
    return !stopped_;
}

void SpeedscopeParser::read_frames(json::document& document) {
    json::array frames;
    if (document["shared"]["frames"].get_array().get(frames) != simdjson::SUCCESS) {
        profiles_.damaged = true;
        return;
    }
    for (auto each : frames) {
        json::object frame;
        if (std::move(each).get_object().get(frame) != simdjson::SUCCESS) {
            profiles_.damaged = true;
            return;
        }
        read_frame(frame);
    }
}

void SpeedscopeParser::read_frame(json::object frame) {
    std::string file;
    std::optional<std::uint64_t> line;
    std::optional<std::uint64_t> column;
    Frame made;
    for (auto each : frame) {
        json::field field;
        if (std::move(each).get(field) != simdjson::SUCCESS) break;
        const auto key = field.key();
        json::value value = field.value();
        if (key == "name") made.name = log_.intern(string_of(value).value_or(""));
        if (key == "file") file = string_of(value).value_or("");
        if (key == "line") line = number_of_json(value);
        if (key == "col") column = number_of_json(value);
    }
    if (line) file += fmt::format(":{}", *line);
    if (line && column) file += fmt::format(":{}", *column);
    made.source = log_.intern(file);
    frames_.push_back(made);
}

void SpeedscopeParser::read_profiles(json::document& document) {
    json::array profiles;
    if (document["profiles"].get_array().get(profiles) != simdjson::SUCCESS) {
        profiles_.damaged = true;
        return;
    }
    for (auto each : profiles) {
        json::object profile;
        if (stopped_ || std::move(each).get_object().get(profile) != simdjson::SUCCESS) {
            profiles_.damaged = !stopped_;
            return;
        }
        read_profile(profile);
    }
}

/// Returns a member of an object; nothing if it has none, or if an error is met: after one, simdjson's
/// document has let go of its parser, and must not be asked for more.
std::optional<json::value> SpeedscopeParser::member(json::object& object, std::string_view name) const {
    json::value value;
    const bool found = document_->is_alive() && object[name].get(value) == simdjson::SUCCESS;
    return found && document_->is_alive() ? std::optional(value) : std::nullopt;
}

/// Returns a member that is a string; empty if it is none.
std::string_view SpeedscopeParser::text_in(json::object& object, std::string_view name) const {
    auto value = member(object, name);
    std::string_view text;
    return value && value->get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

void SpeedscopeParser::read_profile(json::object profile) {
    const std::uint64_t at = position(*document_);
    const std::string_view type = text_in(profile, "type");
    auto called = member(profile, "name");
    const std::string name = called ? string_of(*called).value_or("") : "";
    const std::string_view unit = text_in(profile, "unit");
    if (!document_->is_alive()) {
        profiles_.damaged = true;
        return;
    }
    if (type != "evented") {
        if (type == "sampled") ++profiles_.samples;
        return omissions_.pass_over(
            type == "sampled" ? "of samples, which have no begin and no end" : "of no known type", at,
            "profile");
    }
    const StringId label = log_.intern(name.empty() ? "profile" : name);
    const auto nanoseconds = nanoseconds_of(unit);
    if (!nanoseconds)
        return omissions_.pass_over(
            fmt::format("whose unit is no time ({})", unit.empty() ? "none is said" : unit), at, "profile");
    if (unit == "none")
        omissions_.note("profile", "without a unit, of which 1 is shown as a microsecond", at);
    if (tracks_ >= max_profiles)
        return omissions_.pass_over(fmt::format("beyond {}", max_profiles), at, "profile");
    profiles_.numbers.push_back(announce_track(log_, tracks_, label, 0, trace::TrackKind::plain, {}));
    json::array list;
    auto events = member(profile, "events");
    if (!events || events->get_array().get(list) != simdjson::SUCCESS)
        return omissions_.pass_over("without events", at, "profile");
    read_events(list, tracks_ - 1, *nanoseconds);
}

void SpeedscopeParser::read_events(json::array list, std::uint32_t track, double unit) {
    stack_.clear();
    for (auto each : list) {
        if (profiles_.records.full() || stopped_) return;
        json::object event;
        if (std::move(each).get_object().get(event) != simdjson::SUCCESS) {
            profiles_.damaged = true;
            return;
        }
        read_event(event, track, unit);
        if (++profiles_.events % profile_events_between == 0)
            stopped_ =
                !(*progress_)(static_cast<double>(position(*document_)) / static_cast<double>(text_.size()));
    }
}

void SpeedscopeParser::read_event(json::object event, std::uint32_t track, double unit) {
    const std::uint64_t origin = position(*document_);
    std::string_view type;
    double at = 0;
    std::uint64_t frame = 0;
    bool has_time = false;
    bool has_frame = false;
    for (auto each : event) {
        json::field field;
        if (std::move(each).get(field) != simdjson::SUCCESS) break;
        const auto key = field.key();
        if (key == "type" && field.value().get_string().get(type) != simdjson::SUCCESS) type = {};
        if (key == "at") has_time = field.value().get_double().get(at) == simdjson::SUCCESS;
        if (key == "frame") has_frame = field.value().get_uint64().get(frame) == simdjson::SUCCESS;
    }
    const double time = std::round(at * unit);
    if (!has_time || !(std::abs(time) < static_cast<double>(TrackRecords::max_time)))
        return omissions_.pass_over("without a time", origin, "event");
    if (!has_frame) return omissions_.pass_over("without a frame", origin, "event");
    const TrackRecords::When when{static_cast<std::int64_t>(time), track, origin};
    if (type == "O")
        open(when, frame);
    else if (type == "C")
        close(when, frame);
    else
        omissions_.pass_over("of an unknown type", origin, "event");
}

void SpeedscopeParser::open(const TrackRecords::When& when, std::uint64_t frame) {
    stack_.push_back(frame);
    if (frame >= frames_.size()) {
        omissions_.note("event", "of frames that are not in the file", when.origin);
        profiles_.records.begin(when, log_.intern(fmt::format("frame {}", frame)));
        return;
    }
    const Frame& opened = frames_[frame];
    const Argument source{log_.intern_literal("source").value, opened.source.value};
    profiles_.records.begin(when, opened.name, {}, {&source, opened.source ? 1U : 0U});
}

void SpeedscopeParser::close(const TrackRecords::When& when, std::uint64_t frame) {
    if (!stack_.empty()) {
        if (stack_.back() != frame)
            omissions_.note("end", "of another frame than the one that was opened last", when.origin);
        stack_.pop_back();
    }
    profiles_.records.end(when);
}

/// Returns how much of the text was parsed, in bytes.
std::uint64_t SpeedscopeParser::position(json::document& document) const {
    const char* location = nullptr;
    if (document.current_location().get(location) != simdjson::SUCCESS) return text_.size();
    return static_cast<std::uint64_t>(location - text_.data());
}

}  // namespace

bool SpeedscopeProfiles::read(std::string& text, trace::Log& log, Omissions& omissions,
                              const std::function<bool(double)>& progress) {
    return SpeedscopeParser(*this, log, text, omissions).parse(progress);
}

}  // namespace loopscope::exchange
