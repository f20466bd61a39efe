// SPDX-License-Identifier: MIT
#include "core/exchange/chrome_record.hpp"

#include <cstring>
#include <deque>

#include <simdjson.h>

#include "core/exchange/json_text.hpp"
#include "core/exchange/json_token.hpp"
#include "core/exchange/own_info.hpp"

namespace loopscope::exchange {
namespace {

namespace json = simdjson::ondemand;

/// Returns whether a key of that length is this one.
template <std::size_t Size>
bool is(std::string_view key, const char (&wanted)[Size]) {
    return std::memcmp(key.data(), wanted, Size - 1) == 0;
}

/// Returns whether a value may begin with a character: simdjson does not look before it is asked for the
/// value. N and I are those of NaN and Infinity, which Python writes.
bool begins_value(char first) {
    constexpr std::string_view beginnings = "\"{[-0123456789tfnNI";
    return beginnings.find(first) != std::string_view::npos;
}

}  // namespace

std::string_view kind_of_json(char first) {
    switch (first) {
        case '"': return "a string";
        case '{': return "an object";
        case '[': return "an array";
        case 't':
        case 'f': return "a truth value";
        case 'n': return "null";
        default: return first == '-' || (first >= '0' && first <= '9') ? "a number" : "no JSON";
    }
}

const ChromeArgument* ChromeRecord::argument(std::string_view wanted) const {
    for (const ChromeArgument& each : args) {
        if (each.name == wanted) return &each;
    }
    return nullptr;
}

class ChromeRecordReader::Parser {
  public:
    /// Reads a record. Returns whether the text is a JSON object.
    bool read(ChromeRecord& record, std::string_view text, std::size_t padding) {
        rare_.clear();
        return each_member(parser_, text, padding, [&](std::string_view key, json::value& value, char first) {
            return read_member(record, key, value, first);
        });
    }
    /// Reads a record again whose strings are invalid.
    bool read_repaired(ChromeRecord& record, std::string_view text) {
        repaired_ = with_valid_strings(text, padding_needed);
        return read(record, std::string_view(repaired_).substr(0, repaired_.size() - padding_needed),
                    padding_needed);
    }
    std::optional<std::string_view> member_of(std::string_view object, std::string_view name) {
        std::optional<std::string_view> found;
        each_member(inner_, object, padding_needed,
                    [&](std::string_view key, json::value& value, char first) {
                        if (key == name && first != '{' && first != '[') found = plain(value);
                        return true;
                    });
        return found;
    }

    static constexpr std::size_t padding_needed = simdjson::SIMDJSON_PADDING;

  private:
    /// Calls `function` with the key, the value and the first character of each member of an object until it
    /// returns false. Returns whether the text is an object, and `function` never returned false.
    template <class Function>
    bool each_member(json::parser& parser, std::string_view text, std::size_t padding, Function function) {
        json::document document;
        json::object object;
        return parser.iterate(text.data(), text.size(), text.size() + padding).get(document) ==
                   simdjson::SUCCESS &&
               document.get_object().get(object) == simdjson::SUCCESS && each_member(object, function);
    }
    template <class Function>
    bool each_member(json::object& object, Function& function) {
        for (auto each : object) {
            json::field field;
            std::string_view key;
            if (std::move(each).get(field) != simdjson::SUCCESS) return false;
            const char* const raw = field.key().raw();
            if (field.unescaped_key().get(key) != simdjson::SUCCESS) key = wrongly_escaped(raw);
            json::value value = field.value();
            const std::string_view token = value.raw_json_token();
            if (token.empty() || !begins_value(token.front()) || !function(key, value, token.front()))
                return false;
        }
        return true;
    }

    /// Returns a key that has an escape that is none, or half a surrogate pair. `begin`: behind its quote.
    std::string_view wrongly_escaped(const char* begin) {
        const char* end = begin;
        while (*end != '"') end += *end == '\\' ? 2 : 1;  // the scanner has seen that it ends
        return rare_.emplace_back(unescaped({begin, static_cast<std::size_t>(end - begin)}));
    }
    /// Returns a string without quotes and escapes, or another scalar as it stands.
    std::string_view plain(json::value& value) {
        const std::string_view token = token_of(value);
        const auto inside = inside_quotes(token);
        if (!inside) return token;
        if (inside->find('\\') == std::string_view::npos) return *inside;
        return rare_.emplace_back(unescaped(*inside));
    }

