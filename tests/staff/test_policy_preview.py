"""Before a change is saved: whom it would affect, counted on real rows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.states import ApplicationStatus as S
from institutions.models import Institution
from lib.time import now, today
from programmes.actions import confirm_interest
from programmes.models import Programme
from quotas.models import QuotaDay
from reviews.actions import record_extension
from staff.policy_due_dates import change_policy_and_dates, moved_due_dates
from staff.policy_preview import effects_of
from tests.factories.applications import (
    complete_answers,
    fill_in,
    list_collaborator,
    make_application,
    make_draft,
)
from tests.factories.organizations import make_member, make_organization
from tests.factories.people import make_user
from tests.programmes.test_waiting_list import ask


@pytest.fixture
def programme(db):
    return Programme.objects.default()


@pytest.fixture
def affected(programme, oscar):
    """The effects of a change, as a mapping of the sentence's first words to the count."""

    def look(**changes):
        return effects_of(Programme.objects.default(), changes, by=oscar)

    return look


def count(effects, words):
    found = [effect.count for effect in effects if words in effect.sentence]
    return found[0] if found else 0


def without(programme, *codes):
    return [code for code in programme.country_codes if code not in codes]


def test_a_change_that_touches_nobody_has_no_effects(affected):
    assert affected(collaborators_limit=1, longest_access_days=10, appeal_days=20) == []


def test_closing_a_country_counts_its_open_applications_and_labs(affected, programme, paula, olga):
    make_application(paula, status=S.SUBMITTED)
    make_organization(olga)

    dutch, swiss = (
        affected(country_codes=without(programme, "NL")),
        affected(country_codes=without(programme, "CH")),
    )

    assert count(dutch, "Open applications from institutions in a country") == 1
    assert count(dutch, "Labs at institutions in such a country") == 0
    assert count(swiss, "Open applications from institutions in a country") == 0
    assert count(swiss, "Labs at institutions in such a country") == 1


def test_an_institution_described_in_words_counts_by_its_country(affected, programme, paula):
    draft = make_draft(paula)
    draft.institution, draft.answers = None, {"institution_country": "FR"}
    draft.save()

    effects = affected(country_codes=without(programme, "FR"))

    assert count(effects, "Open applications from institutions in a country") == 1


def test_what_is_decided_or_withdrawn_is_not_counted(affected, programme, paula):
    make_application(paula, status=S.WITHDRAWN)

    effects = affected(country_codes=without(programme, "NL"))

    assert count(effects, "Open applications") == 0


def test_rows_of_another_programme_are_not_counted(affected, programme, paula, oscar):
    from programmes.actions import copy_programme

    other = copy_programme(programme, name="Other", by=oscar)
    make_organization(paula, programme=other)

    assert affected(country_codes=without(programme, "NL")) == []


def test_examples_name_files_that_the_operator_may_open_and_never_drafts(
    affected, programme, paula, olga
):
    make_draft(olga)
    make_application(paula, status=S.SUBMITTED)

    effect = affected(country_codes=without(programme, "NL", "CH"))[0]

    assert effect.count == 2
    assert [name for name, _url in effect.examples] == ["Elections in short videos"]


def test_an_operators_own_application_is_counted_but_not_linked(affected, programme, oscar):
    make_application(oscar, status=S.SUBMITTED)

    effect = affected(country_codes=without(programme, "NL"))[0]

    assert (effect.count, effect.examples) == (1, [])


def test_dropping_a_kind_counts_those_who_have_no_other(affected, paula):
    make_application(paula, status=S.SUBMITTED)

    assert count(affected(institution_kinds=["government"]), "kind of institution") == 1
    Institution.objects.update(kinds=["education", "government"])
    assert count(affected(institution_kinds=["government"]), "kind of institution") == 0


def test_a_role_that_may_no_longer_lead_is_counted(affected, programme, paula):
    make_application(paula, status=S.SUBMITTED)

    closed = affected(principal_roles={**programme.principal_roles, "faculty": "NO"})
    other = affected(principal_roles={**programme.principal_roles, "student": "NO"})

    assert count(closed, "could no longer lead a lab") == 1
    assert count(other, "could no longer lead a lab") == 0


