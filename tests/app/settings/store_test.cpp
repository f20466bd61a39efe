#include "app/settings/store.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/settings/keeper.hpp"

namespace loopscope::settings {
namespace {

namespace fs = std::filesystem;

/// A home of its own for each test.
class StoreTest : public testing::Test {
  protected:
    void SetUp() override { fs::create_directories(home_); }
    void TearDown() override { fs::remove_all(home_); }

    [[nodiscard]] Store store() const {
        return {home_ / "config" / "loopscope", home_ / "state" / "loopscope"};
    }
    [[nodiscard]] fs::path chosen() const { return home_ / "config" / "loopscope" / "settings"; }
    [[nodiscard]] fs::path left() const { return home_ / "state" / "loopscope" / "state"; }
    static void write(const fs::path& file, std::string_view text) {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }
    static std::string text_of(const fs::path& file) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    }

    fs::path home_ =
        fs::temp_directory_path() / ("loopscope-settings-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
};

Settings some() {
    Settings settings;
    settings.theme = "light";
    settings.text_size = 1.265625F;
    settings.shares = {{"below", 0.25F}, {"side", 0.4F}};
    settings.hidden = {"loop", "why"};
    settings.window = WindowPlace{1200, 800, Corner{-20, 35}, true};
    settings.add_recent("/a file/with = signs #1.loopscope");
    settings.add_recent("/b.json");
    return settings;
}

TEST_F(StoreTest, gives_back_what_it_was_given) {
    const Settings settings = some();
    ASSERT_TRUE(store().save({}, settings));
    const Store::Loaded loaded = store().load();
    EXPECT_EQ(loaded.notice, "");
    Settings expected = settings;
    expected.opened.clear();
    EXPECT_EQ(loaded.settings, expected);
    EXPECT_THAT(loaded.settings.recent, testing::ElementsAre("/b.json", "/a file/with = signs #1.loopscope"));
}

TEST_F(StoreTest, begins_with_defaults_and_writes_nothing_that_was_not_changed) {
    EXPECT_EQ(store().load().settings, Settings());
    ASSERT_TRUE(store().save({}, {}));
    EXPECT_TRUE(fs::is_empty(home_));
    Settings dark;
    dark.text_size = 2;
    ASSERT_TRUE(store().save({}, dark));
    EXPECT_EQ(text_of(chosen()), "loopscope-settings = 1\ntext-size = 2\n");
    EXPECT_FALSE(fs::exists(left()));
    struct stat status {};
    ASSERT_EQ(::stat(chosen().parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U) << "as the specification wants it";
}

TEST_F(StoreTest, says_in_a_sentence_what_makes_no_sense_and_loses_none_of_it) {
    for (const char* const strange : {"theme = purple", "text-size = 1e9", "text-size = nan",
                                      "no sense at all", "= dark", "panel = below", "panel = below 1.5"}) {
        write(chosen(), std::string("# mine\ntomorrow = yes\n") + strange + "\n");
        const Store::Loaded loaded = store().load();
        EXPECT_EQ(loaded.settings, Settings()) << strange;
        EXPECT_THAT(loaded.notice, testing::AllOf(testing::HasSubstr(chosen().string()),
                                                  testing::HasSubstr("makes no sense")))
            << strange;
        Settings now;
        now.hidden = {"why"};
        ASSERT_TRUE(store().save({}, now));
        EXPECT_EQ(text_of(chosen()), std::string("loopscope-settings = 1\n# mine\ntomorrow = yes\n") +
                                         strange + "\nhidden = why\n");
    }
    for (const char* const strange :
         {"window = 0 0", "window = 1 2 3", "window = 800 600 99999999999 1", "maximized = perhaps"}) {
        fs::remove(chosen());
        write(left(), std::string(strange) + "\n");
        EXPECT_FALSE(store().load().settings.window) << strange;
        EXPECT_THAT(store().load().notice, testing::HasSubstr(left().string())) << strange;
    }
}

TEST_F(StoreTest, leaves_what_a_newer_version_wrote_or_what_is_no_file_of_settings) {
    const std::string newer = "loopscope-settings = 2\ntheme = light\n";
    const std::string odd = "loopscope-settings = 99999999999999999999\n";
    for (const std::string& text : {newer, odd, std::string(100'000, 'x')}) {
        write(chosen(), text);
        fs::remove(left());
        const Store::Loaded loaded = store().load();
        EXPECT_EQ(loaded.settings, Settings());
        EXPECT_THAT(loaded.notice, testing::HasSubstr("defaults"));
        EXPECT_TRUE(store().save({}, some())) << "the other file is written";
        EXPECT_EQ(text_of(chosen()), text);
    }
    EXPECT_TRUE(store().load().settings.window);
    fs::remove(chosen());
    ASSERT_EQ(::mkfifo(chosen().c_str(), 0600), 0);
    EXPECT_THAT(store().load().notice, testing::HasSubstr("is no file")) << "it waits for nobody";
    EXPECT_TRUE(store().save({}, some()));
}

TEST_F(StoreTest, keeps_what_several_windows_have_changed) {
    const Settings begun = some();
    ASSERT_TRUE(store().save({}, begun));
    Settings one = store().load().settings;
    Settings other = one;
    const Settings before = one;
    one.theme = "projector";
    one.shares["source"] = 0.75F;
    one.shares.erase("side");
    one.hidden.erase("loop");
    one.add_recent("/of one");
    other.text_size = 3;
    other.shares["below"] = 0.5F;
    other.hidden.insert("output");
    other.add_recent("/of the other");
    ASSERT_TRUE(store().save(before, one));
    ASSERT_TRUE(store().save(before, other));
    const Settings both = store().load().settings;
    EXPECT_EQ(both.theme, "projector");
    EXPECT_EQ(both.text_size, 3);
    EXPECT_THAT(both.shares,
                testing::UnorderedElementsAre(testing::Pair("below", 0.5F), testing::Pair("source", 0.75F)));
    EXPECT_THAT(both.hidden, testing::ElementsAre("output", "why"));
    EXPECT_THAT(both.recent, testing::ElementsAre("/of the other", "/of one", "/b.json",
                                                  "/a file/with = signs #1.loopscope"));
}

TEST_F(StoreTest, remembers_few_files_each_once_and_none_that_fits_no_line) {
    Settings settings;
    for (int each = 0; each < 25; ++each) settings.add_recent("/file " + std::to_string(each));
    settings.add_recent("/two\nlines = no");
    settings.add_recent("/blank ");
    settings.add_recent("/file 20");
    ASSERT_TRUE(store().save({}, settings));
    const auto recent = store().load().settings.recent;
    ASSERT_EQ(recent.size(), max_recent);
    EXPECT_EQ(recent[0], "/file 20");
    EXPECT_EQ(recent[1], "/file 24");
    EXPECT_EQ(std::ranges::count(recent, fs::path("/file 20")), 1);
}

TEST_F(StoreTest, is_where_the_environment_says_and_nowhere_if_it_is_switched_off) {
    const auto in = [](const char* config, const char* home, const char* wanted) {
        const auto set = [](const char* name, const char* value) {
            value != nullptr ? ::setenv(name, value, 1) : ::unsetenv(name);
        };
        const char* const home_before = std::getenv("HOME");
        const std::string kept = home_before != nullptr ? home_before : "";
        set("XDG_CONFIG_HOME", config);
        set("HOME", home);
        set(Store::variable, wanted);
        const auto store = Store::of_environment();
        if (store) {
            Settings light;
            light.theme = "light";
            EXPECT_TRUE(store->save({}, light));
        }
        set("XDG_CONFIG_HOME", nullptr);
        set("HOME", home_before != nullptr ? kept.c_str() : nullptr);
        set(Store::variable, nullptr);
        return store.has_value();
    };
    const std::string home = (home_ / "home").string();
    const std::string config = (home_ / "elsewhere").string();
    EXPECT_TRUE(in(config.c_str(), home.c_str(), nullptr));
    EXPECT_TRUE(fs::exists(home_ / "elsewhere" / "loopscope" / "settings"));
    EXPECT_TRUE(in("relative", home.c_str(), "on"));
    EXPECT_TRUE(fs::exists(home_ / "home" / ".config" / "loopscope" / "settings"));
    EXPECT_FALSE(in(config.c_str(), home.c_str(), "off"));
    EXPECT_FALSE(in(config.c_str(), nullptr, nullptr)) << "where there is no home";
}

TEST_F(StoreTest, says_why_it_could_not_write) {
    write(home_ / "config", "a file where the folder would be");
    const auto saved = store().save({}, some());
    ASSERT_FALSE(saved);
    EXPECT_THAT(saved.error().message, testing::HasSubstr("settings are not kept"));
    EXPECT_TRUE(store().load().settings.window) << "the other file is written all the same";
}

TEST_F(StoreTest, is_written_by_a_keeper_while_its_window_is_open) {
    Keeper keeper(store());
    std::string notice;
    Settings settings = keeper.begin(notice);
    EXPECT_FALSE(keeper.keep(settings)) << "nothing has changed";
    settings.theme = "light";
    settings.add_recent("/one");
    EXPECT_TRUE(keeper.keep(settings));
    settings.opened.clear();
    settings.text_size = 2;
    keeper.finish(settings);
    EXPECT_EQ(keeper.take_failure(), "");
    EXPECT_EQ(store().load().settings, settings);
}

TEST_F(StoreTest, does_not_stop_a_keeper_that_has_none) {
    Keeper keeper(std::nullopt);
    std::string notice;
    EXPECT_EQ(keeper.begin(notice), Settings());
    keeper.keep(some());
    keeper.finish(some());
    EXPECT_TRUE(fs::is_empty(home_));
}

}  // namespace
}  // namespace loopscope::settings
