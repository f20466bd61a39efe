// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "app/lesson/document.hpp"
#include "app/lesson/player.hpp"

namespace loopscope::lesson {

/// Returns the names of the lessons that come with the program, in the order in which a class takes them.
std::span<const std::string_view> lesson_names();

/// Returns a lesson that comes with the program; each is parsed once, by the first call. Any thread may call
/// it. REQUIRES: `name` is in lesson_names().
const Lesson& lesson_of(std::string_view name);

/// A lesson that is open, by its name or from a file, which is read again when it is edited. Used from one
/// thread.
class OpenLesson {
  public:
    /// Opens a lesson and prepares its questions. Fails if there is no such lesson or file, or the lesson
    /// makes no sense.
    static Result<OpenLesson> open(std::string_view name_or_file);

    [[nodiscard]] Player& player() { return player_; }
    [[nodiscard]] const Player& player() const { return player_; }
    /// Returns the lesson's text, and its name in error messages.
    [[nodiscard]] const Document& document() const { return document_; }
    /// Takes over changes of the file, and stays at the same stop. Returns whether the lesson has changed.
    /// Fails if the changed lesson makes no sense; the one before is then kept.
    Result<bool> poll(session::Session& session);

  private:
    OpenLesson(Document document, Player player)
        : document_(std::move(document)), player_(std::move(player)) {}

    Document document_;
    Player player_;
};

}  // namespace loopscope::lesson
