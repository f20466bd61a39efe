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

/// Draws bands. Where columns are narrower than pixels they are mixed here, once for each x rather than for
/// each pixel of a lane's height; the result is a stretch of one texture for each band. So a lane is one
/// instance, however many columns it has, and a shader without a loop, which matters where there is no GPU.
class BandPass {
  public:
    /// Fails if the shaders do not compile, or the texture cannot be made.
    static Result<BandPass> create(gl::ShaderLibrary& shaders);

    /// In their order, with one draw call; `texels` are their list's. Blending is the caller's: the shader's
    /// colours are premultiplied. Binds texture unit 0.
    void draw(std::span<const timeline::Band> bands, std::span<const timeline::Texel> texels,
              const Viewport& viewport);

    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    BandPass(gl::Shader& shader, gl::Texture texture);

    /// What an x of a band looks like: as a timeline::Texel, but the steps' colour is premultiplied.
    using Mixed = timeline::Texel;
    /// A band as the shader takes it.
    struct Instance {
        timeline::Rect rect;
        std::int32_t first = 0;  ///< of its pixels, in `mixed_`
        std::int32_t x = 0;      ///< of that one
        float stroke = 0;
        float fades_from = 0;
        float clip_left = 0;
        float clip_right = 0;
        timeline::Color leak;
    };

    /// Mixes the columns that a band shows within the viewport.
    void add(const timeline::Band& band, std::span<const timeline::Texel> columns, const Viewport& viewport);
    void upload();

    gl::Shader* shader_;
    gl::Texture texture_;
    Instances instances_;
    // Kept for their memory.
    std::vector<Instance> bands_;
    std::vector<Mixed> mixed_;
};

}  // namespace loopscope::render
