#pragma once

#include <span>
#include <vector>

#include "app/gl/shader_library.hpp"
#include "app/gl/texture.hpp"
#include "app/render/instances.hpp"
#include "app/render/viewport.hpp"
#include "app/timeline/draw_list.hpp"
#include "core/base/result.hpp"

namespace loopscope::render {

/// Draws bands: each is a stretch of one texture, whose columns the shader mixes where they are narrower than
/// pixels. So a lane is one instance, however many columns it has.
class BandPass {
  public:
    /// Fails if the shaders do not compile, or the texture cannot be made.
    static Result<BandPass> create(gl::ShaderLibrary& shaders);

    /// Uploads the texels of a list, for its bands.
    void upload(std::span<const timeline::Texel> texels);
    /// In their order, with one draw call. Blending is the caller's: the shader's colours are premultiplied.
    /// Binds texture unit 0.
    void draw(std::span<const timeline::Band> bands, const Viewport& viewport);

    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    BandPass(gl::Shader& shader, gl::Texture texture);

    gl::Shader* shader_;
    gl::Texture texture_;
    Instances instances_;
    std::vector<std::uint8_t> pixels_;  ///< Kept for its memory.
};

}  // namespace loopscope::render
