"""Applying again: what is taken over, what stands beside it; nothing is held against it."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from applications import actions
from applications.former import former_words
from applications.models import Application, Attachment, form_of
from applications.reading import changes_since_last_version
from applications.states import ApplicationStatus as S
from lib.errors import NotAllowed, Refused
from programmes.models import Programme
from reviews.models import Colour, Evidence, Thread, ThreadMessage, Visibility
from tests.factories.applications import fill_in, make_application, make_draft
from tests.factories.files import (
    LETTERS,
    ask_for_files,  # noqa: F401
    attach,
    content_of,
    pdf,
)

pytestmark = pytest.mark.django_db

TERMS = {"terms_accepted", "compliance_certified", "security_accepted"}


@pytest.fixture
def as_paula(client, paula):
    client.force_login(paula)
    return client


@pytest.fixture
def refused(paula, rita):
    return make_application(paula, status=S.DECLINED, reviewer=rita, collaborators=["carl@uva.nl"])


def accept_terms(application):
    return fill_in(application, dict.fromkeys(TERMS, True))


@pytest.mark.parametrize("status", [S.DECLINED, S.WITHDRAWN, S.EXPIRED])
def test_what_has_ended_opens_a_draft_with_its_answers_and_people(paula, rita, status):
    former = make_application(paula, status=status, reviewer=rita, collaborators=["carl@uva.nl"])

    application = actions.apply_again(former, by=paula)

    application.refresh_from_db()
    assert (application.status, application.predecessor) == (S.DRAFT, former)
    assert application.answers == {
        key: value for key, value in former.answers.items() if key not in TERMS
    }
    assert application.institution == former.institution
    assert [person.email for person in application.collaborators.all()] == ["carl@uva.nl"]


def test_terms_and_confirmations_are_given_anew(refused, paula):
    application = actions.apply_again(refused, by=paula)

    with pytest.raises(Refused, match="not complete yet"):
        actions.submit_application(application, by=paula)
    accept_terms(application)
    actions.submit_application(application, by=paula)
    assert application.status == S.SUBMITTED


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.CHANGES_REQUESTED, S.APPROVED])
def test_what_is_open_or_approved_is_not_taken_up_again(as_paula, paula, rita, status):
    application = make_application(paula, status=status, reviewer=rita)

    with pytest.raises(Refused, match="nothing to take up again"):
        actions.apply_again(application, by=paula)
    page = as_paula.get(application.get_absolute_url()).content.decode()
    assert reverse("applications:again", args=[application.pk]) not in page


def test_nobody_takes_up_what_is_not_theirs(refused, olga, rita):
    for somebody in (olga, rita):
        with pytest.raises(NotAllowed):
            actions.apply_again(refused, by=somebody)


def test_two_drafts_are_never_open_at_once(refused, paula, as_paula):
    actions.apply_again(refused, by=paula)

    with pytest.raises(Refused, match="You have a draft already"):
        actions.apply_again(refused, by=paula)
    page = as_paula.post(reverse("applications:again", args=[refused.pk]))
    assert page.status_code == 409
    assert Application.objects.filter(applicant=paula, status=S.DRAFT).count() == 1


def test_a_closed_intake_opens_no_draft_from_a_former_application(refused, paula):
    Programme.objects.update(intake_is_open=False)
    refused.programme.refresh_from_db()

    with pytest.raises(Refused):
        actions.apply_again(refused, by=paula)


def test_files_are_taken_over_and_the_content_outlives_the_removal_of_one(
    paula,
    rita,
    ask_for_files,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    former = make_draft(paula)
    file = attach(former, "letter.pdf", pdf())
    actions.withdraw_application(former, by=paula)

    application = actions.apply_again(former, by=paula)

    copy = application.attachments.get()
    assert (copy.path, copy.name, copy.version_first) == (file.path, "letter.pdf", None)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(copy, by=paula)
    assert default_storage.exists(file.path)
    assert content_of(file) == pdf()


def test_a_file_that_nobody_else_names_goes_with_its_row(
    paula,
    ask_for_files,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    file = attach(make_draft(paula), "letter.pdf", pdf())

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(file, by=paula)

    assert not default_storage.exists(file.path)


def test_files_that_the_question_takes_no_more_stay_behind(paula, ask_for_files):  # noqa: F811
    former = make_draft(paula)
    attach(former, "letter.pdf", pdf())
    Attachment.objects.update(size_bytes=LETTERS.file_rules.size_bytes + 1)
    actions.withdraw_application(former, by=paula)

    assert not actions.apply_again(former, by=paula).attachments.exists()


def test_the_old_reason_stands_beside_the_questions_that_it_concerns(as_paula, refused, paula):
    application = actions.apply_again(refused, by=paula)

    words, form = former_words(application), form_of(application)
    project = as_paula.get(reverse("applications:section", args=[application.pk, "project"]))
    period = as_paula.get(reverse("applications:section", args=[application.pk, "terms"]))
    overview = as_paula.get(application.get_absolute_url()).content.decode()

    assert [each.title for each in words.beside(form.question("research_questions"))] == [
        "It was not approved: The proposal is not clearly defined"
    ]
    assert not words.beside(form.question("full_name"))
    assert "The questions are not clear yet." in project.content.decode()
    assert "The questions are not clear yet." not in period.content.decode()
    assert "What was said of your earlier application" in overview
    assert "Apply again and name the research questions" in overview


def test_what_staff_asked_about_a_question_stands_beside_it_and_notes_do_not(
    as_paula, refused, paula, rita
):
    for visibility, body in ((Visibility.APPLICANT, "Which parties?"), (Visibility.STAFF, "Thin.")):
        thread = Thread(question_key="summary", visibility=visibility, opened_by=rita)
        thread.name_subject(refused)
        thread.save()
        ThreadMessage.objects.create(thread=thread, author=rita, body=body)

    application = actions.apply_again(refused, by=paula)

    page = as_paula.get(reverse("applications:section", args=[application.pk, "project"]))
    assert "Which parties?" in page.content.decode()
    assert "Thin." not in page.content.decode()


def test_the_reviewer_sees_what_changed_since_the_refusal(client, refused, paula, rita):
    application = actions.apply_again(refused, by=paula)
    accept_terms(application)
    fill_in(application, {"research_questions": "Which of two messages spreads?"})
    actions.submit_application(application, by=paula)
    client.force_login(rita)

    page = client.get(reverse("staff:application", args=[application.pk])).content.decode()

    assert [change.label for change in changes_since_last_version(application)] == [
        "Hypotheses or research questions"
    ]
    assert "Changed since the application that this one takes up again" in page
    assert "That is no reason to refuse this one." in page


def test_a_former_refusal_is_no_duplicate_and_colours_nothing(refused, paula):
    application = accept_terms(actions.apply_again(refused, by=paula))
    actions.submit_application(application, by=paula)
    fresh = Evidence.objects.about(application)

    assert fresh.filter(criterion_code="duplicates").exists()
    assert not fresh.filter(criterion_code="duplicates").exclude(colour=Colour.GREEN).exists()
    # Listed people confirm anew, so what is said of them differs.
    before, after = (
        sorted(rows.exclude(criterion_code="collaborators").values_list("criterion_code", "colour"))
        for rows in (Evidence.objects.about(refused), fresh)
    )
    assert after == before


def test_the_button_opens_the_draft_and_says_what_to_do(as_paula, refused):
    overview = as_paula.get(refused.get_absolute_url()).content.decode()
    assert "Apply again" in overview

    page = as_paula.post(reverse("applications:again", args=[refused.pk]), follow=True)

    assert page.status_code == 200
    assert "This is a new draft with what you had answered." in page.content.decode()
    assert "It took over what an earlier application had said" in page.content.decode()
