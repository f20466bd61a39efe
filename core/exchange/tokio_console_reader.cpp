// SPDX-License-Identifier: MIT
#include "core/exchange/tokio_console_reader.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/base/result.hpp"
#include "core/exchange/json_text.hpp"
#include "core/exchange/json_token.hpp"

namespace loopscope::exchange {
namespace {

namespace json = simdjson::ondemand;

constexpr std::uint64_t lines_between = std::uint64_t{1} << 13;
constexpr double reading_lines = 0.7;
constexpr std::int64_t nanoseconds_a_second = 1'000'000'000;

}  // namespace

struct TokioConsoleReader::Line {
    std::string_view what;  ///< "Spawn", "Enter", "Exit", "Close", "Waker"
    std::uint64_t id = 0;
    std::int64_t time = 0;
    bool complete = false;   ///< it has an id and a time
    std::string operation;   ///< of a waker: "Wake", "Clone" …
    bool by_itself = false;  ///< a task woke itself
    std::vector<Argument> fields;
    std::string kind;
    std::string name;
    std::string number;
};

/// Parses lines.
class TokioConsoleReader::LineParser {
  public:
    explicit LineParser(trace::Log& log) : log_(log) {}

    /// Returns what a line says; one without a known beginning has no `what`. Valid until the next call.
    const Line& parse(std::string_view text) {
        line_ = {};
        room_.assign(text);
        room_.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        json::document document;
        json::object root;
        if (!begin(document)) {
            room_ = with_valid_strings(text, simdjson::SIMDJSON_PADDING);
            room_.resize(room_.size() - simdjson::SIMDJSON_PADDING);
            if (!begin(document)) return line_;
        }
        if (document.get_object().get(root) != simdjson::SUCCESS) return line_;
        for (auto each : root) {
            json::field field;
            json::object members;
            std::string_view key;
            if (std::move(each).get(field) != simdjson::SUCCESS ||
                field.unescaped_key().get(key) != simdjson::SUCCESS ||
                field.value().get_object().get(members) != simdjson::SUCCESS)
                break;
            read_members(members);
            line_.what = key;
            break;
        }
        return line_;
    }

  private:
    /// Begins to parse the line. Returns whether simdjson can begin with it.
    [[nodiscard]] bool begin(json::document& document) {
        return parser_.iterate(room_.data(), room_.size(), room_.capacity()).get(document) ==
               simdjson::SUCCESS;
    }
    void read_members(json::object& members) {
        bool has_id = false;
        bool has_time = false;
        for (auto each : members) {
            json::field field;
            if (std::move(each).get(field) != simdjson::SUCCESS) break;
            const auto key = field.key();
            json::value value = field.value();
            if (key == "id")
                has_id = value.get_uint64().get(line_.id) == simdjson::SUCCESS;
            else if (key == "at")
                has_time = read_time(value);
            else if (key == "op")
                read_operation(value);
            else if (key == "fields")
                read_fields(value);
        }
        line_.complete = has_id && has_time;
    }

    bool read_time(json::value& value) {
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        constexpr std::int64_t limit = TrackRecords::max_time / nanoseconds_a_second;
        if (value["secs_since_epoch"].get_int64().get(seconds) != simdjson::SUCCESS ||
            value["nanos_since_epoch"].get_int64().get(nanoseconds) != simdjson::SUCCESS)
            return false;
        if (seconds < 0 || seconds >= limit || nanoseconds < 0 || nanoseconds >= nanoseconds_a_second)
            return false;
        line_.time = seconds * nanoseconds_a_second + nanoseconds;
        return true;
    }

    void read_operation(json::value& value) {
        std::string_view text;
        if (value.get_string().get(text) == simdjson::SUCCESS) {
            line_.operation = text;
            return;
        }
        json::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) return;
        for (auto each : object) {
            json::field field;
            if (std::move(each).get(field) != simdjson::SUCCESS) break;
            if (field.unescaped_key().get(text) != simdjson::SUCCESS) break;
            line_.operation = text;
            if (field.value()["self_wake"].get_bool().get(line_.by_itself) != simdjson::SUCCESS) break;
        }
    }

    void read_fields(json::value& value) {
        json::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS) return;
        for (auto each : list) {
            json::object field;
            json::value name;
            json::value said;
            if (std::move(each).get_object().get(field) != simdjson::SUCCESS ||
                field["name"].get(name) != simdjson::SUCCESS)
                return;
            const std::string key = string_of(name).value_or("");
            if (field["value"].get(said) != simdjson::SUCCESS) return;
            const std::string text = text_of(said);
            if (key == "kind") line_.kind = text;
            if (key == "task.name") line_.name = text;
            if (key == "task.id") line_.number = text;
            if (!text.empty()) line_.fields.push_back({log_.intern(key).value, log_.intern(text).value});
        }
    }

    /// Returns what a string says, or the JSON of any other value.
    static std::string text_of(json::value& value) {
        if (auto text = string_of(value)) return *std::move(text);
        std::string_view json;
        return simdjson::to_json_string(value).get(json) == simdjson::SUCCESS ? std::string(json) : "";
    }

    trace::Log& log_;
    json::parser parser_;
    std::string room_;
    Line line_;
};

TokioConsoleReader::TokioConsoleReader(Incoming incoming, trace::LogProgress progress)
    : name_(std::move(incoming.title)),
      size_(incoming.size),
      progress_(std::move(progress)),
      parser_(std::make_unique<LineParser>(*imported_.log)) {
    imported_.info.program = name_;
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
}

