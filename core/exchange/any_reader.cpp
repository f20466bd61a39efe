// SPDX-License-Identifier: MIT
#include "core/exchange/any_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/exchange/readers.hpp"
#include "core/exchange/unpacker.hpp"

namespace loopscope::exchange {
namespace {

/// Returns a list of the formats that can be read: ".loopscope files and Chrome traces in JSON".
std::string all_readable() {
    const auto formats = readable_formats();
    std::string text;
    for (std::size_t at = 0; at < formats.size(); ++at) {
        if (at > 0) text += at + 1 == formats.size() ? " and " : ", ";
        text += formats[at].name;
    }
    return text;
}

/// Returns the first format that the bytes match or may match, and sets `match`; null: no format begins like
/// them. If no more bytes come, only a sure match counts.
template <class Format>
const Format* find(std::span<const Format> formats, FirstBytes first, Match& match) {
    for (const Format& format : formats) {
        match = format.sniff(first);
        if (match == Match::yes || (match == Match::maybe && !first.all)) return &format;
    }
    return nullptr;
}

/// Returns the beginning of what bytes unpack to, if they are compressed in a way that is known.
std::vector<std::byte> unpacked(FirstBytes first) {
    std::vector<std::byte> bytes;
    const std::string_view text = first.text();
    const bool is_gzip = text.starts_with("\x1f\x8b");
    Unpacker unpacker(is_gzip ? Packing::gzip : Packing::zstd);
    if (!text.empty()) unpacker.unpack(first.bytes, bytes, max_first_bytes);
    return bytes;
}

}  // namespace

bool may_be_trace(FirstBytes first) {
    Match match = Match::no;
    first.all = true;
    if (first.bytes.empty() || find(named_formats(), first, match) != nullptr) return false;
    const ReadableFormat* const format = find(readable_formats(), first, match);
    if (format == nullptr) return false;
    if (format != &readable_formats().back()) return true;  // the last one is that of compressed files
    const std::vector<std::byte> inside = unpacked(first);
    const FirstBytes of_inside{inside, true};
    const ReadableFormat* const inner = find(readable_formats(), of_inside, match);
    return inner != nullptr && inner != format && find(named_formats(), of_inside, match) == nullptr;
}

AnyReader::AnyReader(Incoming incoming, trace::LogProgress progress)
    : incoming_(std::move(incoming)), progress_(std::move(progress)) {}

Result<void> AnyReader::push(std::span<const std::byte> bytes) {
    if (reader_ == nullptr) {
        const auto first = bytes.first(std::min(bytes.size(), max_first_bytes - first_.size()));
        first_.insert(first_.end(), first.begin(), first.end());
        bytes = bytes.subspan(first.size());
        const bool all = first_.size() == max_first_bytes;
        // A pipe may give one byte at a time, and each look is at all that came.
        if (first_.size() < next_look_ && !all) return {};
        next_look_ = first_.size() + first_.size() / 8 + 1;
        if (auto chosen = choose(all); !chosen) return chosen;
    }
    if (reader_ == nullptr || bytes.empty()) return {};
    return reader_->push(bytes);
}

Result<void> AnyReader::choose(bool all) {
    Match match = Match::no;
    const FirstBytes bytes{first_, all};
    if (const NamedFormat* const named = find(named_formats(), bytes, match)) {
        if (match == Match::maybe) return {};
        return fail(fmt::format("'{}' is {}; {}", incoming_.name, named->name, named->advice),
                    Error::Code::unsupported);
    }
    const ReadableFormat* const format = find(readable_formats(), bytes, match);
    if (format == nullptr)
        return fail(fmt::format("'{}' is no trace that can be read: {} can, whatever they are called",
                                incoming_.name, all_readable()),
                    Error::Code::unsupported);
    if (match == Match::maybe) return {};
    reader_ = format->make(std::move(incoming_), std::move(progress_));
    const auto first = std::exchange(first_, {});
    return reader_->push(first);
}

Pausing<Result<Imported>> AnyReader::finish_in_pieces() {
    if (reader_ == nullptr) {
        if (first_.empty())
            co_return fail(fmt::format("'{}' is empty: there is nothing to show", incoming_.name),
                           Error::Code::damaged);
        LOOPSCOPE_CO_CHECK(choose(true));
    }
    co_return co_await reader_->finish_in_pieces();
}

}  // namespace loopscope::exchange
