#pragma once

#include <string>

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

/// Returns the print of a line that tells most: the first that leaks, or else that shows a value, or else the
/// first.
PrintIndex main_print_of(const trace::Index& index, const OutputLine& line);

}  // namespace loopscope::explain
