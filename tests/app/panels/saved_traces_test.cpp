#include "app/panels/saved_traces.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

namespace fs = std::filesystem;
using Unsaved = SavedTraces::Unsaved;

/// A file that is there until the end of the scope.
class SomeFile {
  public:
    SomeFile() { std::ofstream(path_) << "x"; }
    SomeFile(const SomeFile&) = delete;
    SomeFile& operator=(const SomeFile&) = delete;
    ~SomeFile() { fs::remove(path_); }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_ =
        fs::temp_directory_path() / ("loopscope-saved-" + std::to_string(::getpid()) + ".loopscope");
};

TEST(SavedTraces, lack_nothing_of_a_run_that_can_be_run_again_until_it_has_marks) {
    session::Session session = session::finished_seed();
    SavedTraces saved;
    EXPECT_EQ(saved.unsaved(session), Unsaved::nothing);
    session.mark(session.cursor(), "here");
    EXPECT_EQ(saved.unsaved(session), Unsaved::marks);
    session.mark(session.cursor(), "");
    EXPECT_EQ(saved.unsaved(session), Unsaved::nothing);
}

TEST(SavedTraces, lack_marks_that_differ_from_those_of_the_file) {
    const SomeFile file;
    session::Session session = session::finished_seed();
    session.mark(session.cursor(), "here");
    SavedTraces saved;
    saved.add(SavedTraces::saved_in(file.path(), session));
    EXPECT_EQ(saved.unsaved(session), Unsaved::nothing);
    EXPECT_EQ(saved.file_of(session), file.path());
    session.mark(session.cursor(), "");
    EXPECT_EQ(saved.unsaved(session), Unsaved::marks) << "one is gone";
}

TEST(SavedTraces, are_not_taken_for_others) {
    const SomeFile file;
    session::Session session = session::finished_seed();
    SavedTraces saved;
    saved.add(SavedTraces::saved_in(file.path(), session));
    session.restart(*session.setup());
    EXPECT_FALSE(saved.file_of(session));
    EXPECT_EQ(saved.unsaved(session), Unsaved::nothing);
}

TEST(SavedTraces, are_found_again_by_undo_which_runs_the_program_again) {
    const SomeFile file;
    session::Session session = session::finished_seed();
    session.mark(session.cursor(), "here");
    SavedTraces saved;
    saved.add(SavedTraces::saved_in(file.path(), session));
    session.restart(session::setup_of("indication-main", trace::Storage::global));
    EXPECT_FALSE(saved.file_of(session));
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(saved.file_of(session), file.path());
    EXPECT_EQ(saved.unsaved(session), Unsaved::nothing);
    ASSERT_TRUE(session.redo());
    EXPECT_FALSE(saved.file_of(session));
    ASSERT_TRUE(session.undo());

    session.seek(EventIndex{session.cursor().value / 2});
    session.select(trace::Storage::contextvar);
    EXPECT_FALSE(saved.file_of(session)) << "a fork is another run";
    ASSERT_TRUE(session.undo());
    EXPECT_EQ(saved.file_of(session), file.path());
}

TEST(SavedTraces, lack_all_of_a_recording_that_came_through_a_pipe) {
    session::Session session = session::finished_seed();
    SavedTraces saved;
    saved.add(SavedTraces::saved_in("-", session));
    EXPECT_EQ(saved.unsaved(session), Unsaved::recording);
    EXPECT_FALSE(saved.file_of(session));
    const SomeFile file;
    saved.add(SavedTraces::saved_in(file.path(), session));
    EXPECT_EQ(saved.unsaved(session), Unsaved::nothing) << "it is saved now";
}

TEST(SavedTraces, make_the_title_of_a_window) {
    EXPECT_EQ(window_title("indication", false), "indication - Loopscope");
    EXPECT_EQ(window_title("a\nb.json", true), "*a\\nb.json - Loopscope");
}

}  // namespace
}  // namespace loopscope::panels