TokioConsoleReader::~TokioConsoleReader() = default;

Result<void> TokioConsoleReader::push(std::span<const std::byte> bytes) {
    std::string_view rest{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    while (!rest.empty() && wants_more()) {
        const std::size_t end = rest.find('\n');
        const std::string_view part = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        length_ += part.size();
        const bool is_whole = line_.empty() && length_ == part.size();
        if (length_ <= max_line && (end == std::string_view::npos || !is_whole)) line_.append(part);
        if (end == std::string_view::npos) break;
        if (length_ > max_line)
            pass_over_long_line();
        else
            take_line(is_whole ? part : std::string_view(line_));
        line_.clear();
        position_ += length_ + 1;
        length_ = 0;
        if (!may_go_on()) return reading_stopped(name_);
    }
    return {};
}

void TokioConsoleReader::pass_over_long_line() {
    ++imported_.records;
    omissions_.pass_over("that are too long", position_);
}

/// Tells now and then how far it is. Returns false if the progress function stopped it.
bool TokioConsoleReader::may_go_on() {
    if (imported_.records % lines_between != 0 || !progress_) return true;
    const double done = size_ > 0 ? static_cast<double>(position_) / static_cast<double>(size_) : 0;
    return progress_(reading_lines * std::min(done, 1.0), imported_.log);
}

void TokioConsoleReader::take_line(std::string_view line) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    if (line.starts_with("{\"v\":")) return;  // the version, in the first line
    ++imported_.records;
    const Line& parsed = parser_->parse(line);
    if (!parsed.complete) return omissions_.pass_over("without an id or a time", position_);
    take(parsed);
}

TrackRecords::When TokioConsoleReader::when(const Line& line, std::uint32_t place) const {
    return {line.time, place, position_};
}

void TokioConsoleReader::take(const Line& line) {
    if (line.what == "Spawn") return spawn(line);
    const auto found = tasks_.find(line.id);
    if (found == tasks_.end())
        return omissions_.pass_over("of resources and operations that the recording does not name",
                                    position_);
    Task& task = found->second;
    if (line.what == "Enter") {
        records_.begin(when(line, task.place), imported_.log->intern_literal("poll"));
        ++task.polls;
    } else if (line.what == "Exit" && task.polls > 0) {
        records_.end(when(line, task.place));
        --task.polls;
    } else if (line.what == "Close") {
        close(line, task);
    } else if (line.what == "Waker") {
        wake(line, task);
    } else {
        omissions_.pass_over(line.what == "Exit" ? "of polls that have not begun" : "of an unknown kind",
                             position_);
    }
}

void TokioConsoleReader::spawn(const Line& line) {
    if (tracks_.size() >= max_tasks)
        return omissions_.pass_over(fmt::format("of more than {} tasks", max_tasks), position_);
    trace::Log& log = *imported_.log;
    const auto place = static_cast<std::uint32_t>(tracks_.size());
    const std::string_view kind = line.kind.empty() ? "task" : std::string_view(line.kind);
    const StringId name = log.intern(line.name.empty() ? kind : std::string_view(line.name));
    tracks_.push_back({name, log.intern(line.number.empty() ? fmt::format("{}", line.id) : line.number)});
    records_.begin(when(line, place), name, log.intern(kind), line.fields);
    tasks_[line.id] = {place, 0};
}

void TokioConsoleReader::close(const Line& line, Task task) {
    for (; task.polls > 0; --task.polls) records_.end(when(line, task.place));
    records_.end(when(line, task.place));
    tasks_.erase(line.id);
}

void TokioConsoleReader::wake(const Line& line, const Task& task) {
    if (line.operation != "Wake" && line.operation != "WakeByRef")
        return omissions_.pass_over("of wakers that are copied or dropped", position_);
    trace::Log& log = *imported_.log;
    const Argument by{log.intern_literal("by").value, log.intern_literal("itself").value};
    records_.instant(when(line, task.place), log.intern_literal("wake"), {}, {&by, line.by_itself ? 1U : 0U});
}

Pausing<Result<Imported>> TokioConsoleReader::finish_in_pieces() {
    if (length_ > max_line) {
        pass_over_long_line();
        line_.clear();
    }
    // The last line may have no end, but be whole.
    const bool cut = !line_.empty() && !parser_->parse(line_).complete;
    if (!line_.empty() && !cut) take_line(line_);
    if (records_.empty())
        co_return fail(
            fmt::format("'{}' is a recording for tokio's console in which no task is spawned: there "
                        "is nothing to show",
                        name_),
            Error::Code::damaged);
    co_await records_.match(omissions_);
    std::vector<std::uint32_t> numbers;
    std::uint32_t last = 0;
    for (const Track& track : tracks_)
        numbers.push_back(
            announce_track(*imported_.log, last, track.name, 0, trace::TrackKind::resource, track.identity));
    const std::function<bool(double)> progress = [this](double done) {
        return !progress_ || progress_(reading_lines + (1 - reading_lines) * done, imported_.log);
    };
    const bool written = co_await records_.write(*imported_.log, numbers, progress);
    if (!written) co_return reading_stopped(name_);
    imported_.skipped = omissions_.records();
    imported_.omissions = omissions_.all();
    std::string text = omissions_.sentence(imported_.records);
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
    if (records_.full())
        add(fmt::format("what comes after {} records was left out", imported_.records));
    else if (cut)
        add("the file ends inside of a line");
    if (!text.empty()) imported_.missing = fmt::format("'{}': {}", name_, text);
    co_return std::move(imported_);
}

}  // namespace loopscope::exchange
