// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_annotation.hpp"

#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/exchange/perfetto_fields.hpp"
#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {

namespace {

/// Returns the text of a value that is neither a string nor made of others; nothing for those.
std::optional<std::string> plain_value(const WireField& field) {
    switch (field.number) {
        case perfetto::annotation::truth: return field.value != 0 ? "true" : "false";
        case perfetto::annotation::positive: return fmt::format("{}", field.value);
        case perfetto::annotation::integer: return fmt::format("{}", field.integer());
        case perfetto::annotation::pointer: return fmt::format("{:#x}", field.value);
        case perfetto::annotation::json: return std::string(field.bytes);
        case perfetto::annotation::number: return fmt::format("{}", field.number_value());
        default: return {};
    }
}

}  // namespace

void InternedTexts::take(std::string_view message, trace::Log& log) {
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        const auto of = static_cast<Of>(field.number);
        const bool known = of == Of::category || of == Of::event_name || of == Of::annotation_name ||
                           of == Of::source_location || of == Of::annotation_text;
        if (!known || field.number > 31 || !field.is_message()) continue;
        std::uint64_t number = 0;
        std::string_view text;
        WireFields entry(field.bytes);
        for (WireField part; entry.next(part);) {
            if (part.number == perfetto::interned::number) number = part.value;
            if (part.number == perfetto::interned::text && part.is_message()) text = part.bytes;
        }
        texts_[key_of(of, number)] = log.intern(of == Of::source_location ? source_text(field.bytes) : text);
    }
}

std::string source_text(std::string_view message) {
    std::string_view file;
    std::string_view function;
    std::uint64_t line = 0;
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::source::file) file = field.bytes;
        if (field.number == perfetto::source::function) function = field.bytes;
        if (field.number == perfetto::source::line) line = field.value;
    }
    std::string text(file);
    if (line != 0) text += fmt::format(":{}", line);
    if (!function.empty()) text.append(text.empty() ? "" : " ").append(function);
    return text;
}

Annotation AnnotationReader::read(std::string_view message, const InternedTexts& texts) {
    Annotation annotation{name_of(message, texts), {}};
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::annotation::text)
            annotation.value = log_.intern(field.bytes);
        else if (field.number == perfetto::annotation::text_number)
            annotation.value = texts.find(InternedTexts::Of::annotation_text, field.value);
        else if (const auto plain = plain_value(field))
            annotation.value = log_.intern(*plain);
        else if (field.number == perfetto::annotation::dict_entry ||
                 field.number == perfetto::annotation::array_value) {
            std::string json;
            append(json, message, texts, 0);
            made_ += json.size();
            annotation.value = log_.intern(json);
            break;
        } else if (field.number == perfetto::annotation::nested ||
                   field.number == perfetto::annotation::proto)
            ++unknown_;
    }
    return annotation;
}

StringId AnnotationReader::name_of(std::string_view message, const InternedTexts& texts) {
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::annotation::name_text) return log_.intern(field.bytes);
        if (field.number == perfetto::annotation::name)
            return texts.find(InternedTexts::Of::annotation_name, field.value);
    }
    return {};
}

/// Appends the value of an annotation as JSON.
void AnnotationReader::append(std::string& json, std::string_view message, const InternedTexts& texts,
                              int depth) {
    if (depth > max_depth || made_ + json.size() > allowed_) {
        ++left_out_;
        json += "\"…\"";
        return;
    }
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::annotation::dict_entry ||
            field.number == perfetto::annotation::array_value)
            return append_items(json, message, texts, depth,
                                field.number == perfetto::annotation::dict_entry);
        if (field.number == perfetto::annotation::text) {
            json += json_string(field.bytes);
            return;
        }
        if (field.number == perfetto::annotation::text_number) {
            const StringId text = texts.find(InternedTexts::Of::annotation_text, field.value);
            json += json_string(log_.strings()[text]);
            return;
        }
        if (field.number == perfetto::annotation::number && !std::isfinite(field.number_value())) {
            json += fmt::format("\"{}\"", field.number_value());
            return;
        }
        if (const auto plain = plain_value(field)) {
            json += field.number == perfetto::annotation::pointer ? '"' + *plain + '"' : *plain;
            return;
        }
    }
    json += "null";
}

/// Appends the items of an annotation that is a dict or an array.
void AnnotationReader::append_items(std::string& json, std::string_view message, const InternedTexts& texts,
                                    int depth, bool dict) {
    json += dict ? '{' : '[';
    const std::size_t begin = json.size();
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number != (dict ? perfetto::annotation::dict_entry : perfetto::annotation::array_value) ||
            !field.is_message())
            continue;
        if (json.size() > begin) json += ',';
        // A long text may be the name of each: after the first that is too much, none is written.
        if (made_ + json.size() > allowed_) {
            ++left_out_;
            json += dict ? "\"…\":null" : "\"…\"";
            break;
        }
        if (dict) json += json_string(log_.strings()[name_of(field.bytes, texts)]) + ':';
        append(json, field.bytes, texts, depth + 1);
    }
    json += dict ? '}' : ']';
}

}  // namespace loopscope::exchange
