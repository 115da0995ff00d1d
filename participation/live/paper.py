"""Parts of a Word document: letters, numbers that Word fills in, tables that say what they are about, drawn bars."""

import io
import re
import struct
import zlib
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from participation.core.templatetags.oogst import percent

INK, GREEN = RGBColor(0x1D, 0x2B, 0x24), RGBColor(0x1F, 0x5A, 0x43)
BAR = Cm(4.0)  # the length of a whole bar
LETTERS = "Calibri"
UNPRINTABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SIZES = {
    "Normal": 11,
    "Title": 26,
    "Subtitle": 12,
    "Heading 1": 18,
    "Heading 2": 14,
    "Heading 3": 12,
    "Quote": 12,
    "Intense Quote": 12,
    "Caption": 10,
}


def printable(text: str) -> str:
    """Without the characters that XML does not know; what people type may have some."""
    return UNPRINTABLE.sub("", str(text))


def letters(document: Any) -> None:
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = LETTERS, Pt(size)
        style.font.color.rgb = GREEN if name.startswith(("Title", "Heading")) else INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        for line in style.element.iter(qn("w:bottom")):
            line.set(qn("w:color"), str(GREEN))
    document.styles["Caption"].paragraph_format.keep_with_next = True  # a table's name, on the table's page


def language_of(document: Any, language: str) -> None:
    """For the spelling checker, and for who hears the document read out."""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def field(paragraph: Any, what: str) -> None:
    """A number that Word fills in."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            part = OxmlElement("w:instrText")
            part.text = what
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def mark_row(row: Any, what: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(what))


def tell(table: Any, title: str) -> None:
    """What the table is about, for who can't see it."""
    for name in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(name)
        said.set(qn("w:val"), printable(title))
        table._tbl.tblPr.append(said)


def draw(cell: Any, share: float, label: str) -> None:
    """A bar: one green dot, as wide as the share."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    width = int(BAR * min(max(share, 0), 1))
    if width:
        picture = paragraph.add_run().add_picture(io.BytesIO(_DOT), width=width, height=Cm(0.3))
        picture._inline.docPr.set("descr", f"{printable(label)}: {percent(share)}")


def _dot() -> bytes:
    """The smallest PNG: one pixel in the green of the house."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + bytes(GREEN))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


_DOT = _dot()