    /// Reads a member. The length of its key comes first, for every member of every record passes here.
    bool read_member(ChromeRecord& record, std::string_view key, json::value& value, char first) {
        const bool nested = first == '{' || first == '[';
        if (key.size() == 2 && !nested) {
            if (is(key, "ts"))
                record.time = {first != 'n', parse_micros(plain(value))};
            else if (is(key, "ph"))
                record.phase = first == '"' ? plain(value) : std::string_view();
            else
                read_rare_member(record, key, value, first);
        } else if (key.size() == 3 && !nested) {
            if (is(key, "pid"))
                record.process = plain(value);
            else if (is(key, "tid"))
                record.thread = plain(value);
            else if (is(key, "cat"))
                record.category = plain(value);
            else if (is(key, "dur"))
                record.duration = {first != 'n', parse_micros(plain(value))};
        } else if (key.size() == 4 && !nested && is(key, "name")) {
            record.name = plain(value);
        } else if (key == "args") {
            return read_args(record, value, first);
        } else if (key == "id2" && first == '{') {
            return read_id2(record, value);
        } else if (!nested) {
            read_rare_member(record, key, value, first);
        }
        return true;
    }
    void read_rare_member(ChromeRecord& record, std::string_view key, json::value& value, char first) {
        if (key == "id") {
            record.id = plain(value);
            record.id_scope = ChromeRecord::IdScope::trace;
        } else if (key == "scope") {
            record.scope = plain(value);
        } else if (key == "bind_id") {
            record.bind_id = plain(value);
        } else if (key == "bp") {
            record.binds_enclosing = plain(value) == "e";
        } else if (key == "flow_in") {
            record.flow_in = first == 't';
        } else if (key == "flow_out") {
            record.flow_out = first == 't';
        } else if (key == own_events_argument) {
            if (first == '"') record.events = plain(value);
        }
    }
    bool read_id2(ChromeRecord& record, json::value& value) {
        json::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) return false;
        const auto take = [&](std::string_view key, json::value& member, char first) {
            if (first == '{' || first == '[') return true;
            record.id = plain(member);
            record.id_scope = key == "local" ? ChromeRecord::IdScope::process : ChromeRecord::IdScope::trace;
            return true;
        };
        return each_member(object, take);
    }
    bool read_args(ChromeRecord& record, json::value& value, char first) {
        if (first != '{') {
            if (first != 'n') record.args_kind = kind_of_json(first);
            return true;
        }
        json::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) return false;
        const auto take = [&](std::string_view key, json::value& member, char begins) {
            std::string_view text;
            if (begins == '{' || begins == '[') {
                if (raw(member, begins).get(text) != simdjson::SUCCESS) return false;
            } else {
                text = plain(member);
            }
            record.args.push_back({key, text, begins == '"'});
            return true;
        };
        return each_member(object, take);
    }
    /// Returns the text of an object or an array.
    static simdjson::simdjson_result<std::string_view> raw(json::value& value, char first) {
        if (first == '[') {
            json::array array;
            const auto error = value.get_array().get(array);
            return error != simdjson::SUCCESS ? error : array.raw_json();
        }
        json::object object;
        const auto error = value.get_object().get(object);
        return error != simdjson::SUCCESS ? error : object.raw_json();
    }

    json::parser parser_;
    json::parser inner_;
    std::string repaired_;
    std::deque<std::string> rare_;  // texts that had escapes: a deque, so that they stay where they are
};

ChromeRecordReader::ChromeRecordReader() : parser_(std::make_unique<Parser>()) {}
ChromeRecordReader::~ChromeRecordReader() = default;

const ChromeRecord* ChromeRecordReader::read(std::string_view text, std::size_t padding) {
    static_assert(Parser::padding_needed <= 64);
    const auto begin = [&] {
        std::vector<ChromeArgument> args = std::move(record_.args);  // so that its memory is used again
        args.clear();
        record_ = {};
        record_.args = std::move(args);
    };
    begin();
    bad_bytes_ = false;
    if (parser_->read(record_, text, padding)) return &record_;
    begin();
    bad_bytes_ = !simdjson::validate_utf8(text);
    return parser_->read_repaired(record_, text) ? &record_ : nullptr;
}

std::optional<std::string_view> ChromeRecordReader::member_of(std::string_view object,
                                                              std::string_view name) {
    return parser_->member_of(object, name);
}

}  // namespace loopscope::exchange
