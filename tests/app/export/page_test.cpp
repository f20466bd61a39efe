// SPDX-License-Identifier: MIT
#include "app/export/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::export_ {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view page =
    R"(<html><script type="application/json" id="contents">null</script><p>null</p></html>)";

TEST(Page, is_base64_as_the_standard_writes_it) {
    EXPECT_EQ(base64(""), "");  // RFC 4648, section 10
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64(std::string_view("\xff\x00\xfe", 3)), "/wD+");
}

TEST(Page, has_its_contents_where_there_were_none) {
    PageContents contents;
    contents.title = "A title";
    contents.trace = "foo";
    contents.at = EventIndex{250};
    EXPECT_EQ(page_with(page, contents).value(),
              R"(<html><script type="application/json" id="contents">{"title":"A title","at":"250",)"
              R"("trace":"Zm9v"}</script><p>null</p></html>)");
}

TEST(Page, is_not_ended_by_what_somebody_wrote) {
    PageContents contents;
    contents.note = "</script><script>alert(1)</script><!-- \" \\";
    const std::string made = page_with(page, contents).value();
    EXPECT_THAT(made, Not(HasSubstr("alert(1)</script>")));
    EXPECT_THAT(made, HasSubstr(R"(\u003c/script>\u003cscript>alert(1)\u003c/script>\u003c!-- \" \\)"));
}

TEST(Page, is_made_of_a_page_that_is_one) {
    const auto made = page_with("<html></html>", {});
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("./dev web"));
}

}  // namespace
}  // namespace loopscope::export_
