// SPDX-License-Identifier: MIT
#include "core/exchange/text_export.hpp"

#include <fmt/format.h>

#include "core/exchange/buffered_file.hpp"
#include "core/exchange/track_words.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/text.hpp"

namespace loopscope::exchange {
namespace {

/// Returns a text as a field of CSV (RFC 4180). Some readers take blanks at the border of a field away,
/// unless it is in quotes.
std::string csv_field(std::string_view text) {
    const auto is_blank = [](char character) { return character == ' ' || character == '\t'; };
    const bool has_border = !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
    if (!has_border && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char character : text)
        quoted += character == '"' ? std::string("\"\"") : std::string(1, character);
    return quoted + '"';
}

/// Returns what stands in `b` beside a line: a variable, a tag, or all of it.
std::uint32_t said_in_b(const trace::Event& event) {
    if (trace::names_variable(event.kind())) return event.variable().value;
    return trace::says_line(event.kind()) ? event.tag() : event.b;
}

}  // namespace

Result<void> write_text(const std::filesystem::path& path, const trace::Log& log, const Progress& progress) {
    LOOPSCOPE_TRY(file, BufferedFile::open(path, log, {}, progress));
    TrackWords words(log);
    trace::each_event(log, [&](EventIndex at, Time time) {
        if (file.goes_on(at)) file.write(trace::line_of(log, at, time, words.details(at)) + '\n');
    });
    return file.commit();
}

Result<void> write_csv(const std::filesystem::path& path, const trace::Log& log, const Progress& progress) {
    LOOPSCOPE_TRY(file, BufferedFile::open(path, log, {}, progress));
    TrackWords words(log);
    file.write("event,nanoseconds,kind,subject,a,b,line,text\n");
    trace::each_event(log, [&](EventIndex at, Time time) {
        if (!file.goes_on(at)) return;
        const trace::Event& event = log[at];
        file.write(fmt::format("{},{},{},{},{},{},{},{}\n", at.value, time.count(),
                               trace::kind_text(event.kind()), event.subject, event.a, said_in_b(event),
                               log.line(at), csv_field(words.details(at))));
    });
    return file.commit();
}

}  // namespace loopscope::exchange
