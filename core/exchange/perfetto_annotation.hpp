// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/id.hpp"
#include "core/exchange/perfetto_fields.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The texts that packets of a sequence name by number (interned_data.proto), as strings of the log.
class InternedTexts {
  public:
    /// Takes an InternedData message.
    void take(std::string_view message, trace::Log& log);
    void clear() { texts_.clear(); }

    /// What a number is of: the field of InternedData.
    enum class Of : std::uint8_t {
        category = perfetto::interned::categories,
        event_name = perfetto::interned::names,
        annotation_name = perfetto::interned::arguments,
        source_location = perfetto::interned::sources,
        annotation_text = perfetto::interned::argument_texts,
    };
    /// Returns the text with a number; an empty one if there is none.
    [[nodiscard]] StringId find(Of of, std::uint64_t number) const {
        const auto found = texts_.find(key_of(of, number));
        return found == texts_.end() ? StringId{} : found->second;
    }

  private:
    // Numbers are small: they count the texts of a sequence. A larger one may be taken for another.
    static std::uint64_t key_of(Of of, std::uint64_t number) {
        return number << 5 | static_cast<std::uint64_t>(of);
    }

    std::unordered_map<std::uint64_t, StringId> texts_;
};

/// Returns what a SourceLocation message says: "file.cpp:12 function".
std::string source_text(std::string_view message);

/// The name and the value of an argument.
struct Annotation {
    StringId name;
    StringId value;
};

/// A reader of debug annotations (debug_annotation.proto), whose values become JSON: strings of the outermost
/// level stand as they are.
class AnnotationReader {
  public:
    explicit AnnotationReader(trace::Log& log) : log_(log) {}

    /// Returns what a DebugAnnotation message says, with the texts of its sequence.
    Annotation read(std::string_view message, const InternedTexts& texts);
    /// Says how many bytes of the trace were read, which limits how long the values may be altogether: few
    /// bytes can name a long text again and again.
    void allow(std::uint64_t bytes) { allowed_ = free_text + text_per_byte * bytes; }
    /// Returns how many values were left out because of that.
    [[nodiscard]] std::uint64_t left_out() const { return left_out_; }
    /// Returns how many values were of a kind that is not read: messages of others.
    [[nodiscard]] std::uint64_t unknown() const { return unknown_; }

    static constexpr std::uint64_t free_text = std::uint64_t{1} << 24;
    static constexpr std::uint64_t text_per_byte = 4;
    /// The maximum depth of what is written; deeper values are an ellipsis.
    static constexpr int max_depth = 64;

  private:
    StringId name_of(std::string_view message, const InternedTexts& texts);
    void append(std::string& json, std::string_view message, const InternedTexts& texts, int depth);
    void append_items(std::string& json, std::string_view message, const InternedTexts& texts, int depth,
                      bool dict);

    trace::Log& log_;
    std::uint64_t allowed_ = free_text;
    std::uint64_t made_ = 0;
    std::uint64_t left_out_ = 0;
    std::uint64_t unknown_ = 0;
};

}  // namespace loopscope::exchange
