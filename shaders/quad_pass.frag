// SPDX-License-Identifier: MIT
uniform vec4 viewport;  // size of the framebuffer, origin of the list

flat in vec4 box;      // left, top, right, bottom
flat in vec3 outline;  // radius, border, notch
flat in vec4 fill_color;
flat in vec4 edge_color;

out vec4 color;

// How much of the pixel around a place is inside the outline, made smaller by `inset` on all sides.
float covered(vec2 place, float inset) {
    vec4 inner = vec4(box.xy + inset, box.zw - inset);
    // Exact for straight edges, wherever in the pixel they are.
    vec2 share = clamp(min(place + 0.5, inner.zw) - max(place - 0.5, inner.xy), 0.0, 1.0);
    float result = share.x * share.y;

    vec2 half_size = 0.5 * (inner.zw - inner.xy);
    vec2 from_center = place - 0.5 * (inner.xy + inner.zw);
    bool notched = outline.z > 0.0 && from_center.x > 0.0 && from_center.y < 0.0;
    float radius = notched ? 0.0 : max(outline.x - inset, 0.0);
    vec2 beyond = abs(from_center) - half_size + radius;  // the center of the corner's circle
    if (radius > 0.0 && min(beyond.x, beyond.y) > 0.0) result = min(result, clamp(0.5 + radius - length(beyond), 0.0, 1.0));
    if (outline.z > 0.0) {
        float past_cut = (outline.z - (box.z - place.x) - (place.y - box.y)) * 0.70710678;
        result = min(result, clamp(0.5 - past_cut - inset, 0.0, 1.0));
    }
    return result;
}

void main() {
    vec2 place = vec2(gl_FragCoord.x, viewport.y - gl_FragCoord.y) - viewport.zw;
    float whole = covered(place, 0.0);
    float inside = outline.y > 0.0 ? min(covered(place, outline.y), whole) : whole;
    color = vec4(fill_color.rgb, 1.0) * fill_color.a * inside + vec4(edge_color.rgb, 1.0) * edge_color.a * (whole - inside);
}
