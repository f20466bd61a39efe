#!/bin/sh
# Expected: stb_truetype's stbtt_GetGlyphKernAdvance says how much closer two glyphs stand, where a font says that in GPOS.
# What happens: it says 0 for pairs that stand behind an extension (lookup type 9), which the OpenType specification allows anywhere and which font tools
# make where a table is large. Inter 4.1 has nearly all of its pairs there: AV is not kerned, though the font says -140 of 2048.
# Versions: stb_truetype 1.26 (Debian 12's libstb-dev, of 2022-09-08), fonts-inter 4.1 and, for comparison, 4.0~beta7.
# Matters to: whoever draws text by stb_truetype or Dear ImGui. Text becomes wider with a newer font of the same name.
#
# Needs a C compiler, stb's header and Debian's archive. Ends with 77 where they are not there.
set -eu

for command in cc curl dpkg-deb; do
    command -v "$command" >/dev/null || {
        echo "There is no $command here." >&2
        exit 77
    }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >kern.c <<'END'
#define STB_TRUETYPE_IMPLEMENTATION
#include <stb/stb_truetype.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **words) {
    static unsigned char font[4 << 20];
    stbtt_fontinfo info;
    FILE *file = fopen(words[count - 1], "rb");
    if (!file || fread(font, 1, sizeof font, file) == 0 || !stbtt_InitFont(&info, font, 0)) return 1;
    printf("AV: %d units of %d\n", stbtt_GetCodepointKernAdvance(&info, 'A', 'V'), (int)(1 / stbtt_ScaleForMappingEmToPixels(&info, 1) + 0.5F));
    return 0;
}
END
cc -o kern kern.c -lm 2>/dev/null || exit 77
for version in 4.0~beta7+ds-1 4.1+ds-1; do
    curl -sSfL -m 120 -o font.deb "http://deb.debian.org/debian/pool/main/f/fonts-inter/fonts-inter_${version}_all.deb" || exit 77
    dpkg-deb -x font.deb "$version"
    printf '%s ' "fonts-inter $version"
    ./kern "$version/usr/share/fonts/opentype/inter/Inter-Regular.otf"
done
