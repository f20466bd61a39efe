#include "core/exchange/record_scanner.hpp"

#include <algorithm>
#include <cstring>

namespace loopscope::exchange {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;
constexpr int end_of_file = -1;

bool is_space(int character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
}

}  // namespace

RecordScanner::RecordScanner(Source& source, std::uint64_t longest_gap)
    : source_(source), longest_gap_(longest_gap), window_(padding) {}

bool RecordScanner::refill() {
    const std::size_t from = keeps_ ? kept_ : at_;
    gave_up_ = gave_up_ || position_ + at_ - last_record_ > longest_gap_;
    if (gave_up_) return false;
    const auto more = source_.take(piece);
    if (more.empty()) return false;
    if (from > 0) std::memmove(window_.data(), window_.data() + from, end_ - from);
    position_ += from;
    at_ -= from;
    end_ -= from;
    kept_ = 0;
    if (window_.size() < end_ + more.size() + padding) window_.resize(end_ + more.size() + padding);
    std::memcpy(window_.data() + end_, more.data(), more.size());
    end_ += more.size();
    return true;
}

int RecordScanner::peek() {
    if (at_ == end_ && !refill()) return end_of_file;
    return static_cast<unsigned char>(window_[at_]);
}

void RecordScanner::pass_space() {
    while (is_space(peek())) ++at_;
}

std::string_view RecordScanner::next() {
    keeps_ = false;
    if (place_ == Place::start) begin();
    while (place_ == Place::root_object) member();
    while (place_ == Place::array) {
        pass_space();
        switch (peek()) {
            case end_of_file: place_ = Place::over; break;
            case ',': ++at_; break;
            case ']':
                ++at_;
                terminated_ = true;
                place_ = in_object_ ? Place::root_object : Place::over;
                // Some write more than one array; most have nothing left but metadata.
                while (place_ == Place::root_object) member();
                break;
            case '{':
                if (const std::string_view found = record(); !found.empty()) {
                    last_record_ = position_ + at_;
                    return found;
                }
                ++skipped_;
                break;
            default: ++skipped_; pass_value();
        }
    }
    return {};
}

void RecordScanner::begin() {
    for (const int mark : {0xef, 0xbb, 0xbf}) {
        if (peek() == mark) ++at_;
    }
    pass_space();
    const int first = peek();
    place_ = first == '[' ? Place::array : first == '{' ? Place::root_object : Place::nothing;
    in_object_ = first == '{';
    if (place_ != Place::nothing) ++at_;
}

/// Passes over a member of the root object, or stops at the beginning of its array of records.
void RecordScanner::member() {
    pass_space();
    if (peek() == ',') {
        ++at_;
        return;
    }
    if (peek() != '"') {  // the end, or no JSON
        place_ = Place::over;
        return;
    }
    const bool is_array_of_records = pass_key("\"traceEvents\"");
    pass_space();
    if (peek() == ':') ++at_;
    pass_space();
    if (is_array_of_records && peek() == '[') {
        ++at_;
        terminated_ = false;
        place_ = Place::array;
    } else if (peek() == end_of_file) {
        place_ = Place::over;
    } else {
        pass_value();
    }
}

std::string_view RecordScanner::record() {
    keeps_ = true;
    kept_ = at_;
    pass_nested();
    if (!keeps_) return {};
    const bool whole = at_ > kept_ && window_[at_ - 1] == '}' && at_ - kept_ > 1;
    return whole ? std::string_view(window_.data() + kept_, at_ - kept_) : std::string_view();
}

void RecordScanner::pass_value() {
    const int first = peek();
    if (first == '"') return pass_string();
    if (first == '{' || first == '[') return pass_nested();
    if (first != end_of_file) ++at_;  // also where nothing can be made of it: the end is reached in any case
    for (int each = peek();
         each != end_of_file && each != ',' && each != ']' && each != '}' && !is_space(each); each = peek())
        ++at_;
}

void RecordScanner::pass_string() {
    ++at_;
    for (int each = peek(); each != end_of_file; each = peek()) {
        ++at_;
        if (each == '"') return;
        if (each == '\\' && peek() != end_of_file) ++at_;
    }
}

/// Passes over a string. Gives whether it is that one, with its quotes.
bool RecordScanner::pass_key(std::string_view key) {
    bool same = true;
    std::size_t length = 0;
    bool escaped = false;
    for (int each = peek(); each != end_of_file; each = peek()) {
        ++at_;
        same = same && length < key.size() && each == static_cast<unsigned char>(key[length]);
        const bool ends = length > 0 && each == '"' && !escaped;
        escaped = !escaped && each == '\\';
        length = std::min(length + 1, key.size());
        if (ends) return same;
    }
    return false;
}

void RecordScanner::pass_nested() {
    Nesting nesting;
    for (;;) {
        if (at_ == end_) {
            if (keeps_ && end_ - kept_ > longest_record) keeps_ = false;
            if (!refill()) {
                keeps_ = false;  // cut off
                return;
            }
        }
        if (pass_nested_here(nesting)) return;
    }
}

/// Passes over what is in the window of an object or an array; whether it ended. The hot loop of reading: it
/// sees each byte once.
bool RecordScanner::pass_nested_here(Nesting& nesting) {
    auto [depth, in_string, escaped] = nesting;
    const char* const begin = window_.data();
    for (; at_ < end_; ++at_) {
        const char each = begin[at_];
        if (in_string) {
            in_string = escaped || each != '"';
            escaped = !escaped && each == '\\';
        } else if (each == '"') {
            in_string = true;
        } else if (each == '{' || each == '[') {
            ++depth;
        } else if ((each == '}' || each == ']') && --depth == 0) {
            ++at_;
            return true;
        }
    }
    nesting = {depth, in_string, escaped};
    return false;
}

}  // namespace loopscope::exchange
