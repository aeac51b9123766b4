"""Each check by itself: places of work, declarations, publications, duplicates, documents."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import actions
from applications.evidence import gather_evidence
from applications.evidence.answers import find_dois
from applications.evidence.workplaces import Workplace, judge_workplace
from applications.models import Application, Attachment, ListedCollaborator, ScanVerdict
from applications.states import ApplicationStatus as S
from applications.team import CollaboratorStatus
from lib.time import now
from programmes.models import AbroadRule, Programme
from reviews.models import Asserter, Colour
from tests.factories.applications import (
    institution_named,
    list_collaborator,
    make_application,
    make_draft,
)
from tests.factories.people import make_user

G, Y, R = Colour.GREEN, Colour.YELLOW, Colour.RED
FIRST = dt.date(2027, 1, 1)


def of_kind(application, kind):
    return gather_evidence(application, kinds={kind})


def journey(country, days):
    return Workplace(country, FIRST, FIRST + dt.timedelta(days=days - 1))


@pytest.mark.parametrize(
    ("rule", "place", "colour"),
    [
        (AbroadRule.TRAVEL, Workplace("NL"), G),
        (AbroadRule.TRAVEL, Workplace("PR"), G),
        (AbroadRule.TRAVEL, Workplace("RE"), G),
        (AbroadRule.TRAVEL, Workplace("NC"), R),
        (AbroadRule.TRAVEL, Workplace("GL"), R),
        (AbroadRule.TRAVEL, Workplace("BR"), R),
        (AbroadRule.TRAVEL, Workplace("BR", FIRST), R),
        (AbroadRule.TRAVEL, journey("BR", 1), G),
        (AbroadRule.TRAVEL, journey("BR", 90), G),
        (AbroadRule.TRAVEL, journey("BR", 91), R),
        (AbroadRule.TRAVEL, Workplace(""), Y),
        (AbroadRule.STAFF, Workplace("BR"), Y),
        (AbroadRule.STAFF, journey("BR", 90), G),
        (AbroadRule.STAFF, journey("BR", 91), Y),
        (AbroadRule.ANYWHERE, Workplace("BR"), G),
    ],
)
def test_a_place_of_work_is_open_or_a_short_journey_or_left_to_the_policy(db, rule, place, colour):
    programme = Programme.objects.default()
    programme.works_abroad_rule = rule

    assert judge_workplace(programme, place)[0] == colour


def test_the_place_of_work_is_told_apart_from_the_country_of_the_institution(paula):
    application = make_draft(paula, works_in="FR")

    (item,) = of_kind(application, "workplace")

    assert (item.colour, item.value) == (G, "France")
    assert "The institution itself is in Netherlands." in item.sentence
    assert item.asserted_by == Asserter.PERSON
    assert item.question_key == "works_in"


def test_a_journey_of_the_applicant_is_counted_with_both_days(paula):
    application = make_draft(
        paula,
        works_in="BR",
        is_travelling="yes",
        travels_from="2027-01-01",
        travels_until="2027-03-31",
    )

    (item,) = of_kind(application, "workplace")

    assert item.sentence.startswith("The journey lasts 90 days; the policy allows 90.")


def test_collaborators_are_judged_by_the_same_rule_each_in_a_row_of_their_own(paula):
    application = make_draft(paula)
    for country, days in (("NL", 0), ("BR", 0), ("BR", 30)):
        person = list_collaborator(application, f"{country}{days}@uva.nl".lower(), name="Dana")
        travel = {"travels_from": FIRST, "travels_until": FIRST + dt.timedelta(days=days)}
        ListedCollaborator.objects.filter(pk=person.pk).update(
            works_in=country, **(travel if days else {})
        )

    items = of_kind(application, "collaborator_workplace")

    assert [item.colour for item in items] == [G, R, G]
    assert len({item.part_id for item in items}) == 3
    assert all(item.sentence.startswith("Dana: ") for item in items)


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        (
            "Prins (2025), https://doi.org/10.1177/1461444820912544.",
            ["10.1177/1461444820912544"],
            [],
        ),
        ("doi:10.1000/182 and 10.1000/183", ["10.1000/182", "10.1000/183"], []),
        ("(DOI: 10.1002/(SICI)1097-4571)", ["10.1002/(SICI)1097-4571"], []),
        ("doi:10.1/x", [], ["10.1/x"]),
        ("https://doi.org/abc", [], ["abc"]),
        ("10.5 pages in 10.2025", [], []),
        ("10.1000/é", [], ["10.1000/é"]),
        ("", [], []),
    ],
)
def test_dois_are_told_by_their_form_alone(text, good, bad):
    assert find_dois(text) == (good, bad)


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("Acme Inc.", "Inc"),
        ("Beispiel GmbH", "GmbH"),
        ("An advertising fund", "advertising"),
        ("Dutch Research Council", ""),
        ("Incubator of ideas", ""),
    ],
)
def test_words_that_hint_at_a_company_are_named(paula, source, word):
    application = make_draft(paula, is_funded="yes", funding_source=source)

    (item,) = of_kind(application, "funding")

    assert item.colour == Y
    assert ("hints at a commercial body" in item.sentence) is bool(word)
    assert word in item.sentence
    assert item.value == source


def attach_row(application, key, verdict=ScanVerdict.NOT_SCANNED):
    is_scanned = verdict in (ScanVerdict.CLEAN, ScanVerdict.HARMFUL)
    return Attachment.objects.create(
        application=application,
        question_key=key,
        name=f"{verdict.lower()}.pdf",
        kind="application/pdf",
        size_bytes=1,
        sha256=verdict.value,
        path="x",
        uploaded_by=application.applicant,
        scan_verdict=verdict,
        scanned_at=now() if is_scanned else None,
    )


def test_sharing_takes_an_agreement(paula):
    application = make_draft(paula, shares_data="yes", sharing_details="With an archive")
    without = of_kind(application, "sharing")
    attach_row(application, "sharing_agreements")

    (item,) = of_kind(application, "sharing")

    assert [each.colour for each in without] == [R]
    assert item.colour == Y
    assert item.sentence.endswith("1 agreement is attached.")


@pytest.mark.parametrize(
    ("verdicts", "colour"),
    [
        ([], R),
        ([ScanVerdict.CLEAN], G),
        ([ScanVerdict.CLEAN, ScanVerdict.WAITING], Y),
        ([ScanVerdict.NOT_SCANNED], Y),
        ([ScanVerdict.CLEAN, ScanVerdict.HARMFUL], R),
    ],
)
def test_documents_are_there_and_scanned(paula, verdicts, colour):
    application = make_draft(paula, role="student", advisor="Prof. X <x@uva.nl>")
    for verdict in verdicts:
        attach_row(application, "advisor_letter", verdict)

    (item,) = of_kind(application, "documents")

    assert item.colour == colour
    assert item.question_key == "advisor_letter"


def test_the_policy_decides_about_roles(paula):
    programme = Programme.objects.default()
    programme.principal_roles = {"faculty": "NO"}
    programme.save()

    (item,) = of_kind(make_draft(paula), "role")

    assert item.colour == R


def test_a_second_application_of_the_same_person_is_seen(paula):
    make_application(paula, status=S.SUBMITTED)
    again = make_draft(paula, project_title="Something else")

    assert [item.colour for item in of_kind(again, "duplicate")] == [Y]


@pytest.mark.parametrize("status", [S.DECLINED, S.WITHDRAWN, S.EXPIRED])
def test_what_came_to_nothing_is_never_a_duplicate(paula, olga, status):
    former = make_application(paula, status=S.SUBMITTED if status == S.WITHDRAWN else status)
    if status == S.WITHDRAWN:
        actions.withdraw_application(former, by=paula)
    again = make_draft(paula)
    by_another = make_draft(olga, institution=str(institution_named("University of Amsterdam").pk))

    for application in (again, by_another):
        found = gather_evidence(application, kinds={"duplicate", "duplicate_title"})
        assert [item.colour for item in found] == [G, G]


def test_the_same_title_counts_at_the_same_institution_however_it_is_written(paula, olga):
    make_application(paula, status=S.SUBMITTED, project_title="Élections, in Short Videos!")
    here = str(institution_named("University of Amsterdam").pk)
    same = make_draft(olga, institution=here, project_title="elections in short videos")
    there = str(institution_named("ETH Zurich").pk)
    elsewhere = make_draft(
        make_user("x@ethz.ch"), institution=there, project_title="elections in short videos"
    )

    assert [item.colour for item in of_kind(same, "duplicate_title")] == [Y]
    assert [item.colour for item in of_kind(elsewhere, "duplicate_title")] == [G]


def test_of_an_institution_in_words_only_the_title_as_written_is_compared(paula, olga):
    in_words = {
        "institution": "",
        "institution_name": "X",
        "institution_address": "Y",
        "institution_country": "NL",
        "institution_website": "https://x.test",
    }
    make_application(paula, status=S.SUBMITTED)
    same = make_draft(olga, **in_words)

    assert [item.colour for item in of_kind(same, "duplicate_title")] == [Y]


def test_each_collaborator_has_confirmed_or_not(paula):
    application = make_draft(paula)
    for number, status in enumerate(CollaboratorStatus):
        person = list_collaborator(application, f"person-{number}@uva.nl", name="Dana")
        ListedCollaborator.objects.filter(pk=person.pk).update(status=status)

    items = of_kind(application, "collaborator_confirmed")

    found = dict(zip(CollaboratorStatus, [item.colour for item in items], strict=True))
    assert found.pop(CollaboratorStatus.CONFIRMED) == G
    assert set(found.values()) == {Y}
    assert len({item.sentence for item in items}) == len(CollaboratorStatus)


def test_no_former_refusal_is_spoken_of_to_staff(paula):
    make_application(paula, status=S.DECLINED)

    again = make_draft(paula)

    text = " ".join(item.sentence for item in gather_evidence(again))
    assert "declined" not in text.lower()
    assert "refus" not in text.lower()


def test_a_submission_with_nine_collaborators_is_checked_in_as_many_queries_as_with_one(paula):
    application = make_draft(paula)
    list_collaborator(application, "somebody@somewhere.test")
    application = Application.objects.get(pk=application.pk)
    with CaptureQueriesContext(connection) as one:
        gather_evidence(application)
    for number in range(8):
        list_collaborator(application, f"person-{number}@somewhere-{number}.test")
    application = Application.objects.get(pk=application.pk)

    with CaptureQueriesContext(connection) as nine:
        gather_evidence(application)

    assert len(nine) == len(one)
    assert len(nine) <= 15
