"""Cut the display face for the screens: `python make_fonts.py PACKAGE_FOLDER`.

PACKAGE_FOLDER is the unpacked npm package @fontsource-variable/bricolage-grotesque 5.3.0
(SIL Open Font License 1.1). Needs fonttools 4.68 and brotli. Writes the woff2 files of
static/screens/fonts and its licence:

- display.woff2: basic Latin in one weight and width, for phone and console, small enough for the
  phone's first load. display-more.woff2 (Western Europe) and display-ext.woff2 (Central Europe,
  Turkish, ...) are fetched by their unicode-range only where a name or a programme needs them.
- stage.woff2, stage-ext.woff2: weight 400 to 800 and width 75 to 100, for the stage.
"""

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "static" / "screens" / "fonts"
ASCII = set(range(0x20, 0x7F)) - set(map(ord, "<=>[\\]^_`{|}~"))
PUNCTUATION = {
    0xA0,
    0xB7,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2026,
    0x2212,
}
BASIC = ASCII | PUNCTUATION
LATIN = set(range(0x20, 0x180)) | PUNCTUATION | {0x201A, 0x201E, 0x2022, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC}
LATIN_EXT = set(range(0x100, 0x180)) | {0x218, 0x219, 0x21A, 0x21B, 0x1E9E}
PHONE = {"opsz": 36, "wght": 740, "wdth": 86}
STAGE = {"opsz": 96, "wght": (400, 800), "wdth": (75, 100)}


# Thousandths of the size. Smaller corrections are not seen on a phone and cost 3 KB of its first load.
SEEN = 35


def cut(source: Path, target: Path, axes: dict, codepoints: set[int], least_kerning: int = 0) -> None:
    """Pin or narrow `axes`, keep `codepoints`, kerning from `least_kerning` on and tabular figures, write woff2."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), axes)
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    if least_kerning:
        drop_kerning_below(font, least_kerning)
    font.flavor = "woff2"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size} bytes, {len(font.getBestCmap())} characters")


def drop_kerning_below(font: TTFont, least: int) -> None:
    """Set smaller pair adjustments to nothing; long runs of zeros compress to almost nothing."""
    for lookup in font["GPOS"].table.LookupList.Lookup if "GPOS" in font else []:
        for table in (getattr(table, "ExtSubTable", table) for table in lookup.SubTable):
            if type(table).__name__ != "PairPos":
                continue
            for value in adjustments(table):
                if abs(getattr(value, "XAdvance", 0) or 0) < least:
                    value.XAdvance = 0


def adjustments(table: object) -> list:
    """The first values of all pairs of a PairPos table, by glyph (format 1) or by class (format 2)."""
    if table.Format == 1:
        values = [record.Value1 for pairs in table.PairSet for record in pairs.PairValueRecord]
    else:
        values = [record.Value1 for row in table.Class1Record for record in row.Class2Record]
    return [value for value in values if value is not None]


def main(package: Path) -> None:
    """Write all files; `package` holds LICENSE and files/."""
    latin = package / "files" / "bricolage-grotesque-latin-standard-normal.woff2"
    latin_ext = package / "files" / "bricolage-grotesque-latin-ext-standard-normal.woff2"
    cut(latin, TARGET / "display.woff2", PHONE, BASIC, SEEN)
    cut(latin, TARGET / "display-more.woff2", PHONE, LATIN - BASIC, SEEN)
    cut(latin_ext, TARGET / "display-ext.woff2", PHONE, LATIN_EXT, SEEN)
    cut(latin, TARGET / "stage.woff2", STAGE, LATIN)
    cut(latin_ext, TARGET / "stage-ext.woff2", STAGE, LATIN_EXT)
    shutil.copyfile(package / "LICENSE", TARGET / "OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
