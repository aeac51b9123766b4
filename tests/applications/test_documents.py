"""The whole application as one structure, and as JSON and PDF."""

import dataclasses
import datetime as dt
import json
import re

import pytest

from applications import actions
from applications.documents import fonts
from applications.documents.as_json import to_json
from applications.documents.building import document_of
from applications.documents.fonts import BOX, choose_fonts, showable
from applications.documents.lines import break_lines, is_right_to_left, needs_shaping
from applications.documents.pdf import to_pdf
from applications.documents.regimes import ARTICLE_8, ARTICLE_40, FIVE_SAFES, OTHER, REGIMES
from applications.documents.structure import Entry
from applications.models import form_of
from applications.states import ApplicationStatus as S
from lib.errors import Refused
from reviews.models import Thread, ThreadMessage, Visibility
from tests.factories import files
from tests.factories.applications import fill_in, list_collaborator, make_application, make_draft
from tests.factories.files import attach

# Written down apart, because whoever reads the file relies on them: see docs.
KEYS = {
    "": "schema schema_version id programme title status arrangement arrangement_title language "
    "produced_at version form_version terms_version submitted_at applicant parts collaborators "
    "letters evidence",
    "applicant": "name email expertise institution works_elsewhere",
    "parts": "key title note entries",
    "entries": "key label answer text url files element heading form_version",
    "files": "id name media_type size_bytes sha256",
    "letters": "decided_at version outcome title comment conditions",
    "evidence": "criterion colour value sentence source",
}


@pytest.fixture
def draft(paula):
    return make_draft(paula, collaborators=["carl@uva.nl"])


@pytest.fixture
def submitted(draft):
    """With one file, submitted once."""
    question = form_of(draft).question("ethics_europe")
    attach(draft, "approval.pdf", files.pdf(), question=question)
    return actions.submit_application(draft, by=draft.applicant)


def entry(document, key):
    return next(each for part in document.parts for each in part.entries if each.key == key)


def keys_of(row):
    return " ".join(row)


def test_a_version_is_read_as_it_was_submitted(submitted, rita):
    actions.request_changes(submitted, by=rita, comment="Which parties?")
    fill_in(submitted, {"summary": "Another summary."})
    list_collaborator(submitted, "late@uva.nl")

    document = document_of(submitted, submitted.versions.get(number=1))

    assert entry(document, "summary").text == "We study how parties reach voters."
    assert entry(document, "institution").text == "University of Amsterdam"
    assert [each.email for each in document.collaborators] == ["carl@uva.nl"]
    assert (document.version, document.form_version) == (1, 1)
    assert document.terms_version == submitted.latest_version.terms_version
    assert not document.is_draft


def test_a_draft_is_read_as_it_stands(draft):
    document = document_of(draft, None)

    assert document.is_draft
    assert document.submitted_at is None
    assert [each.email for each in document.collaborators] == ["carl@uva.nl"]


def test_files_stand_with_their_question_by_name_and_hash(submitted):
    (file,) = entry(document_of(submitted, submitted.latest_version), "ethics_europe").files

    attachment = submitted.attachments.get()
    assert (file.name, file.sha256) == ("approval.pdf", attachment.sha256)
    assert (file.id, file.size_bytes) == (str(attachment.pk), attachment.size_bytes)


def test_a_file_removed_later_stays_in_the_version_that_named_it(submitted, rita):
    actions.request_changes(submitted, by=rita, comment="Another letter.")
    actions.remove_attachment(submitted.attachments.get(), by=submitted.applicant)

    old = document_of(submitted, submitted.versions.get(number=1))

    assert [each.name for each in entry(old, "ethics_europe").files] == ["approval.pdf"]
    assert entry(document_of(submitted, None), "ethics_europe").files == ()


def test_letters_are_those_the_applicant_may_read(paula):
    application = make_application(paula, status=S.REFUSAL_PROPOSED)

    assert document_of(application, application.latest_version).letters == ()


def test_a_decision_stands_with_its_words_and_without_a_name(paula):
    application = make_application(paula, status=S.DECLINED)

    (letter,) = document_of(application, application.latest_version).letters

    assert letter.comment == "The questions are not clear yet."
    assert letter.title.startswith("Declined · ")
    assert "_" not in letter.title
    assert "Rufus" not in to_json(document_of(application, application.latest_version)).decode()


def test_notes_of_staff_are_in_no_document_and_evidence_in_those_of_staff_alone(submitted, rita):
    thread = Thread(visibility=Visibility.STAFF, opened_by=rita)
    thread.name_subject(submitted)
    thread.save()
    ThreadMessage.objects.create(thread=thread, author=rita, body="An inside remark.")
    version = submitted.latest_version

    theirs = document_of(submitted, version, with_evidence=True)
    own = document_of(submitted, version)

    assert theirs.evidence
    assert own.evidence == ()
    for document in (theirs, own):
        assert b"An inside remark" not in to_json(document)


