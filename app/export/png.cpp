// SPDX-License-Identifier: MIT
#include "app/export/png.hpp"

#include <cassert>
#include <cstddef>
#include <memory>
#include <span>

#include <fmt/format.h>
#include <png.h>

#include "core/base/atomic_file.hpp"

namespace loopscope::export_ {
namespace {

/// The maximum width and height of a picture, in pixels: twice what OpenGL drivers draw today. A file that
/// claims more is broken.
constexpr png_uint_32 max_side = 32768;

/// A picture of libpng's simplified interface, which reports failures by return values; the full interface
/// jumps over destructors.
class PngImage {
  public:
    PngImage() { image_.version = PNG_IMAGE_VERSION; }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    ~PngImage() { png_image_free(&image_); }

    png_image* operator->() { return &image_; }
    png_image* get() { return &image_; }

  private:
    png_image image_{};
};

std::size_t byte_count(png_uint_32 width, png_uint_32 height) {
    return std::size_t{4} * width * height;
}

tl::unexpected<Error> cannot_read(std::string_view name, const char* why) {
    return fail(fmt::format("cannot read {} as a PNG picture: {}; choose another file", name, why),
                Error::Code::damaged);
}

/// Reads a picture whose beginning was read.
Result<gl::Image> finish_reading(PngImage& png, std::string_view name) {
    if (png->width > max_side || png->height > max_side) return cannot_read(name, "it is too large");
    png->format = PNG_FORMAT_RGBA;
    gl::Image image{static_cast<int>(png->width), static_cast<int>(png->height), {}};
    image.rgba.resize(byte_count(png->width, png->height));
    if (!png_image_finish_read(png.get(), nullptr, image.rgba.data(), 0, nullptr))
        return cannot_read(name, png->message);
    return image;
}

}  // namespace

Result<void> write_png(const std::filesystem::path& path, const gl::Image& image, const Progress& progress) {
    PngImage png;
    png->width = static_cast<png_uint_32>(image.width);
    png->height = static_cast<png_uint_32>(image.height);
    png->format = PNG_FORMAT_RGBA;
    assert(image.rgba.size() == byte_count(png->width, png->height));
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(*png.get());
    const auto bytes = std::make_unique_for_overwrite<std::byte[]>(size);
    if (!png_image_write_to_memory(png.get(), bytes.get(), &size, 0, image.rgba.data(), 0, nullptr)) {
        return fail(fmt::format("cannot write {} as a PNG picture: {}; choose a smaller size", path.string(),
                                png->message),
                    Error::Code::too_large);
    }
    if (progress && !progress(0.5))
        return fail(fmt::format("Not written: '{}' is unchanged", path.string()), Error::Code::cancelled);
    LOOPSCOPE_TRY(file, AtomicFile::open(path));
    if (auto written = file.write(std::span(bytes.get(), size)); !written) return written;
    return file.commit();
}

Result<gl::Image> read_png(const std::filesystem::path& path) {
    PngImage png;
    if (!png_image_begin_read_from_file(png.get(), path.c_str()))
        return cannot_read(path.string(), png->message);
    return finish_reading(png, path.string());
}

Result<gl::Image> decode_png(std::string_view bytes, std::string_view name) {
    PngImage png;
    if (!png_image_begin_read_from_memory(png.get(), bytes.data(), bytes.size()))
        return cannot_read(name, png->message);
    return finish_reading(png, name);
}

}  // namespace loopscope::export_
