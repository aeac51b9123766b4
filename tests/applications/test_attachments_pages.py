"""The pages of attachments: uploading over HTTP with all that can be sent, and opening files."""

import io
import tracemalloc

import pytest
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.attachments.receiving import _READ_ANYWAY_BYTES
from applications.models import Attachment
from applications.states import ApplicationStatus as S
from audit.models import Entry
from reviews.models import Conflict, ConflictKind
from tests.factories import files
from tests.factories.applications import make_application, make_draft
from tests.factories.files import LETTERS, RULES, ask_for_files, upload  # noqa: F401

pytestmark = pytest.mark.usefixtures("ask_for_files")
BOUNDARY = "a-line-between-parts"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.fixture
def draft(paula):
    return make_draft(paula)


@pytest.fixture
def browser_of():
    def sign_in(person, **options):
        client = Client(**options)
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def send(draft, browser_of):
    """Send files as Paula's browser does; answers the page."""

    def send(*uploads, **headers):
        client = browser_of(draft.applicant)
        return client.post(files_url(draft), {"files": list(uploads)}, **headers)

    return send


def files_url(application):
    return reverse("applications:files", args=[application.pk, LETTERS.key])


def part(name, content, *, field="files", content_type="application/pdf"):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return f"{head}Content-Type: {content_type}\r\n\r\n".encode() + content + b"\r\n"


def post_body(client, application, body, **headers):
    return client.post(files_url(application), body, content_type=MULTIPART, **headers)


END = f"--{BOUNDARY}--\r\n".encode()


def test_the_page_says_what_is_taken_and_shows_what_is_there(draft, browser_of):
    actions.attach_file(
        draft, question=LETTERS, upload=upload("a.pdf", files.pdf()), by=draft.applicant
    )

    page = browser_of(draft.applicant).get(files_url(draft)).content.decode()

    assert "At most 3 files of the kinds .pdf, .png" in page
    assert "a.pdf" in page
    assert "Not scanned" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_file_is_attached_and_the_reader_is_back_in_the_form(send, draft):
    answer = send(upload("letter.pdf", files.pdf()))

    assert answer.status_code == 302
    assert answer["Location"] == f"/apply/{draft.pk}/project/#files-letters"
    assert Attachment.objects.get().name == "letter.pdf"


def test_of_several_files_the_right_ones_are_kept_and_each_wrong_one_has_its_sentence(send):
    page = send(
        upload("letter.pdf", files.pdf()),
        upload("empty.pdf", b""),
        upload("page.txt", b"<html>"),
    ).content.decode()

    assert [each.name for each in Attachment.objects.all()] == ["letter.pdf"]
    assert "“letter.pdf” is attached." in page
    assert "“empty.pdf” is empty" in page
    assert "“page.txt” is a web page" in page


def test_what_the_browser_says_about_the_kind_counts_for_nothing(send):
    send(upload("letter.pdf", files.pdf(), "text/html"))
    page = send(upload("page.pdf", b"<html>", "application/pdf")).content.decode()

    assert Attachment.objects.get().kind == "application/pdf"
    assert "“page.pdf” is a web page" in page


def test_no_file_has_its_sentence(send):
    assert "No file was sent" in send().content.decode()


def test_a_file_that_grows_past_the_limit_is_dropped_while_it_is_read(send):
    tracemalloc.start()
    page = send(upload("film.mp4", bytes(RULES.size_bytes + 1))).content.decode()
    tracemalloc.stop()

    assert "“film.mp4” is larger than 5.0" in page
    assert not Attachment.objects.exists()


def test_beside_a_file_that_is_too_large_the_others_are_kept(send):
    page = send(
        upload("film.mp4", bytes(RULES.size_bytes + 1)), upload("letter.pdf", files.pdf())
    ).content.decode()

    assert "“film.mp4” is larger than" in page
    assert Attachment.objects.get().name == "letter.pdf"


class Flood(io.RawIOBase):
    """A body of two gigabytes that counts what is read of it."""

    def __init__(self):
        self.read_bytes = 0

    def read(self, size=-1):
        self.read_bytes += size
        return b"x" * size


def test_two_gigabytes_are_not_read_at_all(draft, browser_of):
    flood = Flood()
    client = browser_of(draft.applicant)

    answer = client.generic(
        "POST",
        files_url(draft),
        **{
            "wsgi.input": flood,
            "CONTENT_TYPE": MULTIPART,
            "CONTENT_LENGTH": str(2 * 1024**3),
        },
    )

    assert "far larger than 5.0" in answer.content.decode()
    assert flood.read_bytes <= _READ_ANYWAY_BYTES


def test_a_body_longer_than_it_claims_is_read_no_further_and_kept_in_no_part(draft, browser_of):
    body = part("letter.pdf", files.pdf() * 100) + END
    claimed = {"CONTENT_LENGTH": "2000"}

    answer = post_body(browser_of(draft.applicant), draft, body, **claimed)

    assert "No file was sent" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_body_in_pieces_without_a_length_is_not_read(draft, browser_of):
    flood = Flood()
    sent = {"wsgi.input": flood, "CONTENT_TYPE": MULTIPART, "HTTP_TRANSFER_ENCODING": "chunked"}

    answer = browser_of(draft.applicant).generic("POST", files_url(draft), **sent)

    assert "The upload could not be read" in answer.content.decode()
    assert flood.read_bytes == 0


