#include "core/exchange/speedscope_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/base/result.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::exchange {
namespace {

namespace json = simdjson::ondemand;

/// The fraction of the work that is reading; the rest is parsing and writing the log.
constexpr double reading_speedscope = 0.3;
constexpr std::size_t bytes_between = std::size_t{1} << 22;
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

}  // namespace

/// Reads the profiles out of a whole text.
class SpeedscopeReader::Parser {
  public:
    Parser(trace::Log& log, std::string& text, Omissions& omissions)
        : log_(log), omissions_(omissions), text_(text) {}

    /// Reads all profiles. Returns false if `progress` stopped it.
    bool parse(const std::function<bool(double)>& progress);

    TrackRecords records;
    std::vector<std::uint32_t> numbers;  // of the tracks
    std::uint64_t events = 0;
    std::uint64_t samples = 0;  // profiles of them
    bool cut = false;           // the text ends before its root does

  private:
    void prepare();
    bool read(json::document& document);
    void read_frames(json::document& document);
    void read_frame(json::object frame);
    void read_profiles(json::document& document);
    void read_profile(json::object profile);
    void read_events(json::array list, std::uint32_t track, double unit);
    void read_event(json::object event, std::uint32_t track, double unit);
    void open(const TrackRecords::When& when, std::uint64_t frame);
    void close(const TrackRecords::When& when, std::uint64_t frame);
    [[nodiscard]] std::uint64_t position(json::document& document) const;

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

/// Makes the text one that simdjson begins with: valid UTF-8 in which no string is cut off.
void SpeedscopeReader::Parser::prepare() {
    if (!simdjson::validate_utf8(text_)) text_ = clean_utf8(text_);
    while (!text_.empty() && (text_.back() == '\0' || text_.back() == ' ' || text_.back() == '\n'))
        text_.pop_back();
    cut = text_.empty() || text_.back() != '}';
    if (cut) {
        const std::size_t last = text_.find_last_of('}');
        text_.resize(last == std::string::npos ? 0 : last + 1);
    }
    text_.reserve(text_.size() + simdjson::SIMDJSON_PADDING);
}

bool SpeedscopeReader::Parser::parse(const std::function<bool(double)>& progress) {
    progress_ = &progress;
    prepare();
    json::document document;
    if (parser_.iterate(text_.data(), text_.size(), text_.capacity()).get(document) != simdjson::SUCCESS) {
        cut = true;
        return true;
    }
    document_ = &document;
    const bool goes_on = read(document);
    document_ = nullptr;
    return goes_on;
}

/// Reads the frames, and then the profiles that use them. Returns false if the progress function stopped it.
bool SpeedscopeReader::Parser::read(json::document& document) {
    read_frames(document);
    // A document in which something was not found because it is cut off cannot be rewound.
    if (!cut)
        document.rewind();
    else if (parser_.iterate(text_.data(), text_.size(), text_.capacity()).get(document) != simdjson::SUCCESS)
        return true;
    read_profiles(document);
    return !stopped_;
}

void SpeedscopeReader::Parser::read_frames(json::document& document) {
    json::array frames;
    if (document["shared"]["frames"].get_array().get(frames) != simdjson::SUCCESS) {
        cut = true;
        return;
    }
    for (auto each : frames) {
        json::object frame;
        if (std::move(each).get_object().get(frame) != simdjson::SUCCESS) {
            cut = true;
            return;
        }
        read_frame(frame);
    }
}

void SpeedscopeReader::Parser::read_frame(json::object frame) {
    std::string_view text;
    std::string source;
    std::uint64_t number = 0;
    Frame made;
    for (auto each : frame) {
        json::field field;
        if (std::move(each).get(field) != simdjson::SUCCESS) break;
        const auto key = field.key();
        json::value value = field.value();
        if (key == "name" && value.get_string().get(text) == simdjson::SUCCESS) made.name = log_.intern(text);
        if (key == "file" && value.get_string().get(text) == simdjson::SUCCESS) source.insert(0, text);
        if ((key == "line" || key == "col") && value.get_uint64().get(number) == simdjson::SUCCESS)
            source += fmt::format(":{}", number);
    }
    made.source = log_.intern(source);
    frames_.push_back(made);
}

void SpeedscopeReader::Parser::read_profiles(json::document& document) {
    json::array profiles;
    if (document["profiles"].get_array().get(profiles) != simdjson::SUCCESS) {
        cut = true;
        return;
    }
    for (auto each : profiles) {
        json::object profile;
        if (stopped_ || std::move(each).get_object().get(profile) != simdjson::SUCCESS) {
            cut = !stopped_;
            return;
        }
        read_profile(profile);
    }
}

void SpeedscopeReader::Parser::read_profile(json::object profile) {
    const std::uint64_t at = position(*document_);
    std::string_view type;
    std::string_view unit;
    std::string_view name;
    if (profile["type"].get_string().get(type) != simdjson::SUCCESS || type != "evented") {
        if (type == "sampled") ++samples;
        return omissions_.pass_over(
            type == "sampled" ? "of samples, which have no begin and no end" : "of no known type", at,
            "profile");
    }
    if (profile["name"].get_string().get(name) != simdjson::SUCCESS) name = {};
    // The view is gone with the next string.
    const StringId label = log_.intern(name.empty() ? "profile" : name);
    if (profile["unit"].get_string().get(unit) != simdjson::SUCCESS) unit = {};
    const auto nanoseconds = nanoseconds_of(unit);
    if (!nanoseconds)
        return omissions_.pass_over(
            fmt::format("whose unit is no time ({})", unit.empty() ? "none is said" : unit), at, "profile");
    if (unit == "none")
        omissions_.note("profile", "without a unit, of which 1 is shown as a microsecond", at);
    if (tracks_ >= max_profiles)
        return omissions_.pass_over(fmt::format("beyond {}", max_profiles), at, "profile");
    numbers.push_back(announce_track(log_, tracks_, label, 0, trace::TrackKind::plain, {}));
    json::array list;
    if (profile["events"].get_array().get(list) != simdjson::SUCCESS)
        return omissions_.pass_over("without events", at, "profile");
    read_events(list, tracks_ - 1, *nanoseconds);
}

void SpeedscopeReader::Parser::read_events(json::array list, std::uint32_t track, double unit) {
    stack_.clear();
    for (auto each : list) {
        if (records.full() || stopped_) return;
        json::object event;
        if (std::move(each).get_object().get(event) != simdjson::SUCCESS) {
            cut = true;
            return;
        }
        read_event(event, track, unit);
        if (++events % profile_events_between == 0)
            stopped_ =
                !(*progress_)(static_cast<double>(position(*document_)) / static_cast<double>(text_.size()));
    }
}

void SpeedscopeReader::Parser::read_event(json::object event, std::uint32_t track, double unit) {
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

void SpeedscopeReader::Parser::open(const TrackRecords::When& when, std::uint64_t frame) {
    stack_.push_back(frame);
    if (frame >= frames_.size()) {
        omissions_.note("event", "of frames that are not in the file", when.origin);
        records.begin(when, log_.intern(fmt::format("frame {}", frame)));
        return;
    }
    const Frame& opened = frames_[frame];
    const Argument source{log_.intern_literal("source").value, opened.source.value};
    records.begin(when, opened.name, {}, {&source, opened.source ? 1U : 0U});
}

void SpeedscopeReader::Parser::close(const TrackRecords::When& when, std::uint64_t frame) {
    if (!stack_.empty()) {
        if (stack_.back() != frame)
            omissions_.note("end", "of another frame than the one that was opened last", when.origin);
        stack_.pop_back();
    }
    records.end(when);
}

/// Returns how much of the text was parsed, in bytes.
std::uint64_t SpeedscopeReader::Parser::position(json::document& document) const {
    const char* location = nullptr;
    if (document.current_location().get(location) != simdjson::SUCCESS) return text_.size();
    return static_cast<std::uint64_t>(location - text_.data());
}

SpeedscopeReader::SpeedscopeReader(Incoming incoming, trace::LogProgress progress)
    : name_(std::move(incoming.title)), size_(incoming.size), progress_(std::move(progress)) {
    imported_.info.program = name_;
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
}

SpeedscopeReader::~SpeedscopeReader() = default;

Result<void> SpeedscopeReader::push(std::span<const std::byte> bytes) {
    const auto kept = bytes.first(std::min(bytes.size(), max_size - text_.size()));
    text_.append(reinterpret_cast<const char*>(kept.data()), kept.size());
    if (!progress_ || text_.size() - reported_ < bytes_between) return {};
    reported_ = text_.size();
    const double done = size_ > 0 ? static_cast<double>(reported_) / static_cast<double>(size_) : 0;
    if (!progress_(reading_speedscope * std::min(done, 1.0), imported_.log)) return stopped();
    return {};
}

Result<Imported> SpeedscopeReader::finish() {
    Omissions omissions;
    Parser parser(*imported_.log, text_, omissions);
    const bool full_text = !wants_more();
    const auto progress = [this](double from, double done) {
        constexpr double each = (1 - reading_speedscope) / 2;
        return !progress_ || progress_(reading_speedscope + each * (from + done), imported_.log);
    };
    if (!parser.parse([&](double done) { return progress(0, done); })) return stopped();
    if (parser.records.empty()) return nothing(parser);
    parser.records.match(omissions);
    if (!parser.records.write(*imported_.log, parser.numbers, [&](double done) { return progress(1, done); }))
        return stopped();
    imported_.records = parser.events;
    imported_.skipped = omissions.records();
    imported_.omissions = omissions.all();
    std::string text = omissions.sentence(parser.events);
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
    if (full_text || parser.records.full())
        add(fmt::format("what comes after {} events was left out", parser.events));
    else if (parser.cut)
        add("the file ends before it is complete");
    if (!text.empty()) imported_.missing = fmt::format("'{}': {}", name_, text);
    return std::move(imported_);
}

tl::unexpected<Error> SpeedscopeReader::stopped() const {
    return fail(fmt::format("reading '{}' was stopped", name_), Error::Code::cancelled);
}

tl::unexpected<Error> SpeedscopeReader::nothing(const Parser& parser) const {
    if (parser.samples > 0)
        return fail(
            fmt::format("'{}' is a profile of speedscope that holds samples, which have no begin and no end; "
                        "https://www.speedscope.app shows them",
                        name_),
            Error::Code::unsupported);
    return fail(
        fmt::format("'{}' is a profile of speedscope without events that can be shown{}; record it again",
                    name_, parser.cut ? ", for it ends before it is complete" : ""),
        Error::Code::damaged);
}

}  // namespace loopscope::exchange
