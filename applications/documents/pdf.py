"""The document as a PDF file: bookmarks, page numbers, links and every script we have fonts for."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TextDirection, XPos, YPos

from applications.documents.fonts import BOX, ChosenFonts, choose_fonts, showable
from applications.documents.lines import break_lines, is_right_to_left, needs_shaping
from applications.documents.structure import ApplicationDocument, Entry, Part
from applications.documents.wording import describe_person, file_line, front_lines, moment

_MARGIN_MM = 20
_TITLE, _HEADING, _TEXT, _SMALL = 18, 13, 10, 8
_GREY, _INK, _LINK = (90, 90, 90), (20, 30, 35), (11, 92, 107)


def to_pdf(document: ApplicationDocument) -> bytes:
    """The file. Refuses with a sentence where no fonts are installed."""
    fonts = choose_fonts(_all_texts(document))
    pdf = _Paper(document, fonts)
    _write_front(pdf, document)
    for part in document.parts:
        _write_part(pdf, part)
    if document.collaborators and not document.arrangement_title:
        pdf.heading(_("Collaborators"))
        for person in document.collaborators:
            pdf.text_block(describe_person(person))
    _write_letters(pdf, document)
    _write_evidence(pdf, document)
    if fonts.missing:
        pdf.gap(4)
        pdf.text_block(_missing_note(), size=_SMALL, colour=_GREY)
    return bytes(pdf.output())


def _missing_note() -> str:
    return _(
        "%(box)s stands for a character that the fonts of this file do not have. The JSON file "
        "holds every character as it was typed."
    ) % {"box": BOX}


def _all_texts(document: ApplicationDocument) -> Iterator[str]:
    """Everything that may be printed, to know which fonts it takes."""
    yield from (document.title, document.programme, document.status, document.arrangement_title)
    yield from (document.applicant.name, document.applicant.institution)
    yield from map(describe_person, document.collaborators)
    for part in document.parts:
        yield from (part.title, part.note)
        for entry in part.entries:
            yield from (entry.label, entry.text, *(each.name for each in entry.files))
    for letter in document.letters:
        yield from (letter.title, letter.comment, letter.conditions)
    for fact in document.evidence:
        yield from (fact.value, fact.sentence, fact.source)


class _Paper(FPDF):
    """A page of A4 that knows the few ways in which the document writes on it."""

    def __init__(self, document: ApplicationDocument, fonts: ChosenFonts) -> None:
        super().__init__(format="A4")
        self._missing = fonts.missing
        self._widths: dict[tuple[str, str, float], float] = {}
        self._footer = self._shown(document.title)
        self.add_font("text", "", fonts.main)
        self.add_font("text", "B", fonts.bold)
        further = [f"more{number}" for number in range(len(fonts.more))]
        for name, path in zip(further, fonts.more, strict=True):
            self.add_font(name, "", path)
        self.set_fallback_fonts(further, exact_match=False)
        self.set_lang(document.language)
        self.set_title(self._shown(document.title))
        self.set_author(self._shown(document.applicant.name))
        self.set_subject(document.arrangement_title or document.programme)
        self.set_creator("Carrel")
        self.set_creation_date(document.produced_at)
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(True, margin=_MARGIN_MM + 5)
        self.add_page()

    def _shown(self, text: str) -> str:
        return showable(text, self._missing)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("text", "", _SMALL)
        self.set_text_color(*_GREY)
        page = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        title = next(break_lines(self._footer.replace("\n", " "), 120, self._width))
        self._line(title, align="L", new_y=YPos.TOP)
        self.set_x(self.l_margin)
        self._line(page, align="R")

    def heading(self, text: str) -> None:
        self.gap(3)
        self.keep_together(22)
        self.set_font("text", "B", _HEADING)
        self.start_section(self._shown(text).replace("\n", " "))
        self.text_block(text, size=_HEADING, is_bold=True)
        self.gap(1)

    def text_block(
        self,
        text: str,
        *,
        size: int = _TEXT,
        is_bold: bool = False,
        colour: tuple[int, int, int] = _INK,
        link: str = "",
    ) -> None:
        """Paragraphs, each in the direction of its own script."""
        self.set_font("text", "B" if is_bold else "", size)
        self.set_text_color(*colour)
        for paragraph in self._shown(text).split("\n"):
            self._paragraph(paragraph, link)

    def _paragraph(self, paragraph: str, link: str) -> None:
        if not needs_shaping(paragraph):
            for line in break_lines(paragraph, self.epw, self._letters_width):
                self._line(line, align="L", link=link)
            return
        is_reversed = is_right_to_left(paragraph)
        direction = TextDirection.RTL if is_reversed else TextDirection.LTR
        self.set_text_shaping(True, direction=direction)
        for line in break_lines(paragraph, self.epw, self._width):
            self._line(line, align="R" if is_reversed else "L", link=link)
        self.set_text_shaping(False)

    def _letters_width(self, text: str) -> float:
        """Without shaping a text is as wide as its letters together."""
        return sum(map(self._width, text))

    def _width(self, text: str) -> float:
        """Measuring is slow, so no word is measured twice."""
        key = (text, self.font_style, self.font_size_pt)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(text)
        return self._widths[key]

    def _line(self, line: str, *, align: str, link: str = "", new_y: YPos = YPos.NEXT) -> None:
        height = self.font_size * 1.35
        self.cell(self.epw, height, line, align=align, link=link, new_x=XPos.LMARGIN, new_y=new_y)

    def keep_together(self, millimetres: float) -> None:
        """A little distance, or a new page where less than this is left."""
        if self.will_page_break(millimetres):
            self.add_page()
        else:
            self.gap(2)

    def gap(self, millimetres: float) -> None:
        self.set_y(min(self.get_y() + millimetres, self.h - _MARGIN_MM))


def _write_front(pdf: _Paper, document: ApplicationDocument) -> None:
    pdf.text_block(document.programme, colour=_GREY)
    pdf.text_block(document.title, size=_TITLE, is_bold=True)
    if document.arrangement_title:
        pdf.text_block(document.arrangement_title, size=_HEADING)
    pdf.gap(2)
    for line in front_lines(document):
        pdf.text_block(line, colour=_GREY)


def _write_part(pdf: _Paper, part: Part) -> None:
    pdf.heading(part.title)
    if part.note:
        pdf.text_block(part.note, size=_SMALL, colour=_GREY)
    if not part.entries:
        pdf.text_block(_("Nothing in this application answers this."))
    for entry in part.entries:
        _write_entry(pdf, entry)


def _write_entry(pdf: _Paper, entry: Entry) -> None:
    pdf.keep_together(15)
    pdf.text_block(entry.label, is_bold=True)
    if entry.files:
        for line in map(file_line, entry.files):
            pdf.text_block(line)
    elif entry.url:
        pdf.text_block(entry.text, colour=_LINK, link=entry.url)
    else:
        pdf.text_block(entry.text or "–")


def _write_letters(pdf: _Paper, document: ApplicationDocument) -> None:
    if document.letters:
        pdf.heading(_("Decisions"))
    for letter in document.letters:
        pdf.gap(2)
        title = _("%(moment)s, version %(number)s: %(title)s") % {
            "moment": moment(letter.decided_at),
            "number": letter.version,
            "title": letter.title,
        }
        pdf.text_block(title, is_bold=True)
        for text in _given(letter.comment, letter.conditions):
            pdf.text_block(text)


def _given(*texts: str) -> Iterable[str]:
    return filter(None, texts)


def _write_evidence(pdf: _Paper, document: ApplicationDocument) -> None:
    if document.evidence:
        pdf.heading(_("Evidence"))
    for fact in document.evidence:
        pdf.gap(2)
        pdf.text_block(f"{fact.criterion}: {fact.colour}", is_bold=True)
        for text in _given(fact.value, fact.sentence):
            pdf.text_block(text)
        pdf.text_block(fact.source, size=_SMALL, colour=_GREY)
