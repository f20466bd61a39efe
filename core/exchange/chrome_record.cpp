#include "core/exchange/chrome_record.hpp"

#include <charconv>
#include <cmath>

#include <simdjson.h>

namespace loopscope::exchange {
namespace {

namespace json = simdjson::ondemand;

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// For what has an exponent, and for other rarities.
std::optional<Time> parse_rare(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    const double nanoseconds = std::round(value * 1000);
    if (!(std::abs(nanoseconds) < static_cast<double>(farthest_time))) return std::nullopt;
    return Time(static_cast<std::int64_t>(nanoseconds));
}

/// A number, or a string without escapes, as it stands in the file.
std::string_view token(json::value& value) {
    std::string_view text = value.raw_json_token();
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
        text.remove_suffix(1);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    return text;
}

std::string_view text(json::value& value) {
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

/// The first scalar member of an object: `args.name`, `id2.local`.
std::string_view member(json::value& value, std::string_view name) {
    json::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return {};
    json::value found;
    if (object.find_field_unordered(name).get(found) != simdjson::SUCCESS) return {};
    json::json_type type{};
    if (found.type().get(type) != simdjson::SUCCESS) return {};
    return type == json::json_type::string   ? text(found)
           : type == json::json_type::number ? token(found)
                                             : std::string_view();
}

bool is_scalar(json::value& value) {
    json::json_type type{};
    return value.type().get(type) == simdjson::SUCCESS &&
           (type == json::json_type::string || type == json::json_type::number);
}

void read_scalar(ChromeRecord& record, std::string_view key, json::value& value) {
    if (key == "ph") {
        const std::string_view phase = text(value);
        record.phase = phase.empty() ? '\0' : phase[0];
    } else if (key == "name") {
        record.name = text(value);
    } else if (key == "cat") {
        record.category = text(value);
    } else if (key == "ts") {
        record.time = parse_micros(token(value));
    } else if (key == "dur") {
        record.duration = parse_micros(token(value)).value_or(Time(0));
    } else if (key == "pid") {
        record.process = token(value);
    } else if (key == "tid") {
        record.thread = token(value);
    } else if (key == "id") {
        record.id = token(value);
    } else if (key == "scope") {
        record.scope = token(value);
    }
}

}  // namespace

class ChromeRecordReader::Parser {
  public:
    json::parser parser;
};

ChromeRecordReader::ChromeRecordReader() : parser_(std::make_unique<Parser>()) {}
ChromeRecordReader::~ChromeRecordReader() = default;

std::optional<ChromeRecord> ChromeRecordReader::read(std::string_view text, std::size_t padding) {
    static_assert(simdjson::SIMDJSON_PADDING <= 64);
    json::document document;
    json::object object;
    if (parser_->parser.iterate(text.data(), text.size(), text.size() + padding).get(document) !=
            simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS)
        return std::nullopt;
    ChromeRecord record;
    for (auto each : object) {
        json::field field;
        std::string_view key;
        if (std::move(each).get(field) != simdjson::SUCCESS ||
            field.unescaped_key().get(key) != simdjson::SUCCESS)
            return std::nullopt;
        json::value value = field.value();
        if (is_scalar(value)) {
            read_scalar(record, key, value);
        } else if (key == "args" && record.phase == 'M') {
            record.given_name = member(value, "name");
        } else if (key == "id2") {
            record.id = member(value, "local");
            if (record.id.empty()) record.id = member(value, "global");
        }
    }
    return record;
}

std::optional<Time> parse_micros(std::string_view text) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1;  // digits after the point; -1: there is no point
    std::size_t digits = 0;
    for (const char each : rest) {
        if (each == '.' && decimals < 0) {
            decimals = 0;
        } else if (!is_digit(each) || value > farthest_time / 10) {
            return parse_rare(text);
        } else if (decimals < 3) {
            value = value * 10 + (each - '0');
            decimals += decimals >= 0 ? 1 : 0;
            ++digits;
        }
    }
    if (digits == 0) return std::nullopt;
    for (int at = std::max(decimals, 0); at < 3; ++at) {
        if (value > farthest_time / 10) return std::nullopt;
        value *= 10;
    }
    if (value >= farthest_time) return std::nullopt;
    return Time(negative ? -value : value);
}

}  // namespace loopscope::exchange
