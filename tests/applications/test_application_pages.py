"""The applicant's pages, through the browser's eyes but without JavaScript."""

import datetime as dt

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application
from applications.questions import form_from
from applications.questions.builtin import BUILTIN
from applications.states import ApplicationStatus as S
from lib.time import today
from programmes.models import Programme, Terms
from tests.factories.applications import complete_answers, make_application, make_draft

SECTIONS = form_from(BUILTIN, 1).sections


@pytest.fixture
def as_paula(client, paula):
    client.force_login(paula)
    return client


def url(name, application, *args):
    return reverse(f"applications:{name}", args=[application.pk, *args])


def form_of(section, answers):
    """What a browser sends for one section: ticks are only sent when they are set."""
    return {
        question.key: answers[question.key]
        for question in section.questions
        if answers.get(question.key)
    }


def test_the_whole_application_can_be_filled_in_and_handed_in(as_paula, paula):
    as_paula.post(reverse("applications:start"))
    application = Application.objects.get(applicant=paula)
    answers = complete_answers()
    for section in SECTIONS:
        if section.questions:
            given = form_of(section, answers) | {"next": "1"}
            page = as_paula.post(url("section", application, section.key), given)
            assert page.status_code == 302
    as_paula.post(
        url("add_collaborator", application),
        {"name": "Carl", "email": "carl@uva.nl", "expertise": "Maths", "workplace": "here"},
    )
    overview = as_paula.get(url("detail", application))
    assert b"Submit the application" in overview.content

    page = as_paula.post(url("submit", application), follow=True)

    application.refresh_from_db()
    assert application.status == S.SUBMITTED
    assert b"Your application is submitted." in page.content
    assert application.institution.name == "University of Amsterdam"
    assert application.collaborators.get().institution == application.institution


def test_start_goes_on_with_the_draft_that_is_there(as_paula, paula):
    application = make_draft(paula)

    assert as_paula.get(reverse("applications:start")).url == application.get_absolute_url()
    assert as_paula.post(reverse("applications:start")).url == application.get_absolute_url()


def test_a_closed_intake_offers_no_start(as_paula):
    Programme.objects.update(intake_is_open=False)

    assert b"paused at present" in as_paula.get(reverse("applications:start")).content
    assert as_paula.post(reverse("applications:start")).status_code == 409


def test_an_answer_that_is_too_long_comes_back_whole_and_the_rest_is_saved(as_paula, paula):
    application = make_draft(paula)
    given = {"project_title": "Kept", "summary": "y" * 10_000, "topics": ["civic"], "next": "1"}

    page = as_paula.post(url("section", application, "project"), given)

    assert page.status_code == 200
    assert b"y" * 10_000 in page.content
    assert b"at most 1000 characters" in page.content
    assert b"Everything else on this page is saved." in page.content
    application.refresh_from_db()
    assert application.answers["project_title"] == "Kept"
    assert application.answers["summary"] == "We study how parties reach voters."


def test_a_nul_character_is_refused_with_a_sentence(as_paula, paula):
    application = make_draft(paula)

    page = as_paula.post(url("section", application, "security"), {"security_plan": "a\x00b"})

    assert b"Null characters are not allowed" in page.content


def test_markup_is_shown_as_text(as_paula, paula):
    application = make_draft(paula, project_title="<script>alert(1)</script>")

    for page in ("detail",):
        content = as_paula.get(url(page, application)).content
        assert b"<script>alert(1)" not in content
        assert b"&lt;script&gt;alert(1)" in content


@pytest.mark.parametrize(
    ("start", "length", "sentence"),
    [(1, 731, "Access lasts at most 730 days: choose"), (731, 30, "lies too far ahead")],
)
@pytest.mark.parametrize("button", ["stay", "next"])
def test_a_period_that_does_not_fit_is_saved_and_told_on_its_own_page(
    as_paula, paula, start, length, sentence, button
):
    application = make_draft(paula)
    day = (today() + dt.timedelta(days=start)).isoformat()
    given = {"starts_on": day, "access_days": str(length), button: "1"}

    page = as_paula.post(url("section", application, "period"), given, follow=True)

    assert page.redirect_chain[-1][0] == url("section", application, "period")
    assert sentence in page.content.decode()
    assert "Saved, but it cannot be submitted like this" in page.content.decode()
    application.refresh_from_db()
    assert (application.answers["starts_on"], application.answers["access_days"]) == (day, length)