def test_a_shorter_longest_access_counts_drafts_applications_and_labs_with_more(
    affected, paula, olga, carl
):
    answers = {"access_days": 200}
    draft = make_draft(olga)
    draft.answers = answers
    draft.save()
    make_application(paula, status=S.SUBMITTED, **answers)
    make_organization(carl)

    shorter, exact = affected(longest_access_days=199), affected(longest_access_days=200)

    assert count(shorter, "Drafts that ask for a longer period") == 1
    assert count(shorter, "Submitted applications that ask for a longer period") == 1
    assert count(exact, "Drafts that ask for a longer period") == 0
    assert count(affected(longest_access_days=364), "Labs that have longer access already") == 1
    assert count(affected(longest_access_days=365), "Labs that have longer access already") == 0


def test_half_answered_drafts_are_no_obstacle(affected, paula):
    draft = make_draft(paula)
    draft.answers = {"starts_on": "", "access_days": "soon"}
    draft.save()

    assert affected(longest_access_days=1) == []


@pytest.mark.parametrize("changes", [{"works_abroad_rule": "STAFF"}, {"temporary_travel_days": 9}])
def test_another_rule_for_work_abroad_counts_those_who_work_there(affected, paula, olga, changes):
    make_application(paula, status=S.SUBMITTED)
    draft = make_draft(olga)
    assert affected(**changes) == []

    draft.answers = {"works_in": "JP"}
    draft.save()

    assert count(affected(**changes), "works in a country that is not open") == 1


def test_closing_a_country_counts_those_who_work_there_for_an_institution_elsewhere(
    affected, programme, olga
):
    draft = make_draft(olga)
    draft.answers = {"works_in": "NL"}
    draft.save()

    effects = affected(country_codes=without(programme, "NL"))

    assert count(effects, "works in a country that is not open") == 1


def test_a_lower_number_of_collaborators_counts_labs_above_it(affected, paula, carl, olga):
    lab = make_organization(paula)
    make_member(lab, carl)
    make_member(lab, make_user("dana@uva.nl"))

    assert count(affected(collaborators_limit=1), "Labs with more collaborators") == 1
    assert count(affected(collaborators_limit=2), "Labs with more collaborators") == 0


def test_a_lab_approved_for_a_number_of_its_own_is_not_counted(affected, paula, carl):
    lab = make_organization(paula)
    make_member(lab, carl)
    lab.collaborators_limit = 3
    lab.save()

    assert count(affected(collaborators_limit=0), "Labs with more collaborators") == 0


def test_a_lower_number_of_collaborators_counts_applications_that_list_more(affected, paula):
    draft = fill_in(make_draft(paula), complete_answers())
    list_collaborator(draft, "carl@uva.nl")
    list_collaborator(draft, "dana@uva.nl")

    assert count(affected(collaborators_limit=1), "that list more collaborators") == 1
    assert count(affected(collaborators_limit=2), "that list more collaborators") == 0


@pytest.mark.parametrize(
    ("setting", "bucket", "used"),
    [
        ("research_requests_limit", "research", "requests_used"),
        ("research_records_limit", "research", "records_used"),
        ("relations_requests_limit", "relations", "requests_used"),
        ("relations_records_limit", "relations", "records_used"),
    ],
)
def test_a_lower_quota_counts_labs_that_used_more_on_a_day_of_the_last_month(
    affected, paula, olga, setting, bucket, used
):
    for days_ago, who in ((3, paula), (40, olga)):
        QuotaDay.objects.create(
            organization=make_organization(who),
            bucket=bucket,
            day=today() - dt.timedelta(days=days_ago),
            requests_limit=1_000,
            records_limit=100_000,
            **{used: 500},
        )

    assert count(affected(**{setting: 499}), "Labs that used more on a day") == 1
    assert count(affected(**{setting: 500}), "Labs that used more on a day") == 0


def test_pausing_counts_drafts_and_opening_those_who_wait(affected, programme, paula):
    make_draft(paula)
    confirm_interest(ask(programme, kind="INTAKE", country_code=""))

    assert count(affected(intake_is_open=False), "Drafts that could not be submitted") == 1
    assert count(affected(intake_is_open=True), "waiting list who would be told") == 1
    assert count(affected(is_public=False), "Drafts begun under") == 1


