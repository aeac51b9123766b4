"""The page of one file: what it shows, and to whom."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from applications import actions
from applications.states import ApplicationStatus as S
from audit.models import Entry
from reviews.models import Evidence, Outcome, Review
from tests.factories.applications import (
    all_met,
    begin_reviews,
    fill_in,
    give,
    institution_named,
    list_collaborator,
    make_application,
)
from tests.staff.conftest import text, tie, url


def test_the_file_shows_answers_people_and_evidence(desk, paula):
    application = make_application(
        paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"], summary="Emoji 👩‍👩‍👧 <b>x</b>"
    )

    page = text(desk.get("application", application))

    assert "Emoji 👩‍👩‍👧 &lt;b&gt;x&lt;/b&gt;" in page
    assert "carl@uva.nl" in page
    for row in Evidence.objects.about(application):
        assert escape(row.sentence) in page


def test_evidence_stands_beside_the_section_it_speaks_about(desk, paula):
    application = make_application(paula, status=S.SUBMITTED)

    sides = {side.key: side for side in desk.get("application", application).context["sides"]}

    assert [finding.code for finding in sides["expertise"].findings] == ["expertise"]
    assert "institution" in [finding.code for finding in sides["contact"].findings]
    assert [finding.code for finding in sides["funding"].findings] == [
        "independence",
        "non_commercial",
    ]


def test_each_row_stands_beside_the_answer_to_its_question(desk, paula):
    application = make_application(paula, status=S.SUBMITTED)

    sides = {side.key: side for side in desk.get("application", application).context["sides"]}

    found = {
        row.kind: side.key
        for side in sides.values()
        for finding in side.findings
        for row in finding.rows
    }
    places = {kind: found[kind] for kind in ("workplace", "role", "publications", "sharing")}
    assert places == {
        "workplace": "contact",
        "role": "contact",
        "publications": "expertise",
        "sharing": "funding",
    }


def test_no_evidence_is_lost_between_the_sections(desk, paula):
    application = make_application(paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"])

    context = desk.get("application", application).context

    shown = [f for side in context["sides"] for f in side.findings] + context["other_findings"]
    assert sum(len(finding.rows) for finding in shown) == (
        len({row.pk for finding in shown for row in finding.rows})
    )
    assert {"institution", "identity", "collaborators", "duplicates"} <= {f.code for f in shown}


def test_a_file_takes_at_most_twenty_queries(desk, paula, rita):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)

    with CaptureQueriesContext(connection) as asked:
        page = desk.client.get(url("application", application))

    assert page.status_code == 200
    assert len(asked) <= 20


def test_opening_a_file_is_on_record(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)

    desk.get("application", application)

    entry = Entry.objects.get(event="application.viewed")
    assert (entry.actor_id, entry.subject_id) == (rita.pk, str(application.pk))


def test_a_file_opened_again_on_the_same_day_by_the_same_person_is_one_line(
    desk, oscars_desk, paula, move_clock
):
    application = make_application(paula, status=S.SUBMITTED)
    for _ in range(3):
        desk.get("application", application)
    oscars_desk.get("application", application)

    page = text(desk.get("history", application))

    assert page.count("File opened") == 2
    assert page.count("<strong>File opened, 3 times</strong> · Rita Reyes") == 1
    assert "Draft started" in page

    move_clock(dt.timedelta(days=1))
    oscars_desk.get("application", application)
    page = text(oscars_desk.get("history", application))

    assert page.count("<strong>File opened</strong>") == 2


def test_the_history_unfolds_in_the_file(desk, paula):
    application = make_application(paula, status=S.SUBMITTED)

    desk.get("application", application)
    part = desk.client.get(url("history", application), headers={"HX-Request": "true"})

    assert "<html" not in text(part)
    assert "Submitted" in text(part)


def test_the_file_names_the_reason_beside_the_outcome(desk, paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    page = text(desk.get("application", application))

    assert "<strong>Declined · The proposal is not clearly defined</strong> · Rita Reyes" in page


def test_submitted_is_when_the_newest_version_came(desk, paula, move_clock):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    first = application.submitted_at
    move_clock(dt.timedelta(days=3))
    actions.submit_application(application, by=paula)

    page = text(desk.get("application", application))

    facts = page[: page.index('id="answers"')]
    assert f"{first + dt.timedelta(days=3):%-d %b %Y, }" in facts


def test_the_addresses_that_an_applicant_gave_are_links_that_tell_nothing(desk, paula):
    application = make_application(
        paula, status=S.SUBMITTED, department_url="https://ascor.uva.nl/?a=1&b=2"
    )
    version = application.latest_version
    version.answers["profile_url"] = "javascript:alert(1)"
    version.save()

    page = text(desk.get("application", application))

    rel = 'rel="noreferrer noopener nofollow"'
    assert f'<a href="https://ascor.uva.nl/?a=1&amp;b=2" {rel}>' in page
    assert 'href="javascript' not in page


def test_what_changed_since_the_last_version_stands_before_the_answers(desk, paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    fill_in(application, {"summary": "Five parties."})
    actions.submit_application(application, by=paula)

    page = text(desk.get("application", application))

    assert page.index("Changed since the version before") < page.index('id="answers"')
    assert "<del>We study how parties reach voters.</del>" in page
    assert "<ins>Five parties.</ins>" in page


def test_the_reviewer_reads_that_somebody_works_elsewhere_after_all(desk, paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED, collaborators=["e@uva.nl"])
    actions.remove_collaborator(application.collaborators.get(), by=paula)
    list_collaborator(application, "e@uva.nl", works_elsewhere=True)
    actions.submit_application(application, by=paula)

    page = text(desk.get("application", application))

    assert "<ins>E &lt;e@uva.nl&gt;, Statistics, works at another institution</ins>" in page


def test_an_institution_in_words_is_found_in_the_registry(desk, paula):
    application = make_application(
        paula,
        status=S.SUBMITTED,
        institution="",
        institution_name="Oxford",
        institution_address="Oxford",
        institution_country="GB",
        institution_website="https://www.ox.ac.uk",
    )
    page = text(desk.get("application", application))
    assert "University of Oxford (United Kingdom)" in page
    page = text(desk.get("application", application, institution="amsterdam"))
    assert "University of Amsterdam (Netherlands)" in page

    chosen = institution_named("University of Oxford")
    desk.client.post(url("choose_institution", application), {"institution": str(chosen.pk)})

    application.refresh_from_db()
    assert application.institution == chosen
    page = desk.client.post(url("choose_institution", application), {"institution": "no-id"})
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (S.SUBMITTED, "Check that it is complete"),
        (S.REFUSAL_PROPOSED, "Confirm the proposed refusal"),
        (S.IN_REVIEW, "Give the independent reviews"),
        (S.CONSOLIDATING, "All reviews are in"),
        (S.CHANGES_REQUESTED, "Answer what the reviewers asked"),
        (S.APPROVED, "there is nothing to decide"),
        (S.DECLINED, "there is nothing to decide"),
    ],
)
def test_the_file_says_the_next_act(desk, paula, status, expected):
    application = make_application(paula, status=status)

    assert expected in text(desk.get("application", application))


def test_whose_turn_it_is_names_those_who_still_owe_a_review(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    other = Review.objects.about(application).exclude(reviewer=rita).get().reviewer
    give(application, other, Outcome.APPROVED, comment="A secret opinion.")

    page = text(desk.get("application", application))

    assert "Whose turn it is: Rita Reyes" in page


def test_others_reviews_stay_closed_until_all_are_in(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    other = Review.objects.about(application).exclude(reviewer=rita).get().reviewer
    give(application, other, Outcome.APPROVED, comment="A secret opinion.")

    before = text(desk.get("application", application))
    give(application, rita, Outcome.APPROVED, comment="My own opinion.")
    after = text(desk.get("application", application))

    assert "A secret opinion." not in before
    assert "What others wrote opens for all when the last review is in." in before
    assert "A secret opinion." in after
    assert "My own opinion." in after


def test_reviews_are_compared_criterion_by_criterion(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    verdicts = iter(["MET", "NOT_MET"])
    for review in Review.objects.about(application):
        checklist = all_met(application)
        checklist["expertise"] = {"verdict": next(verdicts), "remark": "Two papers."}
        give(application, review.reviewer, Outcome.APPROVED, checklist=checklist)

    page = text(desk.get("application", application))

    assert "They differ" in page
    assert "Two papers." in page


def test_whoever_was_asked_from_outside_finds_that_one_file_and_only_their_review(
    desk, client, rita, paula, olga
):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    review = Review.objects.about(application).exclude(reviewer=rita).get()
    review.reviewer, review.is_external = olga, True
    review.save()
    client.force_login(olga)

    page = text(client.get(url("application", application)))

    assert "Give your review" in page
    assert "Ask for changes" not in page
    assert client.get(reverse("staff:applications")).status_code == 404
    assert client.post(url("pass_screening", application)).status_code == 404


def test_a_file_where_a_tie_stands_looks_as_if_it_were_not_there(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    tie(rita, application)

    assert desk.get("application", application).status_code == 404
    assert desk.act("pass_screening", application).status_code == 404
    assert not Entry.objects.filter(event="application.viewed").exists()


def test_a_reviewer_finds_their_own_application_only_on_the_public_pages(desk, rita):
    application = make_application(rita, status=S.SUBMITTED)

    assert desk.get("application", application).status_code == 404
    assert desk.act("pass_screening", application).status_code == 404


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
        for form in ("request_changes", "approve", "decline", "choose_institution", "give_review"):
            assert client.post(url(form, application)).status_code == 404


@pytest.mark.parametrize("status", S)
def test_drafts_are_invisible_and_everything_handed_in_is_seen(desk, paula, status):
    application = make_application(paula, status=status)

    never_handed_in = (S.DRAFT, S.WITHDRAWN)
    expected = 404 if application.submitted_at is None else 200
    assert desk.get("application", application).status_code == expected
    assert (expected == 404) is (application.status in never_handed_in)


def test_what_seems_to_be_markup_in_any_answer_is_text(desk, paula):
    nasty = "<script>alert(1)</script>"
    application = make_application(
        paula, status=S.SUBMITTED, summary=nasty, project_title=nasty, team_name=nasty
    )

    assert nasty not in text(desk.get("application", application))
    assert nasty not in text(desk.queue())
