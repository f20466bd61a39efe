// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

/// Text for places where some characters have a meaning of their own: one function for each kind of place.
/// File contents, names and arguments may come from anybody, so all of them pass through one of these.
///
/// Characters that would move a cursor, hide something or reorder others (the controls C0 and C1, DEL, line
/// separators, and the bidirectional controls) and bytes that are not valid UTF-8 are shown by number: `\n`,
/// `\x1b` and `\xff` are bytes, `\u009b` and `\u202e` characters.
namespace loopscope {

/// Returns `text` escaped for a terminal, as part of one line: line feeds and tabs are escaped as well.
std::string terminal_line(std::string_view text);

/// Returns `text` escaped for a terminal, except that line feeds and tabs keep their meaning.
std::string terminal_text(std::string_view text);

/// Returns `text` between single quotes, as a field of a line of text. Nothing in it ends the field or the
/// line: quotes and backslashes are preceded by a backslash.
std::string quoted_field(std::string_view text);

/// Returns `text` as a JSON string (RFC 8259), with its quotes. Bytes that are not valid UTF-8 become U+FFFD.
std::string json_string(std::string_view text);
/// Appends `text` to `document` as json_string returns it.
void append_json_string(std::string& document, std::string_view text);

/// Appends `character` to `document` as text of an XML document. Characters that XML 1.0 does not allow
/// (section 2.2) become U+FFFD.
void append_xml(std::string& document, char32_t character);

}  // namespace loopscope
