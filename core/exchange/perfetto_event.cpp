#include "core/exchange/perfetto_event.hpp"

#include <bit>
#include <string>

#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {

void PerfettoEvents::Event::read(std::string_view message, const InternedTexts& texts,
                                 AnnotationReader& annotations, trace::Log& log) {
    type = 0;
    name = {};
    track.reset();
    value.reset();
    arguments.clear();
    flows.clear();
    counters.clear();
    double_counters.clear();
    extra.clear();
    double_extra.clear();
    has_legacy = false;
    unknown = 0;
    category_numbers_.clear();
    categories_.clear();
    WireFields fields(message);
    for (WireField field; fields.next(field);) read_field(field, texts, annotations, log);
    read_category(texts, log);
}

void PerfettoEvents::Event::read_field(const WireField& field, const InternedTexts& texts,
                                       AnnotationReader& annotations, trace::Log& log) {
    const auto argument = [&](StringId key, StringId said) { arguments.push_back({key.value, said.value}); };
    switch (field.number) {
        case 3: each_number(field, [&](std::uint64_t number) { category_numbers_.push_back(number); }); break;
        case 4: {
            const Annotation annotation = annotations.read(field.bytes, texts);
            argument(annotation.name, annotation.value);
            break;
        }
        case 6: read_legacy(field.bytes, texts); break;
        case 9: type = field.value; break;
        case 10: name = texts.find(InternedTexts::Of::event_name, field.value); break;
        case 11: track = field.value; break;
        case 22: categories_.push_back(field.bytes); break;
        case 23: name = log.intern(field.bytes); break;
        case 33: argument(log.intern_literal("source"), log.intern(source_text(field.bytes))); break;
        case 34:
            argument(log.intern_literal("source"),
                     texts.find(InternedTexts::Of::source_location, field.value));
            break;
        case 36:
        case 42:
            each_number(field, [&](std::uint64_t flow) { flows.emplace_back(flow, field.number == 42); });
            break;
        case 47:
        case 48:
            each_fixed64(field, [&](std::uint64_t flow) { flows.emplace_back(flow, field.number == 48); });
            break;
        default: read_values(field);
    }
}

/// Reads what counters count.
void PerfettoEvents::Event::read_values(const WireField& field) {
    const auto integer = [](std::uint64_t number) {
        return static_cast<double>(static_cast<std::int64_t>(number));
    };
    switch (field.number) {
        case 12: each_number(field, [&](std::uint64_t number) { extra.push_back(integer(number)); }); break;
        case 30: value = integer(field.value); break;
        case 31: each_number(field, [&](std::uint64_t uuid) { counters.push_back(uuid); }); break;
        case 44: value = field.number_value(); break;
        case 45: each_number(field, [&](std::uint64_t uuid) { double_counters.push_back(uuid); }); break;
        case 46:
            each_fixed64(field,
                         [&](std::uint64_t bits) { double_extra.push_back(std::bit_cast<double>(bits)); });
            break;
        default: unknown = field.number;
    }
}

void PerfettoEvents::Event::read_legacy(std::string_view message, const InternedTexts& texts) {
    has_legacy = true;
    legacy = {};
    const auto id = [&](const WireField& field, Scope scope) {
        legacy.id = field.value;
        legacy.scope = scope;
    };
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        switch (field.number) {
            case 1: legacy.name = texts.find(InternedTexts::Of::event_name, field.value); break;
            case 2: legacy.phase = static_cast<std::int32_t>(field.value); break;
            case 6: id(field, Scope::whole); break;
            case 7: legacy.id_scope = field.bytes; break;
            case 8: legacy.bind_id = field.value; break;
            case 10: id(field, Scope::process); break;
            case 11: id(field, Scope::global); break;
            case 13: legacy.direction = field.value; break;
            case 18: legacy.pid = field.integer(); break;
            case 19: legacy.tid = field.integer(); break;
            default: break;  // durations and sizes of the thread's own clocks
        }
    }
}

/// Sets the category: the names of all of them, with commas between.
void PerfettoEvents::Event::read_category(const InternedTexts& texts, trace::Log& log) {
    if (categories_.empty() && category_numbers_.size() == 1) {
        category = texts.find(InternedTexts::Of::category, category_numbers_.front());
        return;
    }
    std::string all;
    const auto add = [&](std::string_view one) { all.append(all.empty() ? "" : ",").append(one); };
    for (const std::uint64_t number : category_numbers_)
        add(log.strings()[texts.find(InternedTexts::Of::category, number)]);
    for (const std::string_view one : categories_) add(one);
    category = log.intern(all);
}

}  // namespace loopscope::exchange
