"""Whether the documents are there, and what the scanner for harmful software said of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.evidence.facts import Facts
from applications.models import Attachment, ScanVerdict
from applications.questions import Kind, Question
from reviews.actions import EvidenceItem
from reviews.models import Asserter, Colour


def about_documents(facts: Facts) -> Iterator[EvidenceItem]:
    """One row for each question that asks for files and has some, or has to have some."""
    for question in facts.form.questions:
        if question.kind is not Kind.FILE or not facts.form.is_shown(question, facts.answers):
            continue
        files = facts.files(question.key)
        if files:
            yield _scanned(question, files)
        elif question.is_required or question.key in facts.programme.required_documents:
            yield _row(question, Colour.RED, _("Nothing is attached."), "")


def _scanned(question: Question, files: list[Attachment]) -> EvidenceItem:
    """The gravest verdict goes for all; the names say which files they are."""
    verdicts = {each.scan_verdict for each in files}
    if ScanVerdict.HARMFUL in verdicts:
        colour, sentence = Colour.RED, _("The scanner found something harmful: the file is locked.")
    elif ScanVerdict.WAITING in verdicts:
        colour, sentence = Colour.YELLOW, _("Attached; the scanner has not looked at it yet.")
    elif ScanVerdict.NOT_SCANNED in verdicts:
        colour = Colour.YELLOW
        sentence = _("Attached; this portal has no scanner for harmful software.")
    else:
        colour, sentence = Colour.GREEN, _("Attached; the scanner found nothing harmful.")
    return _row(question, colour, sentence, ", ".join(each.name for each in files))


def _row(question: Question, colour: Colour, sentence: str, names: str) -> EvidenceItem:
    return EvidenceItem(
        "documents",
        colour,
        f"{question.label}: {sentence}",
        source=_("Files of the application"),
        value=names,
        question_key=question.key,
        asserted_by=Asserter.SYSTEM if names else Asserter.PERSON,
    )