# JSON


def test_the_keys_of_the_json_file_are_the_documented_ones(paula):
    application = make_application(paula, status=S.DECLINED)
    whole = document_of(application, application.latest_version, with_evidence=True)
    data = json.loads(to_json(whole))

    assert keys_of(data) == KEYS[""]
    assert (data["schema"], data["schema_version"]) == ("carrel.application", 1)
    assert keys_of(data["applicant"]) == KEYS["applicant"]
    for name in ("parts", "letters", "evidence"):
        assert keys_of(data[name][0]) == KEYS[name]
    assert keys_of(data["parts"][0]["entries"][0]) == KEYS["entries"]


def test_the_json_file_names_the_files(submitted):
    data = json.loads(to_json(document_of(submitted, submitted.latest_version)))

    found = [file for part in data["parts"] for each in part["entries"] for file in each["files"]]
    assert keys_of(found[0]) == KEYS["files"]


@pytest.mark.parametrize(
    "text", ["\U0001f468\u200d\U0001f469", "a\tb", 'quote " \\ <script>', "נ\u202e"]
)
def test_json_keeps_every_character(draft, text):
    fill_in(draft, {"summary": text})

    data = json.loads(to_json(document_of(draft, None)))

    answers = {each["key"]: each["answer"] for part in data["parts"] for each in part["entries"]}
    assert answers["summary"] == text


# Arrangements


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.key)
def test_an_arrangement_holds_every_answer_once(submitted, regime):
    version = submitted.latest_version
    plain = document_of(submitted, version)
    arranged = document_of(submitted, version, regime=regime)

    def keys(document):
        return sorted(each.key for part in document.parts for each in part.entries)

    assert keys(arranged) == sorted([*keys(plain), "people"])
    headings = [str(each.key) for each in regime.headings]
    assert [part.key for part in arranged.parts][: len(headings)] == headings


@pytest.mark.parametrize(
    ("regime", "key", "place"),
    [
        (ARTICLE_40, "is_funded", "c"),
        (ARTICLE_40, "has_conflict", "b"),
        (ARTICLE_40, "security_plan", "d"),
        (ARTICLE_40, "period_reason", "e"),
        (ARTICLE_8, "full_name", "a"),
        (ARTICLE_8, "has_conflict", "a"),
        (ARTICLE_8, "is_funded", "b"),
        (ARTICLE_8, "period_reason", "d"),
        (ARTICLE_8, "security_plan", "e"),
        (ARTICLE_8, "design", "f"),
        (ARTICLE_8, "project_title", "g"),
        (ARTICLE_8, "public_summary", "g"),
        (FIVE_SAFES, "full_name", "people"),
        (FIVE_SAFES, "design", "projects"),
        (FIVE_SAFES, "security_plan", "settings"),
        (FIVE_SAFES, "period_reason", "data"),
        (FIVE_SAFES, "shares_data", "outputs"),
    ],
)
def test_each_answer_stands_under_its_element(submitted, regime, key, place):
    document = document_of(submitted, submitted.latest_version, regime=regime)

    (found,) = [part.key for part in document.parts if key in {each.key for each in part.entries}]
    assert found == place


def test_every_question_of_the_form_has_its_place_in_every_rule_book(draft):
    for regime in REGIMES:
        for question in form_of(draft).questions:
            asked = Entry(
                question.key, "", "", "", element=question.element, heading=question.heading
            )
            assert regime.place_of(asked) != OTHER, (regime.key, question.key)


def test_a_question_of_an_operators_own_falls_under_other():
    own = Entry("favourite_colour", "Colour?", "blue", "blue")

    assert {regime.place_of(own) for regime in REGIMES} == {OTHER}


def test_an_element_that_nothing_answers_says_what_it_asks_for(submitted):
    document = document_of(submitted, submitted.latest_version, regime=ARTICLE_8)

    data = next(part for part in document.parts if part.key == "c")
    assert data.entries == ()
    assert "format, scope" in data.note


# PDF


def pages_of(pdf):
    return len(re.findall(rb"/Type /Page\n", pdf))


def test_the_pdf_file_has_title_language_bookmarks_links_and_pages(submitted):
    pdf = to_pdf(document_of(submitted, submitted.latest_version))

    assert pdf.startswith(b"%PDF-")
    assert pages_of(pdf) >= 2
    for part in (b"/Title (Elections in short videos)", b"/Author (Paula Prins)", b"/Lang (en)"):
        assert part in pdf
    assert pdf.count(b"/Outlines") == 2
    assert b"/Title (Funding and independence)" in pdf
    assert b"/URI (https://www.uva.nl/en/profile/p/r/p.prins)" in pdf


