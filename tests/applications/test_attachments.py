"""Attaching files: what is taken, and the sentence for each file that is not."""

import gzip
import tracemalloc

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from applications import actions
from applications.attachments import checking
from applications.attachments.content import find_kind
from applications.attachments.names import clean_name
from applications.attachments.refusals import WrongFile
from applications.models import Attachment
from applications.questions import FileRules, Kind, Question
from applications.states import ApplicationStatus as S
from audit.models import Entry
from lib.errors import NotAllowed, Refused
from tests.factories import files
from tests.factories.applications import make_application, make_draft
from tests.factories.files import LETTERS, RULES, attach, upload

ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
WINDOWS = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(200)
MAC = b"\xcf\xfa\xed\xfe\x07\x00\x00\x01" + bytes(200)
MAC_FAT = b"\xca\xfe\xba\xbe\x00\x00\x00\x02" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def stored_files(application):
    folder = f"attachments/{application.pk}"
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


@pytest.fixture
def draft(paula):
    return make_draft(paula)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.pdf", files.pdf(), "application/pdf"),
        ("LETTER.PDF", files.pdf(), "application/pdf"),
        ("scan.png", files.png(), "image/png"),
        ("scan.jpg", files.jpeg(), "image/jpeg"),
        ("scan.jpeg", files.jpeg(), "image/jpeg"),
        ("notes.txt", b"Approved on 3 May.\n", "text/plain"),
        ("notes.txt", "Genehmigt \U0001f600 עברית".encode(), "text/plain"),
        ("notes.txt", b"MZ is how this sentence begins.", "text/plain"),
        ("notes.txt", b"a < b, and the tag <script> is only spoken of", "text/plain"),
        ("talk.mp4", files.mp4(), "video/mp4"),
        ("talk.mov", files.mp4(b"qt  "), "video/quicktime"),
    ],
)
def test_a_right_file_is_kept_with_the_kind_of_its_content(draft, name, content, media_type):
    attachment = attach(draft, name, content)

    assert (attachment.kind, attachment.size_bytes) == (media_type, len(content))
    assert files.content_of(attachment) == content
    assert name not in attachment.path
    assert Entry.objects.filter(event="attachment.added", subject_id=str(draft.pk)).exists()


