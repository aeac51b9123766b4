"""The review desk: the queue, the file, the decisions, and who gets to see them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from applications import actions
from applications.states import ApplicationStatus as S
from audit.models import Entry
from reviews.models import Decision, Reason
from tests.factories.applications import (
    fill_in,
    institution_named,
    list_collaborator,
    make_application,
    make_draft,
)
from tests.factories.people import make_user

CHANGES = {"changes-comment": "Which parties?"}
DECLINE = {"decline-reason": Reason.COMMERCIAL_USE, "decline-comment": "It is commercial."}


@pytest.fixture
def as_rita(client, rita):
    client.force_login(rita)
    return client


def url(name, application):
    return reverse(f"staff:{name}", args=[application.pk])


def text(page):
    return page.content.decode()


def test_the_desk_opens_on_the_queue(as_rita):
    assert as_rita.get("/staff/").url == reverse("staff:applications")


def test_the_queue_shows_what_is_open_the_one_due_first_on_top(as_rita, paula, olga, carl):
    make_application(paula, status=S.SUBMITTED, project_title="Second title")
    first = make_application(olga, status=S.SUBMITTED, project_title="First title")
    first.due_at -= dt.timedelta(days=60)
    first.save()
    make_draft(carl, project_title="A hidden draft")

    page = text(as_rita.get(reverse("staff:applications")))

    assert page.index("First title") < page.index("Second title")
    assert page.count("Overdue") == 1
    assert "Speaks for it" in page
    assert "A hidden draft" not in page


def test_decided_applications_have_a_list_of_their_own(as_rita, paula, olga):
    make_application(paula, status=S.DECLINED, project_title="Said no to")
    make_application(olga, status=S.SUBMITTED, project_title="Still open")

    page = text(as_rita.get(reverse("staff:applications"), {"show": "decided"}))

    assert "Said no to" in page
    assert "Still open" not in page


def test_the_queue_asks_the_database_as_often_for_many_as_for_one(
    as_rita, paula, olga, django_assert_num_queries
):
    make_application(paula, status=S.SUBMITTED)
    with CaptureQueriesContext(connection) as with_one:
        as_rita.get(reverse("staff:applications"))
    make_application(olga, status=S.SUBMITTED)

    with django_assert_num_queries(len(with_one)):
        as_rita.get(reverse("staff:applications"))


def test_odd_page_numbers_show_a_page(as_rita, paula):
    make_application(paula, status=S.SUBMITTED)

    for number in ("0", "-1", "99", "x", "\x00"):
        assert as_rita.get(reverse("staff:applications"), {"page": number}).status_code == 200


def test_the_file_shows_answers_people_evidence_and_history(as_rita, paula):
    application = make_application(
        paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"], summary="Emoji 👩‍👩‍👧 <b>x</b>"
    )

    page = text(as_rita.get(url("application", application)))

    assert "Emoji 👩‍👩‍👧 &lt;b&gt;x&lt;/b&gt;" in page
    assert "carl@uva.nl" in page
    assert "The e-mail address belongs to the institution." in page
    assert "Draft started" in page


def test_opening_a_file_is_on_record(as_rita, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)

    as_rita.get(url("application", application))

    entry = Entry.objects.get(event="application.viewed")
    assert (entry.actor_id, entry.subject_id) == (rita.pk, str(application.pk))


def test_a_file_opened_again_on_the_same_day_by_the_same_person_is_one_line(
    as_rita, client, oscar, paula, move_clock
):
    application = make_application(paula, status=S.SUBMITTED)
    for _ in range(3):
        as_rita.get(url("application", application))
    client.force_login(oscar)
    page = text(client.get(url("application", application)))

    assert page.count("File opened") == 2
    assert page.count("<strong>File opened, 3 times</strong> · Rita Reyes") == 1

    move_clock(dt.timedelta(days=1))
    page = text(client.get(url("application", application)))

    assert page.count("<strong>File opened</strong>") == 2


def test_the_file_names_the_reason_beside_the_outcome(as_rita, paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    page = text(as_rita.get(url("application", application)))

    assert "<strong>Declined · The proposal is not clearly defined</strong> · Rita Reyes" in page


def test_submitted_is_when_the_newest_version_came(as_rita, paula, move_clock):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    first = application.submitted_at
    move_clock(dt.timedelta(days=3))
    actions.submit_application(application, by=paula)

    page = text(as_rita.get(url("application", application)))
    queue = text(as_rita.get(reverse("staff:applications")))

    facts = page[: page.index("<h2>")]
    assert f"{first + dt.timedelta(days=3):%-d %b %Y, }" in facts
    assert f"{first:%-d %b %Y, }" not in facts
    assert f'<td class="text-nowrap">{first + dt.timedelta(days=3):%-d %b %Y}</td>' in queue


def test_the_addresses_that_an_applicant_gave_are_links_that_tell_nothing(as_rita, paula):
    application = make_application(
        paula, status=S.SUBMITTED, department_url="https://ascor.uva.nl/?a=1&b=2"
    )
    version = application.latest_version
    version.answers["profile_url"] = "javascript:alert(1)"
    version.save()

    page = text(as_rita.get(url("application", application)))

    rel = 'rel="noreferrer noopener nofollow"'
    assert f'<a href="https://ascor.uva.nl/?a=1&amp;b=2" {rel}>' in page
    assert 'href="javascript' not in page


def test_the_file_shows_what_changed_since_the_last_version(as_rita, paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    fill_in(application, {"summary": "Five parties."})
    actions.submit_application(application, by=paula)

    page = text(as_rita.get(url("application", application)))

    assert "Changed since the version before" in page
    assert "<del>We study how parties reach voters.</del>" in page
    assert "<ins>Five parties.</ins>" in page


def test_a_reviewer_approves_with_the_collaborators_that_are_ticked(as_rita, paula, carl):
    application = make_application(
        paula, status=S.SUBMITTED, collaborators=["carl@uva.nl", "dana@ethz.ch"]
    )
    cleared = application.collaborators.get(email="carl@uva.nl")

    page = as_rita.post(
        url("approve", application), {"approve-cleared": [str(cleared.pk)]}, follow=True
    )

    assert "The application is approved" in text(page)
    application.refresh_from_db()
    seats = application.organization.memberships.filter(seat__gt=0)
    assert [seat.email for seat in seats] == ["carl@uva.nl"]


def test_only_people_who_clearly_work_at_the_institution_are_ticked_at_first(as_rita, paula):
    application = make_draft(paula)
    list_collaborator(application, "carl@student.uva.nl", name="Carl")
    list_collaborator(application, "else@uva.nl", name="Else", works_elsewhere=True)
    list_collaborator(application, "dana@ethz.ch", name="Dana")
    list_collaborator(application, "gina@gmail.com", name="Gina")
    actions.submit_application(application, by=paula)

    page = as_rita.get(url("application", application))

    ticked = application.collaborators.filter(
        pk__in=page.context["approve_form"]["cleared"].value()
    )
    assert [person.name for person in ticked] == ["Carl"]
    assert text(page).count(" checked") == 1
    assert "Else (else@uva.nl): works at another institution, says the applicant" in text(page)
    assert "Gina (gina@gmail.com): the address does not show the same" in text(page)
    assert "The applicant says that Else works at another institution" in text(page)
    assert "(works at another institution)" in text(page)


def test_the_reviewer_reads_that_somebody_works_elsewhere_after_all(as_rita, paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED, collaborators=["e@uva.nl"])
    actions.remove_collaborator(application.collaborators.get(), by=paula)
    list_collaborator(application, "e@uva.nl", works_elsewhere=True)
    actions.submit_application(application, by=paula)

    page = text(as_rita.get(url("application", application)))

    assert "<ins>E &lt;e@uva.nl&gt;, Statistics, works at another institution</ins>" in page


def test_a_reviewer_asks_for_changes(as_rita, paula):
    application = make_application(paula, status=S.SUBMITTED)

    page = as_rita.post(url("request_changes", application), CHANGES, follow=True)

    assert "The applicant was asked for changes." in text(page)
    application.refresh_from_db()
    assert application.status == S.CHANGES_REQUESTED


def test_a_reviewer_declines_with_a_reason(as_rita, paula):
    application = make_application(paula, status=S.SUBMITTED)

    as_rita.post(url("decline", application), DECLINE)

    decision = Decision.objects.about(application).get()
    assert (decision.reason, decision.comment) == (Reason.COMMERCIAL_USE, "It is commercial.")


@pytest.mark.parametrize(
    ("form", "given"),
    [
        ("request_changes", {"changes-comment": " "}),
        ("decline", {**DECLINE, "decline-reason": ""}),
        ("decline", {**DECLINE, "decline-reason": "MEETS_CRITERIA"}),
        ("decline", {**DECLINE, "decline-comment": ""}),
        ("approve", {"approve-comment": "nul \x00"}),
        ("approve", {"approve-cleared": ["no-id"]}),
        ("choose_institution", {"institution": "no-id"}),
    ],
)
def test_an_incomplete_decision_comes_back_with_what_was_typed(as_rita, paula, form, given):
    application = make_application(paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"])

    page = as_rita.post(url(form, application), given)

    assert page.status_code == 200
    application.refresh_from_db()
    assert application.status == S.SUBMITTED
    assert Decision.objects.count() == 0


def test_who_comes_second_hears_that_it_is_decided(as_rita, paula):
    application = make_application(paula, status=S.DECLINED)

    page = as_rita.post(url("approve", application))

    assert page.status_code == 409
    assert "somebody decided about it or withdrew it" in text(page)


def test_an_institution_in_words_is_found_in_the_registry(as_rita, paula):
    application = make_application(
        paula,
        status=S.SUBMITTED,
        institution="",
        institution_name="Oxford",
        institution_address="Oxford",
        institution_country="GB",
        institution_website="https://www.ox.ac.uk",
    )
    page = text(as_rita.get(url("application", application)))
    assert "University of Oxford (United Kingdom)" in page
    assert as_rita.post(url("approve", application)).status_code == 409
    page = text(as_rita.get(url("application", application), {"institution": "amsterdam"}))
    assert "University of Amsterdam (Netherlands)" in page

    chosen = institution_named("University of Oxford")
    as_rita.post(url("choose_institution", application), {"institution": str(chosen.pk)})
    as_rita.post(url("approve", application))

    application.refresh_from_db()
    assert application.status == S.APPROVED
    assert application.organization.institution == chosen


def test_a_reviewer_cannot_open_the_file_of_their_own_application(as_rita, rita):
    application = make_application(rita, status=S.SUBMITTED)

    page = as_rita.get(url("application", application))

    assert page.status_code == 403
    assert "You are part of this application, so somebody else has to decide." in text(page)
    assert as_rita.post(url("approve", application)).status_code == 403
    assert not Entry.objects.filter(event="application.viewed").exists()


def test_a_reviewer_who_is_listed_as_a_collaborator_cannot_open_the_file(as_rita, rita, paula):
    application = make_draft(paula)
    list_collaborator(application, rita.email)
    actions.submit_application(application, by=paula)

    assert as_rita.get(url("application", application)).status_code == 403


@pytest.mark.parametrize("show", ["open", "decided"])
def test_the_queue_leaves_out_what_the_reviewer_takes_part_in(as_rita, rita, paula, olga, show):
    status = S.SUBMITTED if show == "open" else S.DECLINED
    make_application(rita, status=status, project_title="Her own")
    make_application(paula, status=status, collaborators=[rita.email], project_title="Lists her")
    make_application(olga, status=status, collaborators=["carl@uva.nl"], project_title="Not hers")

    page = text(as_rita.get(reverse("staff:applications"), {"show": show}))

    assert "Not hers" in page
    assert "Her own" not in page
    assert "Lists her" not in page
    assert f"Open ({1 if show == 'open' else 0})" in page


def test_a_reviewer_does_not_find_even_their_own_draft_at_the_desk(as_rita, rita):
    application = make_draft(rita)

    assert as_rita.get(url("application", application)).status_code == 404


@pytest.mark.parametrize(
    ("who", "expected"),
    [("rita", 200), ("oscar", 200), ("paula", 404), ("carl", 404), ("olga", 404)],
)
def test_only_reviewing_staff_find_the_desk(client, request, paula, who, expected):
    application = make_application(paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"])
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("staff:applications")).status_code == expected
    assert client.get(url("application", application)).status_code == expected
    if expected == 404:
        for form in ("request_changes", "approve", "decline", "choose_institution"):
            assert client.post(url(form, application), CHANGES | DECLINE).status_code == 404


def test_a_reviewer_who_was_deactivated_finds_nothing(client, paula):
    gone = make_user("gone@carrel.test", role=Role.REVIEWER)
    client.force_login(gone)
    gone.is_active = False
    gone.save()

    page = client.get(reverse("staff:applications"))

    assert page.status_code == 302
    assert page.url.startswith("/accounts/login/")


@pytest.mark.parametrize("status", S)
def test_drafts_are_invisible_and_everything_handed_in_is_seen(as_rita, paula, status):
    application = make_application(paula, status=status)

    expected = 404 if status in (S.DRAFT, S.WITHDRAWN) else 200
    assert as_rita.get(url("application", application)).status_code == expected
