// SPDX-License-Identifier: MIT
uniform vec4 viewport;  // size of the framebuffer, origin of the list
uniform sampler2D atlas;

flat in vec2 atlas_offset;
flat in vec4 glyph_color;

out vec4 color;

void main() {
    vec2 place = vec2(gl_FragCoord.x, viewport.y - gl_FragCoord.y) - viewport.zw;
    float covered = texelFetch(atlas, ivec2(floor(place + atlas_offset)), 0).r;
    color = vec4(glyph_color.rgb, 1.0) * glyph_color.a * covered;
}
