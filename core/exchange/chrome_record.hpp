// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/micros.hpp"

namespace loopscope::exchange {

/// An argument of a record.
struct ChromeArgument {
    std::string_view name;
    std::string_view value;  ///< a string without its quotes and escapes; any other value as its JSON text
    bool is_string = false;
};

/// The members of a Chrome trace's record that are read here, as "Trace Event Format" describes them. Texts
/// are without quotes and escapes, and valid until the next record is read; an id is a number or a string.
struct ChromeRecord {
    /// To whom an id belongs.
    enum class IdScope : std::uint8_t { none, trace, process };
    /// A number that may be missing.
    struct Number {
        bool given = false;
        std::optional<Micros> value;  ///< none: it is no number, or one too large
    };

    std::string_view phase;
    std::string_view name;
    std::string_view category;
    std::optional<std::string_view> process;  ///< pid
    std::optional<std::string_view> thread;   ///< tid
    std::string_view id;                      ///< of `id`, or of `id2`
    IdScope id_scope = IdScope::none;
    std::string_view scope;  ///< the name space of the id
    std::string_view bind_id;
    bool flow_in = false;
    bool flow_out = false;
    bool binds_enclosing = false;  ///< bp is "e"
    Number time;
    Number duration;
    std::string_view events;     ///< what Loopscope wrote of its own trace: own_words.hpp
    std::string_view args_kind;  ///< what `args` is if it is no object: "a number"; empty: an object, or none
    std::vector<ChromeArgument> args;

    /// Returns the argument of that name; nothing if there is none.
    [[nodiscard]] const ChromeArgument* argument(std::string_view wanted) const;
};

/// A parser of records, each of which is one JSON object.
class ChromeRecordReader {
  public:
    ChromeRecordReader();
    ChromeRecordReader(const ChromeRecordReader&) = delete;
    ChromeRecordReader& operator=(const ChromeRecordReader&) = delete;
    ~ChromeRecordReader();

    /// Returns the record in a text; nothing if the text is no JSON object. Bytes that are no UTF-8 become
    /// replacement characters, and characters that JSON wants escaped in a string are taken as they are.
    /// REQUIRES: `padding` bytes after the text may be read.
    const ChromeRecord* read(std::string_view text, std::size_t padding);
    /// Returns whether the text of the last record had bytes that are no UTF-8.
    [[nodiscard]] bool had_bad_bytes() const { return bad_bytes_; }

    /// Returns a member of an object that is an argument's value, without quotes; nothing if it has none of
    /// that name that is a string or a number. Valid until the next call. REQUIRES: the value is no string.
    std::optional<std::string_view> member_of(std::string_view object, std::string_view name);

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
    ChromeRecord record_;
    bool bad_bytes_ = false;
};

/// Returns what a JSON value is, by its first character, with an article: "a number", "an object".
std::string_view kind_of_json(char first);

}  // namespace loopscope::exchange