@pytest.mark.parametrize("field", ["files", "other"])
def test_a_hundred_thousand_parts_are_refused_at_the_first_few(draft, browser_of, field):
    body = b"".join(part(f"{number}.txt", b"x", field=field) for number in range(100_000)) + END

    answer = post_body(browser_of(draft.applicant), draft, body)

    assert "holds too many parts" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_hundred_thousand_fields_are_refused(draft, browser_of):
    line = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'.encode()

    answer = post_body(browser_of(draft.applicant), draft, line * 100_000 + END)

    assert "holds too many parts" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("a" * 296 + ".pdf", "characters, and at most 150"), ("é" * 700 + ".pdf", "very long name")],
)
def test_a_very_long_name_has_its_sentence(draft, browser_of, name, sentence):
    body = part(name, files.pdf()) + END

    assert sentence in post_body(browser_of(draft.applicant), draft, body).content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", ["../../../etc/passwd.pdf", "..\\..\\boot.pdf", "/etc/x.pdf"])
def test_a_name_that_climbs_leads_nowhere(draft, browser_of, name):
    post_body(browser_of(draft.applicant), draft, part(name, files.pdf()) + END)

    attachment = Attachment.objects.get()
    assert "/" not in attachment.name
    assert attachment.path.startswith(f"attachments/{draft.pk}/")


def test_without_the_token_of_the_form_nothing_is_attached(draft, browser_of):
    client = browser_of(draft.applicant, enforce_csrf_checks=True)

    answer = client.post(files_url(draft), {"files": upload("letter.pdf", files.pdf())})

    assert answer.status_code == 403
    assert not Attachment.objects.exists()


def test_with_the_token_of_the_form_it_is(draft, browser_of):
    client = browser_of(draft.applicant, enforce_csrf_checks=True)
    client.get(files_url(draft))
    token = client.cookies["csrftoken"].value

    client.post(
        files_url(draft),
        {"csrfmiddlewaretoken": token, "files": upload("letter.pdf", files.pdf())},
    )

    assert Attachment.objects.exists()


def test_a_question_that_asks_for_no_files_has_no_such_page(draft, browser_of):
    url = reverse("applications:files", args=[draft.pk, "summary"])

    assert browser_of(draft.applicant).get(url).status_code == 404


def test_removing_is_a_button(draft, browser_of, send):
    send(upload("letter.pdf", files.pdf()))
    url = reverse("applications:remove_file", args=[draft.pk, Attachment.objects.get().pk])

    assert browser_of(draft.applicant).post(url).status_code == 302
    assert not Attachment.objects.exists()


# Opening


@pytest.fixture
def submitted(draft):
    """Paula's application with one file, in the hands of staff."""
    actions.attach_file(
        draft,
        question=LETTERS,
        upload=upload('Brief "é" 信.txt', "Grüße <script>".encode()),
        by=draft.applicant,
    )
    return actions.submit_application(draft, by=draft.applicant)


def open_it(browser_of, person, application):
    return browser_of(person).get(application.attachments.get().get_absolute_url())


def test_a_file_is_always_saved_and_never_shown(submitted, browser_of, paula):
    answer = open_it(browser_of, paula, submitted)

    assert b"".join(answer.streaming_content) == "Grüße <script>".encode()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Brief%20")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_each_opening_is_on_record_before_it_begins(submitted, browser_of, paula, rita):
    for person in (paula, rita):
        list(open_it(browser_of, person, submitted))

    entries = Entry.objects.filter(event="attachment.opened", subject_id=str(submitted.pk))
    assert {entry.actor_id for entry in entries} == {paula.pk, rita.pk}


def test_others_find_nothing(submitted, browser_of, olga, carl):
    assert [open_it(browser_of, each, submitted).status_code for each in (olga, carl)] == [404, 404]


def test_a_reviewer_with_a_tie_finds_nothing(submitted, browser_of, rita):
    tie = Conflict(person=rita, kind=ConflictKind.DECLARED, sentence="We wrote a book.")
    tie.name_subject(submitted)
    tie.save()

    assert open_it(browser_of, rita, submitted).status_code == 404


def test_a_file_of_another_application_is_not_under_this_address(submitted, browser_of, olga):
    other = make_draft(olga)
    url = reverse("applications:file", args=[other.pk, submitted.attachments.get().pk])

    assert browser_of(olga).get(url).status_code == 404


def test_reviewers_do_not_see_what_is_attached_after_the_version_they_judge(
    submitted, browser_of, rita, paula
):
    actions.request_changes(submitted, by=rita, comment="Another letter, please.")
    late = actions.attach_file(
        submitted, question=LETTERS, upload=upload("late.pdf", files.pdf()), by=paula
    )

    answers = [browser_of(each).get(late.get_absolute_url()) for each in (rita, paula)]
    list(answers[1])

    assert [answer.status_code for answer in answers] == [404, 200]


def test_a_file_that_the_storage_has_lost_is_told_in_a_sentence(submitted, browser_of, paula):
    Attachment.objects.update(path="attachments/nowhere")

    answer = open_it(browser_of, paula, submitted)

    assert answer.status_code == 409
    assert "cannot be read from the storage" in answer.content.decode()
    assert not Entry.objects.filter(event="attachment.opened").exists()


def test_of_an_application_without_files_the_version_names_none(olga):
    application = make_application(olga, status=S.SUBMITTED)

    assert application.latest_version.attachments == []
