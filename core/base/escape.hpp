#pragma once

#include <string>
#include <string_view>

/// Text on its way to where some characters mean something else than themselves: a function for each kind of
/// place. What is in a file, a name or an argument may be anybody's, so none of it gets there without.
///
/// Characters that would move a cursor, hide something or change the order of others (the controls C0 and C1,
/// DEL, line separators, and the bidirectional controls) and bytes that are no UTF-8 are shown by number:
/// `\n`, `\x1b` and `\xff` are bytes, `\u009b` and `\u202e` characters.
namespace loopscope {

/// Returns the text for a terminal, as a part of one line: line feeds are shown as well.
std::string terminal_line(std::string_view text);

/// Returns the text for a terminal, where line feeds and tabs mean what they always do.
std::string terminal_text(std::string_view text);

/// Returns the text between single quotes, as a field of a line of text: nothing in it ends the field or the
/// line, for quotes and backslashes have a backslash before them.
std::string quoted_field(std::string_view text);

/// Returns the text as JSON has it (RFC 8259), with its quotes. What is no UTF-8 becomes U+FFFD.
std::string json_string(std::string_view text);

/// Appends a character as the text of an XML document. Those that XML 1.0 cannot have (section 2.2) become
/// U+FFFD.
void append_xml(std::string& document, char32_t character);

}  // namespace loopscope
