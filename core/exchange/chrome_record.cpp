#include "core/exchange/chrome_record.hpp"

#include <cmath>

#include <simdjson.h>

#include "core/base/number.hpp"

namespace loopscope::exchange {
namespace {

namespace json = simdjson::ondemand;

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// Returns a time in microseconds whose number has an exponent or is unusual otherwise, as parse_micros does.
std::optional<Time> parse_rare(std::string_view text) {
    const auto value = number_of<double>(text);
    if (!value) return std::nullopt;
    const double nanoseconds = std::round(*value * 1000);
    if (!(std::abs(nanoseconds) < static_cast<double>(max_time))) return std::nullopt;
    return Time(static_cast<std::int64_t>(nanoseconds));
}

/// Returns a number, or a string without its quotes, as it stands in the file, with escapes.
std::string_view token(json::value& value) {
    std::string_view text = value.raw_json_token();
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
        text.remove_suffix(1);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    return text;
}

bool token_is_string(json::value& value) {
    return value.raw_json_token().starts_with('"');
}

/// Returns a string without escapes; nothing if it is invalid.
std::optional<std::string_view> text(json::value& value) {
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

enum class Shape { broken, scalar, object, other };

Shape shape_of(json::value& value) {
    json::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return Shape::broken;
    if (type == json::json_type::string || type == json::json_type::number) return Shape::scalar;
    return type == json::json_type::object ? Shape::object : Shape::other;
}

/// Calls `function` with each member of an object until it returns false. simdjson iterates an object once,
/// and does not continue after an error. Returns whether there was no error and `function` never returned
/// false.
template <class Function>
bool each_member(json::object& object, Function function) {
    for (auto each : object) {
        json::field field;
        std::string_view key;
        if (std::move(each).get(field) != simdjson::SUCCESS ||
            field.unescaped_key().get(key) != simdjson::SUCCESS)
            return false;
        json::value value = field.value();
        const Shape shape = shape_of(value);
        if (shape == Shape::broken || !function(key, value, shape)) return false;
    }
    return true;
}

/// Reads the name in `args`, or the id in `id2`. Returns whether the object is valid.
bool read_object(ChromeRecord& record, std::string_view key, json::value& value) {
    json::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return false;
    return each_member(object, [&](std::string_view name, json::value& member, Shape shape) {
        if (shape != Shape::scalar) return true;
        if (key == "id2") {
            record.id = token(member);
            return true;
        }
        if (name != "name" || !token_is_string(member)) return true;
        const auto given = text(member);
        record.given_name = given.value_or(std::string_view());
        return given.has_value();
    });
}

/// Reads a number or a string into the record. Returns whether it is valid.
bool read_scalar(ChromeRecord& record, std::string_view key, json::value& value) {
    if (key == "ph" || key == "name" || key == "cat") {
        if (!token_is_string(value)) return true;
        const auto found = text(value);
        if (!found) return false;
        if (key == "ph")
            record.phase = found->empty() ? '\0' : found->front();
        else
            (key == "name" ? record.name : record.category) = *found;
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
    return true;
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
    const bool whole = each_member(object, [&](std::string_view key, json::value& value, Shape shape) {
        if (shape == Shape::scalar) return read_scalar(record, key, value);
        const bool wanted = key == "id2" || (key == "args" && (record.phase == 'M' || record.phase == '\0'));
        if (shape == Shape::object && wanted) return read_object(record, key, value);
        return true;
    });
    if (!whole) return std::nullopt;
    return record;
}

std::optional<Time> parse_micros(std::string_view text) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1;  // digits after the decimal point; -1: there is no point
    std::size_t digits = 0;
    for (const char each : rest) {
        if (each == '.' && decimals < 0) {
            decimals = 0;
        } else if (!is_digit(each) || value > max_time / 10) {
            return parse_rare(text);
        } else if (decimals < 3) {
            value = value * 10 + (each - '0');
            decimals += decimals >= 0 ? 1 : 0;
            ++digits;
        }
    }
    if (digits == 0) return std::nullopt;
    for (int at = std::max(decimals, 0); at < 3; ++at) {
        if (value > max_time / 10) return std::nullopt;
        value *= 10;
    }
    if (value >= max_time) return std::nullopt;
    return Time(negative ? -value : value);
}

}  // namespace loopscope::exchange
