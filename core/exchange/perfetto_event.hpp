// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exchange/argument_lists.hpp"
#include "core/exchange/perfetto_annotation.hpp"
#include "core/exchange/perfetto_events.hpp"

namespace loopscope::exchange {

/// What a TrackEvent message says (track_event.proto), and a LegacyEvent in it.
struct PerfettoEvents::Event {
    using Type = EventType;
    enum class Scope : std::uint8_t { none, whole, process, global };

    struct Legacy {
        std::int32_t phase = 0;
        StringId name;
        std::uint64_t id = 0;
        Scope scope = Scope::none;  ///< of the id
        std::string_view id_scope;
        std::uint64_t bind_id = 0;
        std::uint64_t direction = 0;  ///< of the flow of bind_id
        std::int64_t pid = 0;
        std::int64_t tid = 0;
    };

    /// A flow that touches the event, and what Loopscope's own files say of it.
    struct Flow {
        std::uint64_t id = 0;
        bool ends = false;
        StringId name;
        StringId category;
        std::vector<Argument> arguments;
    };

    std::uint64_t origin = 0;
    std::int64_t time = 0;
    std::uint64_t type = 0;
    StringId name;
    StringId category;
    std::optional<std::uint64_t> track;
    std::optional<double> value;
    std::vector<Argument> arguments;
    std::vector<Flow> flows;
    bool only_flow = false;               ///< it is nothing but the place of a flow
    std::vector<std::uint64_t> counters;  ///< the tracks of the extra values, if it says them
    std::vector<std::uint64_t> double_counters;
    std::vector<double> extra;
    std::vector<double> double_extra;
    bool has_legacy = false;
    Legacy legacy;
    std::uint32_t unknown = 0;  ///< a field that is not read; 0: none

    /// Reads a message, with the texts of its sequence.
    void read(std::string_view message, const InternedTexts& texts, AnnotationReader& annotations,
              trace::Log& log);

  private:
    void read_field(const WireField& field, const InternedTexts& texts, AnnotationReader& annotations,
                    trace::Log& log);
    void read_values(const WireField& field);
    void read_legacy(std::string_view message, const InternedTexts& texts);
    void read_category(const InternedTexts& texts, trace::Log& log);
    void read_flows(trace::Log& log);
    bool tell_flow(std::string_view argument, StringId said, trace::Log& log);

    std::vector<std::uint64_t> category_numbers_;
    std::vector<std::string_view> categories_;
};

}  // namespace loopscope::exchange
