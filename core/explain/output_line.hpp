// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/trace/index.hpp"

namespace loopscope::explain {

/// The prints that make one line of output: what `print(a, b)` writes piece by piece, up to its line break.
struct OutputLine {
    PrintIndex first;
    PrintIndex end;  ///< the print after the last of them

    friend bool operator==(const OutputLine&, const OutputLine&) = default;
};

/// Returns the line that a print is a part of: the prints of one handle up to one that ends with a line
/// break. A print that no line break follows in its handle is a line of its own. REQUIRES: the trace has the
/// print.
OutputLine line_of_print(const trace::Log& log, const trace::Index& index, PrintIndex print);

/// Returns the text of a line without its line break; at most about `max_bytes` bytes of it.
std::string text_of(const trace::Log& log, const trace::Index& index, const OutputLine& line,
                    std::size_t max_bytes);

/// Returns a printed text in one line, as sentences quote it and cells show it: without the line break at its
/// end, and with others by number, as `\n`. A print of nothing but a line break is shown as such. A long text
/// is cut as an excerpt is.
std::string in_one_line(std::string_view text);

/// Returns the print of a line that tells most: the first that leaks, or else that shows a value, or else the
/// first.
PrintIndex main_print_of(const trace::Index& index, const OutputLine& line);

}  // namespace loopscope::explain