def test_the_first_year_is_no_hindrance(as_paula, paula):
    application = make_draft(paula)

    page = as_paula.post(
        url("section", application, "period"),
        {"starts_on": "0001-01-01", "access_days": "30"},
        headers={"HX-Request": "true"},
    )

    assert b"Nothing is submitted before you say so" in page.content
    assert b"notice-warning" not in page.content


def test_the_length_is_offered_in_months_as_far_as_the_programme_gives(as_paula, paula):
    application = make_draft(paula, access_days=100)
    Programme.objects.update(longest_access_days=400)

    page = as_paula.get(url("section", application, "period")).content.decode()

    assert "12 months (365 days)" in page
    assert ">100 days<" in page
    assert ">400 days<" in page
    assert "18 months" not in page


def test_what_is_only_missing_is_no_warning_on_the_section(as_paula, paula):
    application = make_draft(paula)
    Programme.objects.update(longest_access_days=400)

    page = as_paula.post(
        url("section", application, "period"), {"starts_on": "", "stay": "1"}, follow=True
    )

    assert b"Saved." in page.content
    assert b"notice-warning" not in page.content
    assert b"Access lasts at most 400 days, the first and the last day included." in page.content


def test_htmx_saves_and_answers_with_one_line(as_paula, paula):
    application = make_draft(paula)

    page = as_paula.post(
        url("section", application, "security"),
        {"security_plan": "A new plan"},
        headers={"HX-Request": "true"},
    )

    assert b"<html" not in page.content
    assert b"Saved" in page.content
    application.refresh_from_db()
    assert application.answers["security_plan"] == "A new plan"


def test_htmx_is_told_what_was_not_saved(as_paula, paula):
    application = make_draft(paula)

    page = as_paula.post(
        url("section", application, "security"),
        {"security_plan": "x" * 2000},
        headers={"HX-Request": "true"},
    )

    assert b"Saved, except for:" in page.content


def test_the_institution_is_found_without_javascript_and_nothing_typed_is_lost(as_paula, paula):
    application = actions.start_application(Programme.objects.default(), by=paula)

    page = as_paula.post(
        url("section", application, "contact"),
        {"search": "zurich", "find": "1", "full_name": "Paula P.", "institution": ""},
    )

    assert b"ETH Zurich (Switzerland)" in page.content
    assert b"University of Zurich (Switzerland)" in page.content
    assert b'value="Paula P."' in page.content


@pytest.mark.parametrize("search", ["", "\x00", "%%%", "no such place", "x " * 100])
def test_an_odd_search_finds_nothing_and_breaks_nothing(as_paula, paula, search):
    application = make_draft(paula)

    page = as_paula.get(url("section", application, "contact"), {"search": search})

    assert page.status_code == 200
    assert b"University of Amsterdam" in page.content


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_every_section_has_a_page(as_paula, paula, section):
    application = make_draft(paula)

    page = as_paula.get(url("section", application, section.key))

    assert page.status_code == 200
    assert str(section.title).encode() in page.content


def test_an_unknown_section_is_not_found(as_paula, paula):
    application = make_draft(paula)

    assert as_paula.get(url("section", application, "nothing")).status_code == 404


def test_a_collaborator_who_cannot_be_listed_is_explained_beside_the_form(as_paula, paula):
    application = make_draft(paula)
    given = {"name": "Me", "email": "paula@uva.nl", "expertise": "All", "workplace": "here"}

    page = as_paula.post(url("add_collaborator", application), given)

    assert b"You lead the lab yourself" in page.content
    assert b'value="Me"' in page.content
    assert application.collaborators.count() == 0


def test_a_collaborator_of_another_university_is_explained(as_paula, paula):
    application = make_draft(paula)
    given = {"name": "Olga", "email": "o@ethz.ch", "expertise": "All", "workplace": "elsewhere"}

    page = as_paula.post(url("add_collaborator", application), given, follow=True)

    assert b"works at another institution" in page.content
    assert application.collaborators.get().institution.name == "ETH Zurich"


