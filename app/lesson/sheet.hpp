// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace loopscope::lesson {

/// A setting of a sheet: `key: value`.
struct Entry {
    std::string key;
    std::string value;
    std::uint32_t line = 0;
};

/// A part of a sheet, from one heading to the next.
struct Section {
    std::string heading;
    std::uint32_t line = 0;
    std::vector<Entry> entries;  ///< the list at the beginning of the section
    std::string text;            ///< paragraphs, separated by empty lines
    std::string afterwards;      ///< the text below `### Afterwards`, in the form of `text`
};

/// The maximum size of a sheet, in bytes.
inline constexpr std::size_t max_sheet_bytes = std::size_t{1} << 20;
/// The maximum number of headings of a sheet: a lesson or a demo is what fits into a class.
inline constexpr std::size_t max_sections = 200;

/// A file that a teacher writes: Markdown with a front matter, cut into sections. The common form of lessons
/// and demos.
///
///     ---
///     title: One cell for all
///     ---
///     Text.
///     ## A heading
///     - key: value
///
///     Text.
///     ### Afterwards
///     Text.
struct Sheet {
    std::string file;  ///< the file's name as the user wrote it
    std::vector<Entry> front;
    std::string text;  ///< between the front matter and the first heading
    std::vector<Section> sections;

    /// Returns a failure about a line: a sentence that begins with the file and the line.
    [[nodiscard]] tl::unexpected<Error> error(std::uint32_t line, std::string_view sentence) const;
    /// Returns the only entry of a key; null if there is none. Fails if there is more than one.
    [[nodiscard]] Result<const Entry*> find(const std::vector<Entry>& entries, std::string_view key) const;
    /// Fails if an entry's key is not one of `keys`.
    [[nodiscard]] Result<void> allow(const std::vector<Entry>& entries,
                                     const std::vector<std::string_view>& keys) const;
};

/// Parses a sheet. Fails at the first thing that has no meaning; the error names the file and the line, and
/// says what to write instead.
Result<Sheet> parse_sheet(std::string_view file, std::string_view text);

}  // namespace loopscope::lesson
