// SPDX-License-Identifier: MIT
#include "core/exchange/own_words.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <iterator>
#include <type_traits>
#include <unordered_map>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/base/number.hpp"
#include "core/base/utf8.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/storage.hpp"
#include "core/trace/text.hpp"

namespace loopscope::exchange {
namespace {

using trace::Event;
using trace::Field;
using trace::Kind;
using trace::Tail;

/// The bits of a deadline in a `timer` event, which lie in `a` and in the line of `b`.
constexpr std::uint64_t deadline_bits = (std::uint64_t{1} << 56) - 1;

using WordOfTag = std::string_view (*)(std::uint8_t);

template <class Tag>
std::string_view word_of_tag(std::uint8_t value) {
    if constexpr (std::is_same_v<Tag, trace::NoTag>)
        return {};
    else
        return trace::name(static_cast<Tag>(value));
}

/// The function that returns the word of a tag, for each kind at its number; null for unknown kinds.
constexpr auto tag_words = [] {
    using namespace trace;  // for the names of the tags
    std::array<WordOfTag, kind_numbers> all{};
#define LOOPSCOPE_KIND(kind, number, positions, subject, a, b, tag, ...) all[number] = word_of_tag<tag>;
#include "core/trace/kinds.def"
    return all;
}();

constexpr std::uint8_t number_of_kind(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

// --- Writing ---

void append_number(std::string& text, std::uint64_t value) {
    const fmt::format_int digits(value);
    text.append(" ").append(digits.data(), digits.size());
}

void append_field(std::string& text, const trace::Log& log, Field field, std::uint32_t value) {
    if (field == Field::zero) return;
    if (field == Field::string)
        text.append(" ").append(quoted_field(log.strings()[StringId{value}]));
    else
        append_number(text, value);
}

void append_tag(std::string& text, const Event& event) {
    const std::uint8_t kind = number_of_kind(event.kind());
    if (event.tag() < trace::rules[kind].tags)
        text.append(" ").append(tag_words[kind](event.tag()));
    else
        append_number(text, event.tag());  // of a later version
}

void append_line(std::string& text, std::uint32_t line) {
    if (line == 0) return;
    text += " :";
    const fmt::format_int digits(line);
    text.append(digits.data(), digits.size());
}

void append_tail(std::string& text, const trace::Log& log, const Event& event, Tail tail) {
    switch (tail) {
        case Tail::zero: return;
        case Tail::tag: return append_tag(text, event);
        case Tail::tag_line: append_tag(text, event); return append_line(text, event.line());
        case Tail::line: return append_line(text, event.line());
        case Tail::variable:
            append_number(text, event.variable().value);
            return append_line(text, event.tag() != 0 ? event.line() : 0);
        case Tail::string: return append_field(text, log, Field::string, event.b);
        case Tail::number:
        case Tail::failure:
        case Tail::maybe_track: return append_number(text, event.b);
        case Tail::tag_number: return append_tag(text, event);
    }
}

/// Appends a number with a mark before it and a space after it.
void append_marked(std::string& text, char mark, std::int64_t value) {
    text += mark;
    const fmt::format_int digits(value);
    text.append(digits.data(), digits.size()) += ' ';
}

/// Appends what an event says, without its index and time.
void append_words(std::string& text, const trace::Log& log, EventIndex at) {
    const Event& event = log[at];
    if (!trace::is_known(event.kind())) {
        fmt::format_to(std::back_inserter(text), "{} {} {} {}", number_of_kind(event.kind()), event.subject,
                       event.a, event.b);
        return;
    }
    const trace::Rule& rule = trace::rules[number_of_kind(event.kind())];
    text += trace::name(event.kind());
    append_field(text, log, rule.subject, event.subject);
    if (event.kind() == Kind::clock) {
        fmt::format_to(std::back_inserter(text), " {}", clock_time(event).count());
    } else if (event.kind() == Kind::count) {
        fmt::format_to(std::back_inserter(text), " {}", counted_value(event));
    } else if (rule.b == Tail::tag_number) {
        fmt::format_to(std::back_inserter(text), " {}", timer_deadline(event).count());
        append_tail(text, log, event, rule.b);
    } else {
        append_field(text, log, rule.a, event.a);
        append_tail(text, log, event, rule.b);
    }
}

// --- Reading ---

/// A reader of a line, from its beginning: whatever is not as expected makes `failed` true.
class Words {
  public:
    explicit Words(std::string_view line) : rest_(line) {}

    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool begins_with(char mark) const { return rest_.starts_with(mark); }
    /// Returns what stands up to the next space, and passes over that.
    std::string_view word() {
        const std::size_t end = std::min(rest_.find(' '), rest_.size());
        const std::string_view found = rest_.substr(0, end);
        const bool more = end < rest_.size();
        rest_.remove_prefix(more ? end + 1 : end);
        failed_ = failed_ || found.empty() || (more && rest_.empty());
        return found;
    }
    template <class Number>
    Number number(std::size_t marks = 0) {
        const std::string_view digits = word();
        const auto found = number_of<Number>(digits.substr(std::min(marks, digits.size())));
        failed_ = failed_ || !found;
        return found.value_or(Number{});
    }
    /// Returns a text as quoted_field wrote it, without quotes and escapes.
    std::string text();
    void fail() { failed_ = true; }

  private:
    void escaped(std::string& text);

    std::string_view rest_;
    bool failed_ = false;
};

std::string Words::text() {
    std::string text;
    if (!begins_with('\'')) failed_ = true;
    rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
    while (!failed_ && !begins_with('\'')) {
        const std::size_t plain = std::min(rest_.find_first_of("'\\"), rest_.size());
        text += rest_.substr(0, plain);
        rest_.remove_prefix(plain);
        if (rest_.empty()) failed_ = true;
        if (begins_with('\\')) escaped(text);
    }
    rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
    if (rest_.size() > 1 && begins_with(' '))
        rest_.remove_prefix(1);
    else
        failed_ = failed_ || !rest_.empty();
    return text;
}

void Words::escaped(std::string& text) {
    const char mark = rest_.size() > 1 ? rest_[1] : '\0';
    rest_.remove_prefix(std::min<std::size_t>(2, rest_.size()));
    const auto by_number = [&](std::size_t digits) {
        std::uint32_t value = 0;
        const std::string_view hex = rest_.substr(0, digits);
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
        failed_ = failed_ || error != std::errc() || end != hex.data() + digits;
        rest_.remove_prefix(hex.size());
        return value;
    };
    if (mark == '\'' || mark == '\\')
        text += mark;
    else if (mark == 'n')
        text += '\n';
    else if (mark == 'r')
        text += '\r';
    else if (mark == 't')
        text += '\t';
    else if (mark == 'x')
        text += static_cast<char>(by_number(2));
    else if (mark == 'u') {
        const std::uint32_t code = by_number(4);
        if (code >= 0xd800 && code < 0xe000) failed_ = true;
        if (!failed_) append_utf8(text, code);
    } else
        failed_ = true;
}

std::uint32_t read_field(Words& words, Field field, StringTable& strings) {
    if (field == Field::zero) return 0;
    return field == Field::string ? strings.intern(words.text()).value : words.number<std::uint32_t>();
}

std::uint8_t read_tag(Words& words, Kind kind) {
    const std::string_view word = words.word();
    const std::uint8_t number = number_of_kind(kind);
    for (std::uint8_t value = 0; value < trace::rules[number].tags; ++value) {
        if (tag_words[number](value) == word) return value;
    }
    const auto later = number_of<std::uint8_t>(word);
    if (!later) words.fail();
    return later.value_or(0);
}

std::uint32_t read_line(Words& words) {
    return words.begins_with(':') ? words.number<std::uint32_t>(1) : 0;
}

std::uint32_t read_tail(Words& words, Kind kind, Tail tail, StringTable& strings) {
    switch (tail) {
        case Tail::zero: return 0;
        case Tail::tag:
        case Tail::tag_number: return read_tag(words, kind);
        case Tail::tag_line: {
            const std::uint8_t tag = read_tag(words, kind);
            return tag | read_line(words) << 8;
        }
        case Tail::line: return read_line(words) << 8;
        case Tail::variable: {
            const VariableId variable{words.number<std::uint32_t>()};
            return trace::about_variable(variable, read_line(words));
        }
        case Tail::string: return read_field(words, Field::string, strings);
        case Tail::number:
        case Tail::failure:
        case Tail::maybe_track: return words.number<std::uint32_t>();
    }
    return 0;
}

/// Returns the kind that a word names; of a kind that only a later version knows, the word is its number.
std::optional<Kind> kind_of(std::string_view word) {
    static const auto all = [] {
        std::unordered_map<std::string_view, Kind> known;
        for (const Kind kind : trace::all_kinds) known.emplace(trace::name(kind), kind);
        return known;
    }();
    if (const auto found = all.find(word); found != all.end()) return found->second;
    const auto number = number_of<std::uint8_t>(word);
    if (!number || trace::is_known(static_cast<Kind>(*number))) return std::nullopt;
    return static_cast<Kind>(*number);
}

/// Reads an event whose fields `a` and `b` hold one number. Returns whether it is one.
bool read_whole_number(Words& words, Event& event) {
    const auto put = [&](std::uint64_t value) {
        event.a = static_cast<std::uint32_t>(value);
        event.b = static_cast<std::uint32_t>(value >> 32);
    };
    if (event.kind() == Kind::clock)
        put(static_cast<std::uint64_t>(words.number<std::int64_t>()));
    else if (event.kind() == Kind::count)
        put(std::bit_cast<std::uint64_t>(words.number<double>()));
    else
        return false;
    return true;
}

}  // namespace

void append_in_words(std::string& text, const trace::Log& log, const std::vector<EventRun>& runs) {
    for (const EventRun& run : runs) {
        Time before = run.before;
        Time clock = run.first ? before - Duration(log[run.first - 1].since()) : Time(0);
        for (EventIndex at = run.first; at < run.end; ++at) {
            if (log[at].kind() == Kind::clock) clock = clock_time(log[at]);
            const Time time = clock + Duration(log[at].since());
            if (at != runs.front().first) text += '\n';
            if (at == run.first) append_marked(text, '#', at.value);
            if (time != before) append_marked(text, '+', (time - before).count());
            append_words(text, log, at);
            before = time;
        }
    }
}

std::optional<WordedEvent> read_words(std::string_view line, StringTable& strings) {
    Words words(line);
    WordedEvent read;
    if (words.begins_with('#')) read.index = words.number<std::uint32_t>(1);
    if (words.begins_with('+')) read.later = Duration(words.number<std::int64_t>(1));
    const auto kind = kind_of(words.word());
    if (!kind || read.later < Duration(0)) return std::nullopt;
    Event& event = read.event;
    event.head = number_of_kind(*kind);
    const trace::Rule& rule = trace::rules[number_of_kind(*kind)];
    if (!trace::is_known(*kind)) {
        event.subject = words.number<std::uint32_t>();
        event.a = words.number<std::uint32_t>();
        event.b = words.number<std::uint32_t>();
    } else {
        event.subject = read_field(words, rule.subject, strings);
        if (rule.b == Tail::tag_number) {
            const auto deadline = static_cast<std::uint64_t>(words.number<std::int64_t>()) & deadline_bits;
            event.a = static_cast<std::uint32_t>(deadline);
            event.b = static_cast<std::uint32_t>(deadline >> 32 << 8);
            event.b |= read_tail(words, *kind, rule.b, strings);
        } else if (!read_whole_number(words, event)) {
            event.a = read_field(words, rule.a, strings);
            event.b = read_tail(words, *kind, rule.b, strings);
        }
    }
    if (words.failed() || !words.at_end()) return std::nullopt;
    return read;
}

}  // namespace loopscope::exchange
