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
    std::vector<Entry> entries;  ///< the list that it begins with
    std::string text;            ///< paragraphs, with an empty line between them
    std::string afterwards;      ///< the same, below `### Afterwards`
};

/// Most bytes of a sheet.
inline constexpr std::size_t max_sheet_bytes = std::size_t{1} << 20;
/// Most headings of a sheet: a lesson or a demo is what fits into a class.
inline constexpr std::size_t max_sections = 200;

/// A file that a teacher writes: Markdown with a front matter, cut into sections. What lessons and demos have
/// in common.
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
    std::string file;  ///< as the user names it
    std::vector<Entry> front;
    std::string text;  ///< between the front matter and the first heading
    std::vector<Section> sections;

    /// A sentence about one of its lines.
    [[nodiscard]] tl::unexpected<Error> error(std::uint32_t line, std::string_view sentence) const;
    /// The only entry of a key. Fails if there is more than one; null if there is none.
    [[nodiscard]] Result<const Entry*> find(const std::vector<Entry>& entries, std::string_view key) const;
    /// Fails if an entry has another key than these.
    [[nodiscard]] Result<void> allow(const std::vector<Entry>& entries,
                                     const std::vector<std::string_view>& keys) const;
};

/// Cuts a file up. The error names the file and the line, and says what to write instead.
Result<Sheet> parse_sheet(std::string_view file, std::string_view text);

}  // namespace loopscope::lesson