def test_the_answer_that_somebody_works_elsewhere_is_kept_whatever_the_address(as_paula, paula):
    application = make_draft(paula, institution="")
    given = {"name": "Else", "email": "e@gmail.com", "expertise": "All", "workplace": "elsewhere"}

    page = as_paula.post(url("add_collaborator", application), given, follow=True)

    assert b"You say that this person works at another institution" in page.content
    assert application.collaborators.get().works_elsewhere


def test_a_collaborator_is_taken_off_the_list(as_paula, paula):
    application = make_draft(paula, collaborators=["carl@uva.nl"])
    person = application.collaborators.get()

    as_paula.post(url("remove_collaborator", application, person.pk))

    assert application.collaborators.count() == 0


def test_the_overview_lists_what_is_missing_and_refuses_to_hand_in(as_paula, paula):
    application = make_draft(paula, summary="")

    page = as_paula.get(url("detail", application))
    refusal = as_paula.post(url("submit", application))

    assert "Answer “Summary of the project”." in page.content.decode()
    assert b"Submit the application" not in page.content
    assert refusal.status_code == 409
    assert "Answer “Summary of the project”." in refusal.content.decode()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (S.DRAFT, "Draft, not submitted yet"),
        (S.SUBMITTED, "You will have an answer by"),
        (S.CHANGES_REQUESTED, "Please say which parties."),
        (S.APPROVED, "Your lab is open."),
        (S.DECLINED, "The proposal is not clearly defined"),
        (S.WITHDRAWN, "Withdrawn by you"),
    ],
)
def test_the_applicant_sees_where_the_application_stands(as_paula, paula, status, sentence):
    application = make_application(paula, status=status)

    assert sentence in as_paula.get(url("detail", application)).content.decode()


def test_a_submitted_application_is_withdrawn(as_paula, paula):
    application = make_application(paula, status=S.SUBMITTED)

    page = as_paula.post(url("withdraw", application), follow=True)

    assert b"The application is withdrawn." in page.content
    application.refresh_from_db()
    assert application.status == S.WITHDRAWN


def test_a_submitted_application_cannot_be_edited_by_its_address(as_paula, paula):
    application = make_application(paula, status=S.SUBMITTED)

    page = as_paula.post(url("section", application, "security"), {"security_plan": "New"})

    assert page.status_code == 409
    application.refresh_from_db()
    assert application.answers["security_plan"] != "New"


@pytest.mark.parametrize("reader", ["olga", "carl", "rita", "oscar"])
@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED])
def test_nobody_else_finds_the_applicants_pages(client, request, paula, reader, status):
    application = make_application(paula, status=status, collaborators=["carl@uva.nl"])
    person = application.collaborators.get()
    client.force_login(request.getfixturevalue(reader))

    answers = [
        client.get(url("detail", application)),
        client.get(url("section", application, "contact")),
        client.post(url("section", application, "contact"), {"full_name": "Stolen"}),
        client.post(url("submit", application)),
        client.post(url("withdraw", application)),
        client.post(url("add_collaborator", application)),
        client.post(url("remove_collaborator", application, person.pk)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7


def test_whoever_is_not_signed_in_is_asked_to(client, paula):
    application = make_draft(paula)

    for page in ("detail", "submit", "withdraw"):
        method = client.get if page == "detail" else client.post
        assert method(url(page, application)).url.startswith("/accounts/login/")


def test_a_tick_under_older_terms_is_not_shown_as_set(as_paula, paula):
    application = make_draft(paula)
    before = as_paula.get(url("section", application, "terms"))
    Terms.objects.create(programme=application.programme, version=2, body={"en": "New terms."})

    after = as_paula.get(url("section", application, "terms"))

    assert before.content.count(b" checked") == 3
    assert after.content.count(b" checked") == 0
    assert b"New terms." in after.content


def test_ticks_under_terms_that_were_replaced_meanwhile_are_not_taken(as_paula, paula):
    application = make_draft(paula)
    ticks = {"terms_accepted": "on", "compliance_certified": "on", "security_accepted": "on"}
    Terms.objects.create(programme=application.programme, version=2, body={"en": "New terms."})

    as_paula.post(url("section", application, "terms"), ticks | {"terms_version": "1"})
    overview = as_paula.get(url("detail", application))

    application.refresh_from_db()
    assert application.answers["terms_accepted"] == 1
    assert b"The terms have changed since you accepted them." in overview.content
