// SPDX-License-Identifier: MIT
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

/// Draws bands. Columns that are narrower than a pixel are mixed on the CPU, once for each x and not for each
/// pixel of a lane's height. The results for all bands share one texture. So a lane is one instance, however
/// many columns it has, and its shader has no loop, which matters without a GPU.
///
/// Like everything that calls OpenGL, the passes are used from the thread of their context only.
class BandPass {
  public:
    /// Makes a pass. Fails if the shaders do not compile or the texture cannot be made.
    static Result<BandPass> create(gl::ShaderLibrary& shaders);

    /// Draws the bands in their order, with one draw call. `texels` are those of the bands' list. REQUIRES:
    /// blending is set up for premultiplied colours. Binds texture unit 0.
    void draw(std::span<const timeline::Band> bands, std::span<const timeline::Texel> texels,
              const Viewport& viewport);

    /// Returns how many draw calls were made since the last call of this function.
    int take_draw_calls() { return instances_.take_draw_calls(); }

  private:
    BandPass(gl::Shader& shader, gl::Texture texture);

    /// A pixel of a band: a timeline::Texel with a premultiplied colour of the steps.
    using Mixed = timeline::Texel;
    /// A band in the layout that the vertex shader reads.
    struct Instance {
        timeline::Rect rect;
        std::int32_t first = 0;  ///< index of the first pixel in `mixed_`
        std::int32_t x = 0;      ///< x of the first pixel
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
    // Members, to reuse their memory.
    std::vector<Instance> bands_;
    std::vector<Mixed> mixed_;
};

}  // namespace loopscope::render
