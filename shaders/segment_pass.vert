// SPDX-License-Identifier: MIT
// A segment of app/timeline/draw_list.hpp, drawn on a rectangle around it.

uniform vec4 viewport;  // size of the framebuffer, origin of the list

layout(location = 0) in vec4 ends;    // x0, y0, x1, y1
layout(location = 1) in vec2 stroke;  // width, dash
layout(location = 2) in vec4 tint;
layout(location = 3) in vec2 cut_at_start;
layout(location = 4) in vec2 cut_at_end;

flat out vec4 line;
flat out vec2 along;  // its direction
flat out vec3 pen;    // width, dash, length of the line
flat out vec4 line_color;
flat out vec4 cuts;

void main() {
    line = ends;
    float line_length = length(ends.zw - ends.xy);
    along = line_length > 0.0 ? (ends.zw - ends.xy) / line_length : vec2(1.0, 0.0);
    pen = vec3(stroke, line_length);
    line_color = tint;
    cuts = vec4(cut_at_start, cut_at_end);

    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    float reach = 0.5 * stroke.x + 0.75;  // a pixel is touched if its center is within half its diagonal
    vec2 across = vec2(-along.y, along.x);
    vec2 position = (corner.x < 0.0 ? ends.xy : ends.zw) + reach * (corner.x * along + corner.y * across) + viewport.zw;
    gl_Position = vec4((position / viewport.xy * 2.0 - 1.0) * vec2(1.0, -1.0), 0.0, 1.0);
}
