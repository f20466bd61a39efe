// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_event.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "core/base/number.hpp"
#include "core/exchange/perfetto_fields.hpp"
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
    only_flow = false;
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
    if (!flows.empty() && !arguments.empty()) read_flows(log);
}

/// Takes what arguments say of flows, as Loopscope writes it (perfetto_fields.hpp).
void PerfettoEvents::Event::read_flows(trace::Log& log) {
    constexpr std::size_t max_flows = 256;  // each argument is compared with each
    if (flows.size() > max_flows) return;
    std::erase_if(arguments, [&](const Argument& each) {
        return tell_flow(log.strings()[StringId{each.name}], StringId{each.value}, log);
    });
    only_flow = only_flow && flows.size() == 1 && arguments.empty() &&
                type == static_cast<std::uint64_t>(Type::instant) &&
                log.strings()[category] == perfetto::flow_category;
}

/// Returns whether an argument says something of one of the flows.
bool PerfettoEvents::Event::tell_flow(std::string_view argument, StringId said, trace::Log& log) {
    if (!argument.starts_with(perfetto::flow_argument)) return false;
    argument.remove_prefix(perfetto::flow_argument.size());
    const std::size_t digits = std::min(argument.find_first_not_of("0123456789"), argument.size());
    const auto id = number_of<std::uint64_t>(argument.substr(0, digits));
    const std::string_view what = argument.substr(digits);
    const auto flow = std::ranges::find(flows, id.value_or(0), &Flow::id);
    if (!id || flow == flows.end()) return false;
    if (what.empty()) {
        flow->name = said;
        only_flow = true;
    } else if (what == perfetto::flow_category_argument) {
        flow->category = said;
    } else if (what.starts_with(perfetto::flow_argument_separator)) {
        flow->arguments.push_back(
            {log.intern(what.substr(perfetto::flow_argument_separator.size())).value, said.value});
    } else {
        return false;
    }
    return true;
}

void PerfettoEvents::Event::read_field(const WireField& field, const InternedTexts& texts,
                                       AnnotationReader& annotations, trace::Log& log) {
    const auto argument = [&](StringId key, StringId said) { arguments.push_back({key.value, said.value}); };
    namespace fields = perfetto::event;
    switch (field.number) {
        case fields::category:
            each_number(field, [&](std::uint64_t number) { category_numbers_.push_back(number); });
            break;
        case fields::annotation: {
            const Annotation annotation = annotations.read(field.bytes, texts);
            argument(annotation.name, annotation.value);
            break;
        }
        case fields::legacy: read_legacy(field.bytes, texts); break;
        case fields::type: type = field.value; break;
        case fields::name: name = texts.find(InternedTexts::Of::event_name, field.value); break;
        case fields::track: track = field.value; break;
        case fields::category_text: categories_.push_back(field.bytes); break;
        case fields::name_text: name = log.intern(field.bytes); break;
        case fields::source:
            argument(log.intern_literal("source"), log.intern(source_text(field.bytes)));
            break;
        case fields::source_number:
            argument(log.intern_literal("source"),
                     texts.find(InternedTexts::Of::source_location, field.value));
            break;
        case fields::old_flow:
        case fields::old_flow_ends:
            each_number(field, [&](std::uint64_t flow) {
                flows.push_back({flow, field.number == fields::old_flow_ends, {}, {}, {}});
            });
            break;
        case fields::flow:
        case fields::flow_ends:
            each_fixed64(field, [&](std::uint64_t flow) {
                flows.push_back({flow, field.number == fields::flow_ends, {}, {}, {}});
            });
            break;
        default: read_values(field);
    }
}

/// Reads what counters count.
void PerfettoEvents::Event::read_values(const WireField& field) {
    const auto integer = [](std::uint64_t number) {
        return static_cast<double>(static_cast<std::int64_t>(number));
    };
    namespace fields = perfetto::event;
    switch (field.number) {
        case fields::extra_values:
            each_number(field, [&](std::uint64_t number) { extra.push_back(integer(number)); });
            break;
        case fields::counter_value: value = integer(field.value); break;
        case fields::extra_counters:
            each_number(field, [&](std::uint64_t uuid) { counters.push_back(uuid); });
            break;
        case fields::double_counter_value: value = field.number_value(); break;
        case fields::extra_double_counters:
            each_number(field, [&](std::uint64_t uuid) { double_counters.push_back(uuid); });
            break;
        case fields::extra_double_values:
            each_fixed64(field,
                         [&](std::uint64_t bits) { double_extra.push_back(std::bit_cast<double>(bits)); });
            break;
        default: unknown = field.number;
    }
}

void PerfettoEvents::Event::read_legacy(std::string_view message, const InternedTexts& texts) {
    namespace old = perfetto::legacy;
    has_legacy = true;
    legacy = {};
    const auto id = [&](const WireField& field, Scope scope) {
        legacy.id = field.value;
        legacy.scope = scope;
    };
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        switch (field.number) {
            case old::name: legacy.name = texts.find(InternedTexts::Of::event_name, field.value); break;
            case old::phase: legacy.phase = static_cast<std::int32_t>(field.value); break;
            case old::id: id(field, Scope::whole); break;
            case old::id_scope: legacy.id_scope = field.bytes; break;
            case old::bind_id: legacy.bind_id = field.value; break;
            case old::local_id: id(field, Scope::process); break;
            case old::global_id: id(field, Scope::global); break;
            case old::flow_direction: legacy.direction = field.value; break;
            case old::pid: legacy.pid = field.integer(); break;
            case old::tid: legacy.tid = field.integer(); break;
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