def test_each_arrangement_is_a_pdf_file_of_its_own(submitted):
    for regime in REGIMES:
        pdf = to_pdf(document_of(submitted, submitted.latest_version, regime=regime))
        assert pdf.count(b"/Title (\\(a\\)" if regime is not FIVE_SAFES else b"/Title (Safe ") >= 1


HARD = {
    "no spaces": "x" * 10_000,
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1600,
    "Arabic": "نامه به همکاران درباره پژوهش " * 340,
    "Hebrew and Latin": "Hello שלום, (2026) שלום! " * 300,
    "Devanagari": "हिन्दी में उत्तर क्षेत्र " * 300,
    "Chinese, Japanese, Korean": "汉字漢字かなカナ한국어" * 500,
    "a script without a font": "ภาษาไทย" * 500,
    "characters that do not show": "a\x01b\x1f\u202ec\ufffe\U000f0000\x7f\x85",
    "marks upon marks": "a" + "\u0301" * 3000,
    "marks everywhere": "e\u0301" * 5000,
    "empty lines": "\n\n\r\n\ra\n\n" * 300,
    "only spaces": " " * 10_000,
    "tabs": "\t" * 1000,
    "markup": "<b>**bold** __x__ [a](https://b) {nb}</b>" * 100,
    "variation selectors": "\u2764\ufe0f\U000e0100" * 100,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_no_answer_breaks_the_pdf_file(draft, text):
    whole = document_of(draft, None)
    first = whole.parts[0]
    hard = Entry("hard", text[:200], text, text, files=())
    parts = (dataclasses.replace(first, title=text[:100], entries=(hard,)),)
    document = dataclasses.replace(whole, title=text[:150], parts=parts)

    pdf = to_pdf(document)

    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert pages_of(pdf) < 60


def test_without_fonts_the_reader_is_told_what_else_there_is(draft, settings, tmp_path):
    settings.PDF_FONTS = tmp_path

    with pytest.raises(Refused, match="fonts are not installed"):
        to_pdf(document_of(draft, None))


def test_only_the_fonts_that_a_text_needs_are_opened():
    assert choose_fonts(["Zürich, Αθήνα, Київ, עברית, العربية"]).more == ()
    assert [path.parent.parent.name for path in choose_fonts(["हिन्दी"]).more] == [
        "noto-sans-devanagari"
    ]


def test_a_font_of_the_operators_own_is_used(settings, tmp_path):
    (tmp_path / "fonts").mkdir()
    settings.PDF_OWN_FONTS = tmp_path / "fonts"
    own = settings.PDF_OWN_FONTS / "own.ttf"
    own.write_bytes((settings.PDF_FONTS / fonts._MORE[0]).read_bytes())
    found = choose_fonts(["हिन्दी"])
    without = dataclasses.replace(found, more=())
    settings.PDF_FONTS = tmp_path

    assert found.missing == frozenset()
    assert without.more == ()
    assert fonts._further_fonts() == [own]


def test_what_no_font_has_is_a_box_and_said_so():
    missing = choose_fonts(["ก็"]).missing

    assert showable("ก็ b", missing) == f"{BOX}{BOX} b"
    assert showable("a\u202eb\x01", frozenset("\u202e")) == f"ab{BOX}"


# Lines


def test_lines_are_no_wider_than_the_page():
    text = "A wordthatismuchlongerthantheline and 汉字汉字汉字汉字 more"

    lines = list(break_lines(text, 10, len))

    assert all(len(line) <= 10 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_marks_stay_with_their_letter():
    lines = list(break_lines("e\u0301" * 12, 5, lambda text: len(text.replace("\u0301", ""))))

    assert all(not line.startswith("\u0301") for line in lines)


@pytest.mark.parametrize(
    ("text", "shaped", "reversed_"),
    [
        ("Zürich", False, False),
        ("汉字", False, False),
        ("(1) עברית", True, True),
        ("Hello עברית", True, False),
        ("हिन्दी", True, False),
        ("123", False, False),
    ],
)
def test_direction_and_shaping_follow_the_script(text, shaped, reversed_):
    assert (needs_shaping(text), is_right_to_left(text)) == (shaped, reversed_)


def test_times_are_in_utc(submitted):
    document = document_of(submitted, submitted.latest_version)

    assert document.submitted_at.utcoffset() == document.produced_at.utcoffset() == dt.timedelta(0)
