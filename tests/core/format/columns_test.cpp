#include "core/format/columns.hpp"

#include <random>

#include <gtest/gtest.h>

#include "core/trace/kinds.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::format {
namespace {

TEST(Columns, give_back_any_events) {
    std::mt19937 engine(1);
    const auto random = [&](std::uint32_t below) { return static_cast<std::uint32_t>(engine() % below); };
    std::vector<trace::Event> read;
    for (int round = 0; round < 50; ++round) {
        trace::Log log;
        const std::uint32_t count = random(2000);
        for (std::uint32_t at = 0; at < count; ++at) {
            const std::uint32_t head = random(trace::kind_numbers) | random(trace::Event::since_limit) << 8;
            // Small numbers and any others.
            const auto number = [&] { return random(random(2) == 0 ? 9 : ~0U); };
            log.append({head, number(), number(), number()});
        }
        const EventIndex first{count / 3};
        ByteWriter out;
        write_events(out, log, first, log.end_index() - first);
        ByteReader in(out.bytes());
        read_events(in, first, log.end_index() - first, read);
        EXPECT_FALSE(in.failed());
        EXPECT_TRUE(in.at_end());
        const auto all = trace::events_of(log);
        EXPECT_EQ(read, std::vector(all.begin() + first.value, all.end()));
    }
}

TEST(Bytes, that_are_missing_read_as_nothing_and_say_so) {
    ByteWriter out;
    out.text("text");
    out.varint(300);
    for (std::size_t size = 0; size < out.size(); ++size) {
        ByteReader in(out.bytes().first(size));
        static_cast<void>(in.text());
        static_cast<void>(in.varint());
        EXPECT_TRUE(in.failed()) << size;
    }
    ByteReader in(out.bytes());
    EXPECT_EQ(in.text(), "text");
    EXPECT_EQ(in.varint(), 300u);
    EXPECT_FALSE(in.failed());
}

TEST(Bytes, make_small_differences_small) {
    EXPECT_EQ(zigzag(0), 0u);
    EXPECT_EQ(zigzag(0U - 1), 1u);
    EXPECT_EQ(zigzag(1), 2u);
    for (const std::uint32_t each : {0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU})
        EXPECT_EQ(unzigzag(zigzag(each)), each);
}

}  // namespace
}  // namespace loopscope::format
