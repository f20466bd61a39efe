#pragma once

#include <span>

#include "app/lesson/document.hpp"
#include "app/lesson/player.hpp"

namespace loopscope::lesson {

/// The names of the lessons that come with the program, in the order in which a class takes them.
std::span<const std::string_view> lesson_names();

/// One of them. REQUIRES: it is one of the names.
Lesson lesson_of(std::string_view name);

/// A lesson that is open, by its name or from a file, which is read again when it is edited.
class OpenLesson {
  public:
    static Result<OpenLesson> open(std::string_view name_or_file);

    [[nodiscard]] Player& player() { return player_; }
    [[nodiscard]] const Player& player() const { return player_; }
    /// Takes over what was edited, and keeps the place. Gives whether anything has changed; fails if the
    /// lesson makes no sense as it is now: the one before stays.
    Result<bool> poll(session::Session& session);

  private:
    OpenLesson(Document document, Player player)
        : document_(std::move(document)), player_(std::move(player)) {}

    Document document_;
    Player player_;
};

}  // namespace loopscope::lesson
