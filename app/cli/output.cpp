#include "app/cli/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "app/cli/picture.hpp"
#include "app/export/png.hpp"

namespace loopscope::cli {

int report(const Error& error, int code) {
    fmt::print(stderr, "loopscope: {}\n", error.message);
    return code;
}

Result<void> write_out(std::string_view text) {
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written) return fail(fmt::format("cannot write the output: {}", std::strerror(errno)));
    return {};
}

int write_picture(session::Session session, const std::string& path, gl::Size size) {
    const auto image = draw_picture(std::move(session), size);
    if (!image) return report(image.error(), failure);
    if (const auto saved = export_::write_png(path, *image); !saved) return report(saved.error(), failure);
    return success;
}

}  // namespace loopscope::cli
