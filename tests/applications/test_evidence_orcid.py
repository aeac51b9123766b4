"""What an ORCID record shows of the applicant, and that a submission never waits for ORCID."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.actions import link_orcid, look_up_orcid
from applications import tasks
from applications.actions import gathering
from applications.evidence import gather_evidence
from applications.states import ApplicationStatus as S
from audit.models import Entry
from lib.errors import Refused
from lib.time import now
from reviews.models import Asserter, Colour, Evidence
from tests.factories.applications import make_application, make_draft
from tests.factories.orcid import JOSIAH, employment, orcid, source  # noqa: F401

G, Y = Colour.GREEN, Colour.YELLOW
AMSTERDAM = "University of Amsterdam"


def of_kind(application, kind):
    return gather_evidence(application, kinds={kind})


def told(paula, orcid, *employments):  # noqa: F811
    orcid.employments = list(employments)
    link_orcid(paula, orcid_id=JOSIAH)
    look_up_orcid(str(paula.pk))
    return make_draft(paula)


def test_without_a_link_nothing_is_said(paula):
    kinds = {item.kind for item in gather_evidence(make_draft(paula))}

    assert not {kind for kind in kinds if kind.startswith("orcid")}


@pytest.mark.parametrize(
    ("written_by", "colour", "asserted_by", "words"),
    [
        (
            source(AMSTERDAM, by_client=True),
            G,
            Asserter.INSTITUTION,
            "University of Amsterdam itself says",
        ),
        (source("Josiah Carberry"), Y, Asserter.PERSON, "by the applicant's own word"),
        (
            source("A tool", by_client=True, for_person=True),
            Y,
            Asserter.PERSON,
            "by the applicant's own word",
        ),
        (
            source("A publisher", by_client=True),
            Y,
            Asserter.IDENTITY_PROVIDER,
            "by the word of A publisher",
        ),
    ],
)
def test_it_is_said_whose_word_the_employment_is(
    paula,
    orcid,  # noqa: F811
    written_by,
    colour,
    asserted_by,
    words,
):
    application = told(paula, orcid, employment(AMSTERDAM, written_by))

    (item,) = of_kind(application, "orcid_employment")

    assert (item.colour, item.asserted_by) == (colour, asserted_by)
    assert words in item.sentence
    assert item.expires_at - item.asserted_at == dt.timedelta(days=365)


def test_the_word_of_the_institution_goes_before_the_persons_own(paula, orcid):  # noqa: F811
    application = told(
        paula,
        orcid,
        employment(AMSTERDAM, source("Josiah Carberry")),
        employment(AMSTERDAM, source(AMSTERDAM, by_client=True)),
    )

    assert of_kind(application, "orcid_employment")[0].asserted_by == Asserter.INSTITUTION


def test_an_employment_is_found_by_the_id_of_the_registry(paula, orcid):  # noqa: F811
    application = make_draft(paula)
    ror = f"https://ror.org/{application.institution.ror_id}"
    orcid.employments = [employment("UvA, Faculty", source("Josiah Carberry"), ror=ror)]
    link_orcid(paula, orcid_id=JOSIAH)
    look_up_orcid(str(paula.pk))

    (item,) = of_kind(application, "orcid_employment")

    assert item.value == "UvA, Faculty"


@pytest.mark.parametrize("end", [("2020",), None])
def test_former_employments_and_other_employers_count_for_nothing(
    paula,
    orcid,  # noqa: F811
    end,
):
    name = AMSTERDAM if end else "Brown University"
    application = told(paula, orcid, employment(name, source(name, by_client=True), end=end))

    (item,) = of_kind(application, "orcid_employment")

    assert item.colour == Y
    assert "names no present employment at University of Amsterdam" in item.sentence
    assert item.value == ("" if end else "Brown University")


@pytest.mark.parametrize(("count", "colour"), [(0, Y), (1, G), (2, G)])
def test_the_works_are_counted(paula, orcid, count, colour):  # noqa: F811
    orcid.works_count = count

    (item,) = of_kind(told(paula, orcid), "orcid_works")

    assert (item.colour, item.value) == (colour, str(count))


def test_a_submission_does_not_wait_for_orcid(
    paula,
    orcid,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    link_orcid(paula, orcid_id=JOSIAH)

    application = make_application(paula, status=S.SUBMITTED)

    (row,) = Evidence.objects.about(application).filter(kind="orcid_employment")
    assert orcid.asked == []
    assert "it comes by itself" in row.sentence
    others = Evidence.objects.about(application).exclude(kind__startswith="orcid")
    before = list(others.values_list("pk", flat=True))

    tasks.gather_orcid(application_id=str(application.pk))
    tasks.gather_orcid(application_id=str(application.pk), later="ignored")

    (row,) = Evidence.objects.about(application).filter(kind="orcid_employment")
    assert "names no present employment" in row.sentence
    assert list(others.values_list("pk", flat=True)) == before
    assert len(orcid.asked) == 2


def test_an_orcid_that_is_down_is_told_and_staff_may_look_again(
    client,
    paula,
    rita,
    orcid,  # noqa: F811
):
    orcid.status = 503
    link_orcid(paula, orcid_id=JOSIAH)
    application = make_application(paula, status=S.SUBMITTED)
    tasks.gather_orcid(application_id=str(application.pk))
    rows = Evidence.objects.about(application).filter(kind="orcid_employment")
    told_first = rows.get().sentence
    client.force_login(rita)
    page = client.get(reverse("staff:application", args=[application.pk])).content.decode()

    orcid.status = 200
    look_up_orcid(str(paula.pk))
    answer = client.post(reverse("staff:gather_evidence", args=[application.pk]))

    assert told_first == "ORCID could not be reached; staff may look again."
    assert "Gather the evidence again" in page
    assert answer.status_code == 302
    assert "names no present employment" in rows.get().sentence
    entry = Entry.objects.get(event="application.evidence_gathered")
    assert entry.details["version"] == 1


def test_an_answer_older_than_a_year_says_nothing_any_more(paula, orcid, move_clock):  # noqa: F811
    application = told(paula, orcid, employment(AMSTERDAM, source(AMSTERDAM, by_client=True)))
    told_at = of_kind(application, "orcid_employment")[0].asserted_at
    move_clock(dt.timedelta(days=366))

    (item,) = of_kind(application, "orcid_employment")

    assert now() - told_at > dt.timedelta(days=365)
    assert "could not be reached" in item.sentence or "not been asked" in item.sentence
    assert of_kind(application, "orcid_works") == []


def test_what_is_not_with_staff_is_not_gathered_again(paula, rita, orcid):  # noqa: F811
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    link_orcid(paula, orcid_id=JOSIAH)

    tasks.gather_orcid(application_id=str(application.pk))

    assert not Evidence.objects.about(application).filter(kind__startswith="orcid").exists()
    with pytest.raises(Refused):
        gathering.gather_again(application, by=rita)


def test_a_sweep_asks_again_where_a_message_was_lost_or_orcid_was_down(
    paula,
    orcid,  # noqa: F811
    move_clock,
):
    link_orcid(paula, orcid_id=JOSIAH)
    application = make_application(paula, status=S.SUBMITTED)
    rows = Evidence.objects.about(application).filter(kind="orcid_employment")
    at_once = gathering.take_waiting_orcid()
    orcid.status = 503
    move_clock(dt.timedelta(minutes=6))
    tasks.gather_waiting_orcid()
    while_down = rows.get().sentence
    too_soon = gathering.take_waiting_orcid()

    orcid.status = 200
    move_clock(dt.timedelta(hours=7))
    tasks.gather_waiting_orcid()

    assert (at_once, too_soon) == (0, 0)
    assert "could not be reached" in while_down
    assert "names no present employment" in rows.get().sentence
    assert gathering.take_waiting_orcid() == 0
