// SPDX-License-Identifier: MIT
// Texts of programs: as a link has them, and what they say of their variables.

/** Returns a text as a link holds it: compressed (RFC 1951), as base64url (RFC 4648, section 5). */
export async function packed(text) {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    let binary = '';
    for (const each of bytes) binary += String.fromCharCode(each);
    return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Returns the text that `packed` has packed. Fails if it is none. */
export async function unpackedText(code) {
    const bytes = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Response(stream).text();
}

/** Returns the names in a list that somebody has typed. */
export const words = text => text.split(/[\s,]+/).filter(each => each);

/** Returns the globals that functions of a program assign to: what its `global` statements name. */
export function watchedIn(text) {
    const found = [...text.matchAll(/^[ \t]+global[ \t]+([\w \t,]+)/gm)].flatMap(match => words(match[1]));
    return [...new Set(found)];
}
