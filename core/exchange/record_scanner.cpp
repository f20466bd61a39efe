// SPDX-License-Identifier: MIT
#include "core/exchange/record_scanner.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "core/exchange/chrome_record.hpp"

namespace loopscope::exchange {
namespace {

constexpr std::string_view records_key = "\"traceEvents\"";

bool is_space(char character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
}

}  // namespace

void RecordScanner::push(std::span<const std::byte> bytes) {
    put_back();
    if (may_be_record_ && at_ - kept_ > record_limit_) may_be_record_ = false;
    const bool in_record = state_ == State::record || may_be_record_;
    too_long_ = in_record && (too_long_ || at_ - kept_ > record_limit_);
    const std::size_t from = in_record && !too_long_ ? kept_ : at_;
    if (from > 0) std::memmove(window_.data(), window_.data() + from, end_ - from);
    position_ += from;
    at_ -= from;
    end_ -= from;
    kept_ = 0;
    if (window_.size() < end_ + bytes.size() + padding) window_.resize(end_ + bytes.size() + padding);
    if (!bytes.empty()) std::memcpy(window_.data() + end_, bytes.data(), bytes.size());
    end_ += bytes.size();
}

// simdjson looks at the byte behind a text as if it belonged to it where a comma is missing (3.0.1:
// skip_child takes `"name":"a":1` for a key), and what stands there depends on the pieces.
void RecordScanner::put_space_behind() {
    behind_ = std::exchange(window_[at_], ' ');
}

void RecordScanner::put_back() {
    if (behind_) window_[at_] = *std::exchange(behind_, {});
}

std::string_view RecordScanner::next() {
    put_back();
    // INVARIANT: position() <= last_record_ + gap_limit_.
    const std::uint64_t rest_of_gap = last_record_ + gap_limit_ - position_;
    const auto end = static_cast<std::size_t>(std::min<std::uint64_t>(end_, rest_of_gap));
    while (at_ < end && wants_more()) {
        advance(end);
        if (!found_) continue;
        found_ = false;
        const std::string_view record = whole_record();
        if (!record.empty()) {
            put_space_behind();
            last_record_ = position();
            return record;
        }
        skip(too_long_ || at_ - kept_ > record_limit_ ? "of more bytes than can be read"
                                                      : "without a closing brace",
             record_begin(), "record");
    }
    if (end < end_ && wants_more()) {
        gave_up_ = true;
        finish();
    }
    return {};
}

void RecordScanner::finish() {
    if (state_ == State::record) skip("cut off at the end", record_begin(), "record");
    if (state_ == State::mark || state_ == State::start) state_ = State::nothing;
    if (state_ != State::nothing) state_ = State::over;
}

void RecordScanner::advance(std::size_t end) {
    switch (state_) {
        case State::mark: return mark();
        case State::start: return start();
        case State::lines: return lines();
        case State::after: return after();
        case State::member: return member();
        case State::key: return key(end);
        case State::colon: return colon();
        case State::value: return value();
        case State::array: return array();
        case State::string: return string(end);
        case State::scalar: return scalar(end);
        case State::nested:
            if (pass_nested(end)) state_ = then_;
            return;
        case State::record:
            found_ = pass_nested(end);
            if (found_) state_ = back_;
            return;
        case State::nothing:
        case State::over: return;
    }
}

void RecordScanner::mark() {
    if (here() == encoding_mark[matched_]) ++at_;
    if (++matched_ == encoding_mark.size()) state_ = State::start;
}

void RecordScanner::start() {
    const char first = here();
    if (!is_space(first)) {
        in_object_ = may_be_record_ = first == '{';
        kept_ = at_;
        has_array_ = first == '[';
        state_ = has_array_ ? State::array : in_object_ ? State::member : State::nothing;
    }
    if (state_ != State::nothing) ++at_;
}

/// Takes a byte between two members of the root object.
void RecordScanner::member() {
    const char first = here();
    if (is_space(first) || first == ',') {
        ++at_;
    } else if (first == '"') {
        state_ = State::key;
        matched_ = 0;
        same_ = true;
        escaped_ = false;
    } else if (first == '}') {
        ++at_;
        found_ = may_be_record_;
        state_ = found_ ? State::lines : State::after;
        may_be_record_ = false;
    } else {  // no JSON
        has_zeros_ = first == '\0';
        state_ = State::over;
    }
}

/// Takes a byte between two records without an array around them.
void RecordScanner::lines() {
    const char first = here();
    if (is_space(first) || first == ',') {
        ++at_;
    } else if (first == '{') {
        begin_record();
        back_ = State::lines;
    } else if (first == '[' || first == ']') {
        state_ = State::after;
    } else {
        skip(fmt::format("where an object belongs: {}", kind_of_json(first)), position(), "value");
        pass_value(State::lines);
    }
}

/// Takes a byte behind the end of the root.
void RecordScanner::after() {
    const char first = here();
    if (first == '[' || first == '{') another_ = position();
    if (is_space(first))
        ++at_;
    else
        state_ = State::over;
}

void RecordScanner::begin_record() {
    state_ = State::record;
    kept_ = at_;
    too_long_ = false;
    nesting_ = {};
}

void RecordScanner::skip(std::string_view why, std::uint64_t at, std::string_view noun) {
    ++skipped_;
    omissions_.pass_over(why, at, noun);
}

void RecordScanner::key(std::size_t end) {
    while (at_ < end) {
        const char each = window_[at_++];
        same_ = same_ && matched_ < records_key.size() && each == records_key[matched_];
        const bool ends = matched_ > 0 && each == '"' && !escaped_;
        escaped_ = !escaped_ && each == '\\';
        matched_ = std::min(matched_ + 1, records_key.size());
        if (!ends) continue;
        state_ = State::colon;
        return;
    }
}

void RecordScanner::colon() {
    const char first = here();
    if (is_space(first) || first == ':') ++at_;
    if (!is_space(first)) state_ = State::value;
}

void RecordScanner::value() {
    const char first = here();
    if (is_space(first)) {
        ++at_;
    } else if (same_ && first == '[') {
        ++at_;
        has_array_ = true;
        may_be_record_ = false;
        terminated_ = false;
        back_ = state_ = State::array;
    } else {
        if (same_) no_array_ = kind_of_json(first);
        pass_value(State::member);
    }
}

void RecordScanner::array() {
    const char first = here();
    if (is_space(first) || first == ',') {
        ++at_;
    } else if (first == ']') {
        ++at_;
        terminated_ = true;
        // Some tools write more than one array; most objects have only metadata left.
        state_ = in_object_ ? State::member : State::after;
    } else if (first == '{') {
        begin_record();
    } else if (first == '\0') {
        has_zeros_ = true;
        state_ = State::over;
    } else {
        skip(fmt::format("where an object belongs: {}", kind_of_json(first)), position(), "value");
        pass_value(State::array);
    }
}

void RecordScanner::pass_value(State then) {
    then_ = then;
    const char first = here();
    if (first == '{' || first == '[') {
        state_ = State::nested;
        nesting_ = {};
        return;
    }
    ++at_;  // even if the byte is no JSON, so that the end is always reached
    state_ = first == '"' ? State::string : State::scalar;
    escaped_ = false;
}

void RecordScanner::string(std::size_t end) {
    while (at_ < end) {
        const char each = window_[at_++];
        if (each == '"' && !escaped_) {
            state_ = then_;
            return;
        }
        escaped_ = !escaped_ && each == '\\';
    }
}

void RecordScanner::scalar(std::size_t end) {
    for (; at_ < end; ++at_) {
        const char each = here();
        if (each != ',' && each != ']' && each != '}' && !is_space(each)) continue;
        state_ = then_;
        return;
    }
}

std::string_view RecordScanner::whole_record() {
    const std::size_t size = at_ - kept_;
    const bool whole = !too_long_ && size <= record_limit_ && window_[at_ - 1] == '}';
    return whole ? std::string_view(window_.data() + kept_, size) : std::string_view();
}

/// Skips bytes of an object or an array. Returns whether it ended. This is the hot loop of reading: it sees
/// each byte once.
bool RecordScanner::pass_nested(std::size_t end) {
    auto [depth, in_string, escaped] = nesting_;
    const char* const begin = window_.data();
    for (std::size_t at = at_; at < end; ++at) {
        const char each = begin[at];
        if (in_string) {
            in_string = escaped || each != '"';
            escaped = !escaped && each == '\\';
        } else if (each == '"') {
            in_string = true;
        } else if (each == '{' || each == '[') {
            ++depth;
        } else if ((each == '}' || each == ']') && --depth == 0) {
            at_ = at + 1;
            return true;
        }
    }
    at_ = end;
    nesting_ = {depth, in_string, escaped};
    return false;
}

}  // namespace loopscope::exchange
