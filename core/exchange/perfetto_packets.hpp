// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/time.hpp"
#include "core/base/utf8.hpp"
#include "core/exchange/buffered_file.hpp"
#include "core/exchange/perfetto_fields.hpp"
#include "core/exchange/protobuf.hpp"

namespace loopscope::exchange {

/// Texts by number: writes each text into the first packet that refers to it.
class Interner {
  public:
    explicit Interner(std::uint32_t field) : field_(field) {}

    std::uint64_t number(std::string_view text, Message& news, bool& any) {
        const auto [known, added] = numbers_.emplace(text, numbers_.size() + 1);
        if (added) {
            Message entry;
            entry.number(perfetto::interned::number, known->second)
                .text(perfetto::interned::text, clean_utf8(text));
            news.message(field_, entry);
            any = true;
        }
        return known->second;
    }

  private:
    std::uint32_t field_;
    std::unordered_map<std::string, std::uint64_t> numbers_;
};

/// Writes packets of a Perfetto trace, all on one sequence: descriptors of tracks, and events, whose names,
/// categories and names of arguments are interned.
class PerfettoPackets {
  public:
    explicit PerfettoPackets(BufferedFile& file) : file_(file) {}
    /// Returns whether writing is of use: nothing has failed, and nobody has stopped it at an event.
    [[nodiscard]] bool goes_on(EventIndex at) { return file_.goes_on(at); }

    /// Writes the descriptor of a track.
    void describe(const Message& descriptor) {
        Message packet;
        packet.number(perfetto::packet::sequence, sequence);
        if (first_) packet.number(perfetto::packet::sequence_flags, perfetto::state_cleared);
        first_ = false;
        packet.message(perfetto::packet::track_descriptor, descriptor);
        write(packet);
    }

    /// Begins an event of a type, on a track.
    void begin(std::uint64_t type, std::uint64_t track) {
        event_ = {};
        news_ = {};
        any_news_ = false;
        event_.number(perfetto::event::type, type).number(perfetto::event::track, track);
    }
    void name(std::string_view name) {
        event_.number(perfetto::event::name, names_.number(name, news_, any_news_));
    }
    void category(std::string_view category) {
        event_.number(perfetto::event::category, categories_.number(category, news_, any_news_));
    }
    /// Adds an argument; `field` says of which type its value is.
    void argument(std::string_view name, std::uint32_t field, std::string_view value) {
        Message annotation;
        annotation.number(perfetto::annotation::name, arguments_.number(name, news_, any_news_));
        annotation.text(field, clean_utf8(value));
        event_.message(perfetto::event::annotation, annotation);
    }
    /// Returns the event under way, for fields that are rare.
    Message& event() { return event_; }
    /// Writes the event.
    void end(Time time) {
        Message packet;
        packet.number(perfetto::packet::timestamp, static_cast<std::uint64_t>(time.count()))
            .number(perfetto::packet::sequence, sequence)
            .number(perfetto::packet::sequence_flags, perfetto::needs_state);
        if (any_news_) packet.message(perfetto::packet::interned_data, news_);
        packet.message(perfetto::packet::track_event, event_);
        write(packet);
    }

  private:
    static constexpr std::uint64_t sequence = 1;

    void write(const Message& packet) {
        Message trace;
        trace.message(perfetto::packet_of_trace, packet);
        file_.write(trace.bytes());
    }

    BufferedFile& file_;
    bool first_ = true;
    Message event_;
    Message news_;
    bool any_news_ = false;
    Interner categories_{perfetto::interned::categories};
    Interner names_{perfetto::interned::names};
    Interner arguments_{perfetto::interned::arguments};
};

}  // namespace loopscope::exchange
