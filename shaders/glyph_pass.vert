// SPDX-License-Identifier: MIT
// A glyph: pixels of the atlas, one to one.

uniform vec4 viewport;  // size of the framebuffer, origin of the list

layout(location = 0) in vec4 rect;   // x, y, width, height, in whole pixels
layout(location = 1) in vec2 texel;  // its top left in the atlas
layout(location = 2) in vec4 tint;

flat out vec2 atlas_offset;  // from a place in the list to one in the atlas
flat out vec4 glyph_color;

void main() {
    atlas_offset = texel - rect.xy;
    glyph_color = tint;
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 position = rect.xy + rect.zw * corner + viewport.zw;
    gl_Position = vec4((position / viewport.xy * 2.0 - 1.0) * vec2(1.0, -1.0), 0.0, 1.0);
}
