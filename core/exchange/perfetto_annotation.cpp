#include "core/exchange/perfetto_annotation.hpp"

#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/base/excerpt.hpp"
#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {
namespace {

// The fields of DebugAnnotation.
enum : std::uint32_t {
    name_number = 1,
    bool_value = 2,
    uint_value = 3,
    int_value = 4,
    double_value = 5,
    string_value = 6,
    pointer_value = 7,
    nested_value = 8,
    json_value = 9,
    name_text = 10,
    dict_entry = 11,
    array_value = 12,
    proto_value = 14,
    string_number = 17,
};

/// Returns the text of a value that is neither a string nor made of others; nothing for those.
std::optional<std::string> plain_value(const WireField& field) {
    switch (field.number) {
        case bool_value: return field.value != 0 ? "true" : "false";
        case uint_value: return fmt::format("{}", field.value);
        case int_value: return fmt::format("{}", field.integer());
        case pointer_value: return fmt::format("{:#x}", field.value);
        case json_value: return std::string(field.bytes);
        case double_value: return fmt::format("{}", field.number_value());
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
            if (part.number == 1) number = part.value;
            if (part.number == 2 && part.is_message()) text = part.bytes;
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
        if (field.number == 2) file = field.bytes;
        if (field.number == 3) function = field.bytes;
        if (field.number == 4) line = field.value;
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
        if (field.number == string_value)
            annotation.value = log_.intern(field.bytes);
        else if (field.number == string_number)
            annotation.value = texts.find(InternedTexts::Of::annotation_text, field.value);
        else if (const auto plain = plain_value(field))
            annotation.value = log_.intern(*plain);
        else if (field.number == dict_entry || field.number == array_value) {
            std::string json;
            append(json, message, texts, 0);
            made_ += json.size();
            annotation.value = log_.intern(json);
            break;
        } else if (field.number == nested_value || field.number == proto_value)
            ++unknown_;
    }
    return annotation;
}

StringId AnnotationReader::name_of(std::string_view message, const InternedTexts& texts) {
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == name_text) return log_.intern(field.bytes);
        if (field.number == name_number) return texts.find(InternedTexts::Of::annotation_name, field.value);
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
        if (field.number == dict_entry || field.number == array_value)
            return append_items(json, message, texts, depth, field.number == dict_entry);
        if (field.number == string_value) {
            json += json_string(field.bytes);
            return;
        }
        if (field.number == string_number) {
            const StringId text = texts.find(InternedTexts::Of::annotation_text, field.value);
            json += json_string(excerpt(log_.strings()[text]));
            return;
        }
        if (field.number == double_value && !std::isfinite(field.number_value())) {
            json += fmt::format("\"{}\"", field.number_value());
            return;
        }
        if (const auto plain = plain_value(field)) {
            json += field.number == pointer_value ? '"' + *plain + '"' : *plain;
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
        if (field.number != (dict ? dict_entry : array_value) || !field.is_message()) continue;
        if (json.size() > begin) json += ',';
        if (dict) json += json_string(excerpt(log_.strings()[name_of(field.bytes, texts)])) + ':';
        append(json, field.bytes, texts, depth + 1);
    }
    json += dict ? '}' : ']';
}

}  // namespace loopscope::exchange