WRONG = [
    ("empty", "letter.pdf", b"", "is empty"),
    ("an ELF program", "letter.pdf", ELF, "is a program"),
    ("a Windows program", "letter.pdf", WINDOWS, "is a program"),
    ("a Windows program as text", "letter.txt", WINDOWS, "is a program"),
    ("a Mac program", "letter.pdf", MAC, "is a program"),
    ("a Mac program for two processors", "scan.png", MAC_FAT, "is a program"),
    ("a script", "notes.txt", b"#!/bin/sh\nrm -rf /\n", "is a script"),
    ("a script as PDF", "letter.pdf", b"#!/usr/bin/env python\n", "is a script"),
    ("its own name", "setup.exe", WINDOWS, "is not of a kind that is taken"),
    ("HTML by name", "page.html", b"<!DOCTYPE html>", "is not of a kind that is taken"),
    ("HTML as PDF", "page.pdf", b"<!DOCTYPE html><script>1</script>", "web page"),
    ("HTML as text", "page.txt", b"\n\n <HTML><body onload=x()>", "web page"),
    ("HTML behind a comment", "page.txt", b"<!-- x --><script>1</script>", "web page"),
    ("HTML behind a byte order mark", "page.txt", b"\xef\xbb\xbf<html>", "web page"),
    ("HTML in two bytes a letter", "page.txt", "\ufeff<html>".encode("utf-16-le"), "web page"),
    ("SVG as picture", "scan.png", SVG, "web page"),
    ("SVG as text", "scan.txt", b"<?xml version='1.0'?>" + SVG, "web page"),
    ("SVG by name", "scan.svg", SVG, "is not of a kind that is taken"),
    ("XML", "data.txt", b"<?xml version='1.0'?><a/>", "web page"),
    ("PHP", "data.txt", b"<?php system($_GET['x']);", "web page"),
    ("gzip", "letter.pdf", gzip.compress(b"x" * 9), "is an archive"),
    ("ZIP", "notes.txt", files.zip_bomb(1_000_000), "is an archive"),
    ("an old office file", "a.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "an archive"),
    ("tar", "a.pdf", bytes(257) + b"ustar\x0000" + bytes(300), "is an archive"),
    ("another kind", "letter.pdf", files.png(), "is that of a .png file"),
    ("a film of another kind", "talk.mp4", files.mp4(b"qt  "), "is that of a .mov file"),
    ("a picture of a telephone", "talk.mp4", files.mp4(b"heic"), "is not that of a whole .mp4"),
    ("text as PDF", "letter.pdf", b"Dear all", "is that of a .txt file"),
    ("noise as PDF", "letter.pdf", bytes(range(256)) * 9, "is not that of a whole .pdf"),
    ("text in another encoding", "notes.txt", "Grüße".encode("latin-1"), "not plain text"),
    ("text with a zero byte", "notes.txt", b"one\0two", "not plain text"),
    ("a cut PDF", "letter.pdf", files.pdf()[:40], "is not that of a whole .pdf"),
    ("a cut PNG", "scan.png", files.png()[:-6], "is not that of a whole .png"),
    ("a PNG of one chunk", "scan.png", files.png()[:20], "is not that of a whole .png"),
    ("a cut JPEG", "scan.jpg", files.jpeg()[:25], "is not that of a whole .jpg"),
    ("a JPEG without an end", "scan.jpg", files.jpeg()[:-2], "is not that of a whole .jpg"),
    ("PDF behind HTML", "letter.pdf", b"<script>1</script>" + files.pdf(), "web page"),
    ("HTML behind the PDF mark", "a.pdf", b"%PDF-1.7\n<html><script>" + files.pdf(), "holds some"),
    ("PDF and ZIP in one", "letter.pdf", files.pdf() + files.zip_bomb(1_000_000)[:60_000], "holds"),
    ("PNG and ZIP in one", "scan.png", files.png() + files.zip_bomb(1_000_000), "holds something"),
    ("PNG and more", "scan.png", files.png() + b"more", "holds something else"),
    ("JPEG and HTML", "scan.jpg", files.jpeg() + b"<html><script>1</script>", "holds something"),
    ("a wide picture", "scan.png", files.png(60_000, 60_000), "60000 by 60000 pixels"),
    ("a wide photograph", "scan.jpg", files.jpeg(65_000, 9), "65000 by 9 pixels"),
    ("no name", "....", files.pdf(), "holds no letters"),
    ("no extension", "letter", files.pdf(), "is not of a kind that is taken"),
    ("a name of 300 characters", "a" * 296 + ".pdf", files.pdf(), "has 300 characters"),
    ("two extensions", "letter.pdf.exe", WINDOWS, "is not of a kind that is taken"),
]


@pytest.mark.parametrize(
    ("name", "content", "part"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_each_wrong_file_gets_its_sentence_and_nothing_is_stored(draft, name, content, part):
    given = upload("x.pdf", content)
    given._name = name  # Django's own class cuts long names; other callers may not

    with pytest.raises(WrongFile) as refusal:
        actions.attach_file(draft, question=LETTERS, upload=given, by=draft.applicant)

    assert part in refusal.value.sentence
    assert not Attachment.objects.exists()
    assert stored_files(draft) == []


def test_the_real_code_without_the_look_at_the_content_takes_the_renamed_program(
    draft, monkeypatch
):
    """The control: the cases above see the check and not something else."""
    monkeypatch.setattr(checking, "check_content", lambda *given: None)

    assert attach(draft, "letter.pdf", ELF).kind == "application/pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/letter.pdf", "letter.pdf"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("/absolute/letter.pdf", "letter.pdf"),
        ("..letter.pdf", "letter.pdf"),
        ("let\x00ter\r\n.pdf", "letter.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("a\u2066b\u200f.pdf", "ab.pdf"),
        ("Zu\u0308rich  letter.PDF", "Z\u00fcrich letter.PDF"),
        ("نامه.pdf", "نامه.pdf"),
    ],
)
def test_a_name_leads_nowhere_and_shows_what_it_is(given, kept):
    assert clean_name(given, ("pdf",)) == kept


def test_no_name_decides_where_a_file_lies(draft):
    given = upload("x.pdf", files.pdf())
    given._name = "../../../etc/letter.pdf"

    attachment = actions.attach_file(draft, question=LETTERS, upload=given, by=draft.applicant)

    assert attachment.name == "letter.pdf"
    assert attachment.path.startswith(f"attachments/{draft.pk}/")


class Endless(File):
    """A file that says it is small and never ends."""

    size = 10

    def __init__(self):
        super().__init__(None, "letter.pdf")
        self.read_bytes = 0

    def seek(self, *place):
        return 0

    def read(self, size=-1):
        self.read_bytes += size
        return b"x" * size


def test_reading_stops_at_the_limit_whatever_a_file_claims_about_its_size(draft):
    endless = Endless()

    with pytest.raises(WrongFile, match=r"larger than 5.0\sMB"):
        actions.attach_file(draft, question=LETTERS, upload=endless, by=draft.applicant)

    assert endless.read_bytes <= RULES.size_bytes + 65_536


def test_the_smaller_limit_of_question_and_programme_counts(draft):
    draft.programme.attachment_limit_bytes = 1000
    draft.programme.save()

    with pytest.raises(WrongFile, match=r"larger than 1000\sbytes"):
        attach(draft, "notes.txt", b"x" * 1001)

    assert attach(draft, "notes.txt", b"x" * 1000).size_bytes == 1000


def test_a_bomb_is_refused_without_being_unpacked(draft):
    bomb = files.zip_bomb()
    tracemalloc.start()

    with pytest.raises(WrongFile):
        attach(draft, "letter.pdf", bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(bomb) < 500_000
    assert peak < 20_000_000


def test_text_made_to_slow_down_the_search_for_markup_is_read_quickly():
    """Each comment could end at many places: a search that goes back would never end."""
    text = b"<!---->" * 580 + b"x"

    assert find_kind(ContentFile(text)).media_type == "text/plain"


def test_one_file_too_many_is_refused(draft):
    for number in range(RULES.count):
        attach(draft, f"{number}.txt", f"Letter {number}".encode())

    with pytest.raises(WrongFile, match="At most 3 files"):
        attach(draft, "more.txt", b"One more")

    assert len(stored_files(draft)) == RULES.count


def test_the_same_content_twice_is_refused_by_the_name_it_has(draft):
    attach(draft, "letter.pdf", files.pdf())

    with pytest.raises(WrongFile, match=r"attached already, as “letter.pdf”"):
        attach(draft, "copy.pdf", files.pdf())


def test_a_question_that_asks_for_no_files_takes_none(draft):
    with pytest.raises(WrongFile, match="not of a kind"):
        attach(draft, "letter.pdf", files.pdf(), question=Question("summary", "Summary"))


def test_an_extension_that_carrel_does_not_know_is_never_taken(draft):
    rules = FileRules(extensions=("docx",))
    question = Question("cv", "CV", Kind.FILE, file_rules=rules)

    with pytest.raises(WrongFile, match="not of a kind"):
        attach(draft, "cv.docx", b"PK\x03\x04", question=question)


def test_nobody_but_the_applicant_attaches_or_removes(draft, rita, carl):
    attachment = attach(draft, "letter.pdf", files.pdf())

    for person in (rita, carl):
        with pytest.raises(NotAllowed):
            attach(draft, "more.pdf", files.pdf("more"), by=person)
        with pytest.raises(NotAllowed):
            actions.remove_attachment(attachment, by=person)

    assert Attachment.objects.count() == 1


def test_a_submitted_application_takes_no_more_files(paula):
    application = make_application(paula, status=S.SUBMITTED)

    with pytest.raises(Refused, match="cannot be edited"):
        attach(application, "letter.pdf", files.pdf())

    assert stored_files(application) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_that_no_version_names_is_gone_when_it_is_removed(draft):
    attachment = attach(draft, "letter.pdf", files.pdf())

    actions.remove_attachment(attachment, by=draft.applicant)
    actions.remove_attachment(attachment, by=draft.applicant)

    assert not Attachment.objects.exists()
    assert stored_files(draft) == []
    assert Entry.objects.filter(event="attachment.removed").count() == 1


def test_a_version_names_its_files_and_keeps_them(draft, rita):
    kept, dropped = attach(draft, "a.pdf", files.pdf("a")), attach(draft, "b.pdf", files.pdf("b"))
    actions.submit_application(draft, by=draft.applicant)
    actions.request_changes(draft, by=rita, comment="Another letter, please.")

    actions.remove_attachment(dropped, by=draft.applicant)
    attach(draft, "c.pdf", files.pdf("c"))
    actions.submit_application(draft, by=draft.applicant)

    first, second = draft.versions.order_by("number")
    assert [each["name"] for each in first.attachments] == ["a.pdf", "b.pdf"]
    assert [each["name"] for each in second.attachments] == ["a.pdf", "c.pdf"]
    assert first.attachments[0]["sha256"] == kept.sha256
    assert len(stored_files(draft)) == 3


def test_if_the_row_cannot_be_written_no_file_stays(draft, monkeypatch):
    from applications.actions import attaching

    def fail(*given, **named):
        raise ValueError("no")

    monkeypatch.setattr(attaching, "record", fail)

    with pytest.raises(ValueError, match="no"):
        attach(draft, "letter.pdf", files.pdf())

    assert stored_files(draft) == []
    assert not Attachment.objects.exists()
