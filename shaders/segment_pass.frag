// SPDX-License-Identifier: MIT
uniform vec4 viewport;  // size of the framebuffer, origin of the list

flat in vec4 line;
flat in vec2 along;  // its direction
flat in vec3 pen;    // width, dash, length of the line
flat in vec4 line_color;
flat in vec4 cuts;

out vec4 color;

// On which side of a cut a place is. The segments on both sides compute the same for a pixel, so that it belongs to one of them.
float side(vec2 place, vec2 joint, vec2 cut) {
    return dot(place - joint, cut);
}

void main() {
    vec2 place = vec2(gl_FragCoord.x, viewport.y - gl_FragCoord.y) - viewport.zw;
    if (cuts.xy != vec2(0.0) && side(place, line.xy, cuts.xy) < 0.0) discard;
    if (cuts.zw != vec2(0.0) && side(place, line.zw, cuts.zw) >= 0.0) discard;

    // The stretch of the line that the pen's round tip passes, as distances from the start: all of it, or the nearest dash.
    float at = dot(place - line.xy, along);
    float first = 0.0;
    float last = pen.z;
    if (pen.y > 0.0) {
        float stretch = max(pen.y - pen.x, 0.0);  // the tip's ends belong to the dash
        float period = 2.0 * pen.y;
        first = period * clamp(floor((at - 0.5 * stretch) / period + 0.5), 0.0, floor(pen.z / period));
        last = min(first + stretch, pen.z);
    }
    float away = distance(place, line.xy + along * clamp(at, first, last));
    float reach = 0.5 * pen.x;
    float covered = clamp(min(away + 0.5, reach) - max(away - 0.5, -reach), 0.0, 1.0);
    color = vec4(line_color.rgb, 1.0) * line_color.a * covered;
}