def test_opening_a_country_or_civil_society_counts_those_who_wait(affected, programme):
    confirm_interest(ask(programme))
    confirm_interest(
        ask(programme, email="ngo@example.nl", kind="CIVIL_SOCIETY", country_code="NL")
    )

    country = affected(country_codes=[*programme.country_codes, "CA"])
    kind = affected(institution_kinds=["education", "nonprofit"])

    assert count(country, "waiting list who would be told") == 1
    assert count(kind, "waiting list who would be told") == 1


def test_other_working_days_count_the_due_dates_that_would_move(affected, programme, paula, olga):
    make_application(paula, status=S.SUBMITTED)
    make_application(olga, status=S.SUBMITTED)
    soon = today() + dt.timedelta(days=1)
    closed = [soon + dt.timedelta(days=days) for days in range(7)]

    assert count(affected(review_target_days=27), "due on another day") == 2
    assert count(affected(closed_days=closed), "due on another day") == 2
    assert count(affected(closed_days=[dt.date(2001, 1, 1)]), "due on another day") == 0


def test_saving_moves_the_due_dates_as_the_preview_said(programme, paula, olga, oscar):
    waits = make_application(paula, status=S.SUBMITTED)
    withdrawn = make_application(olga, status=S.WITHDRAWN)
    (expected,) = moved_due_dates(programme, {"review_target_days": 10})

    change_policy_and_dates(
        programme,
        changes={"review_target_days": 10},
        by=oscar,
        reason="Quicker.",
        revision=programme.revision,
    )

    before, untouched = waits.due_at, withdrawn.due_at
    waits.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (expected.before, expected.after) == (before.date(), waits.due_at.date())
    assert withdrawn.due_at == untouched


def test_days_on_which_the_clock_stood_and_promised_days_count_in_the_preview(
    affected, programme, paula, carl
):
    make_application(carl, status=S.CHANGES_REQUESTED)
    promised = make_application(paula, status=S.SUBMITTED)
    late = now() + dt.timedelta(days=300)
    record_extension(promised, until=late, reason="Many files.", by=None)

    assert count(affected(review_target_days=10), "due on another day") == 0


def test_the_other_settings_count_whom_they_touch(affected, paula, olga, carl):
    draft = make_draft(paula)
    draft.saved_at = now() - dt.timedelta(days=90)
    draft.save()
    make_application(olga, status=S.SUBMITTED)
    make_application(carl, status=S.CHANGES_REQUESTED)

    assert count(affected(draft_idle_days=60), "would expire") == 1
    assert count(affected(draft_idle_days=120), "would expire") == 0
    assert count(affected(required_documents=["ethics"]), "further documents") == 1
    assert count(affected(changes_answer_days=10), "that wait for the applicant's answer") == 1
    assert count(affected(review_count=1), "being screened or reviewed") == 1


def test_the_page_shows_count_sentence_and_a_link(client, oscar, programme, paula):
    from tests.staff.test_policy_pages import edit, text

    application = make_application(paula, status=S.SUBMITTED)
    client.force_login(oscar)

    page, _sent = edit(client, programme, "regions", regions=["US"], other_countries=[])

    assert "that would no longer be open: <strong>1</strong>" in text(page)
    assert str(application.pk) in text(page)
    assert "Decisions made before stay as they are" in text(page)


def test_the_preview_asks_as_many_questions_for_many_rows_as_for_few(programme, oscar):
    def queries():
        changes = {
            "country_codes": ["US"],
            "longest_access_days": 1,
            "collaborators_limit": 0,
            "review_target_days": 3,
        }
        with CaptureQueriesContext(
            connection,
        ) as asked:
            effects_of(programme, changes, by=oscar)
        return len(asked)

    make_application(make_user("one@uva.nl"), status=S.SUBMITTED)
    few = queries()
    for name in ("two", "three", "four"):
        make_application(make_user(f"{name}@uva.nl"), status=S.SUBMITTED)

    assert queries() == few
