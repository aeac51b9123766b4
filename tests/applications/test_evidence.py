"""The colours of the evidence, on institutions of the built-in registry."""

import datetime as dt

import pytest

from accounts.models import User
from applications.evidence import gather_evidence
from lib.time import today
from reviews.models import Asserter, Colour
from tests.factories.applications import (
    fill_in,
    institution_named,
    list_collaborator,
    make_application,
    make_draft,
)
from tests.factories.people import make_user

DAY = dt.timedelta(days=1)
G, Y, R = Colour.GREEN, Colour.YELLOW, Colour.RED


def colours(application, code):
    return [item.colour for item in gather_evidence(application) if item.criterion_code == code]


def of_kind(application, kind):
    return gather_evidence(application, kinds={kind})


def colours_of_kind(application, kind):
    return [item.colour for item in of_kind(application, kind)]


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("University of Amsterdam", G, G),
        ("Åland University of Applied Sciences", G, G),
        ("University of Iceland", G, G),
        ("University of Liechtenstein", G, G),
        ("University of Oxford", G, G),
        ("ETH Zurich", G, G),
        ("American Samoa Community College", G, G),
        ("Ilisimatusarfik", G, R),
        ("University of Belgrade", G, R),
        ("University of Gibraltar", G, R),
        ("International University of Monaco", G, R),
        ("Boğaziçi University", G, R),
        ("McGill University", G, R),
        ("Pew Research Center", R, G),
        ("Mozilla Foundation", R, G),
        ("Google (United States)", R, G),
        ("Centre National de la Recherche Scientifique", Y, G),
        ("Weizenbaum Institute", Y, G),
    ],
)
def test_the_registry_speaks_about_kind_and_country(paula, name, kind, country):
    application = make_draft(paula, institution=str(institution_named(name).pk))

    assert colours(application, "institution")[:2] == [kind, country]


@pytest.mark.parametrize(
    ("email", "colour"),
    [
        ("a@uva.nl", G),
        ("a@student.uva.nl", G),
        ("a@notuva.nl", Y),
        ("a@uva.nl.evil.test", Y),
        ("a@gmail.com", Y),
    ],
)
def test_the_address_has_to_lie_at_a_domain_of_the_institution(db, email, colour):
    assert colours(make_draft(make_user(email)), "institution")[2] == colour


def test_an_institution_in_words_needs_a_look(paula):
    application = make_draft(
        paula,
        institution="",
        institution_name="X",
        institution_address="Y",
        institution_country="NL",
        institution_website="https://x.test",
    )

    assert colours(application, "institution") == [Y]


def test_an_address_that_nobody_proved_to_read_speaks_against_it(db):
    application = make_draft(make_user("new@uva.nl", is_verified=False))

    assert colours(application, "identity") == [R]


@pytest.mark.parametrize(
    ("answers", "code", "expected"),
    [
        ({}, "expertise", [G, G]),
        ({"publications": ""}, "expertise", [Y, G]),
        ({"role": "student", "advisor": "Prof. X"}, "expertise", [G, Y]),
        ({"role": "other", "role_other": "Archivist"}, "expertise", [G, Y]),
        ({}, "independence", [G, G]),
        ({"is_funded": "yes", "funding_source": "NWO"}, "independence", [Y, G]),
        ({"has_conflict": "yes", "conflict_details": "Shares"}, "independence", [G, Y]),
        ({}, "non_commercial", [G, G]),
        ({"is_funded": "yes", "funding_source": ""}, "independence", [R, G]),
        ({"role": "non_academic"}, "expertise", [G, Y]),
        ({"publications": "doi:10.1/x"}, "expertise", [Y, G]),
        ({"shares_data": "yes", "sharing_details": "An archive"}, "non_commercial", [R, G]),
        ({}, "proposal", [G]),
        ({}, "collaborators", [G]),
        ({}, "duplicates", [G, G]),
        ({}, "workplace", [G]),
        ({}, "documents", []),
    ],
)
def test_declarations_are_shown_in_their_colour(paula, answers, code, expected):
    assert colours(make_draft(paula, **answers), code) == expected


def test_each_collaborator_is_looked_at(paula, carl):
    application = make_draft(paula, collaborators=["carl@uva.nl", "new@uva.nl", "x@gmail.com"])
    list_collaborator(application, "olga@ethz.ch", works_elsewhere=True)

    assert colours_of_kind(application, "collaborators_count") == [G]
    assert colours_of_kind(application, "collaborator_account") == [G, Y, Y, Y]
    assert colours_of_kind(application, "collaborator_institution") == [G, G, Y, R]
    assert colours_of_kind(application, "collaborator_workplace") == [Y, Y, Y, Y]
    assert (
        "has to apply for itself" in of_kind(application, "collaborator_institution")[-1].sentence
    )
    people = [person.pk for person in application.collaborators.all()]
    assert [item.part_id for item in of_kind(application, "collaborator_account")] == people


@pytest.mark.parametrize(
    ("email", "value"),
    [
        ("else@ethz.ch", "ETH Zurich"),
        ("else@gmail.com", "gmail.com"),
        ("else@uva.nl", "University of Amsterdam"),
    ],
)
def test_who_works_elsewhere_by_the_applicants_word_is_red_whatever_the_address(
    paula, email, value
):
    application = make_draft(paula, institution="")
    list_collaborator(application, email, name="Else", works_elsewhere=True)
    fill_in(application, {"institution": str(institution_named("University of Amsterdam").pk)})

    (item,) = of_kind(application, "collaborator_institution")

    said = "The applicant says that Else works at another institution, which has to apply for"
    assert (item.colour, item.sentence) == (R, f"{said} itself.")
    assert item.asserted_by == Asserter.PERSON
    assert item.value == value


def test_who_was_listed_before_the_institution_was_chosen_works_there(paula):
    application = make_draft(paula, institution="")
    person = list_collaborator(application, "carl@uva.nl")
    fill_in(application, {"institution": str(institution_named("University of Amsterdam").pk)})

    assert colours_of_kind(application, "collaborator_institution") == [G]
    person = application.collaborators.get()
    assert person.institution == application.institution


def test_the_submission_keeps_the_evidence_with_its_version(paula):
    from reviews.models import Evidence

    application = make_application(paula, status="SUBMITTED")

    kept = Evidence.objects.about(application).filter(version=1)
    assert [row.sentence for row in kept] == [
        item.sentence for item in gather_evidence(application)
    ]
    for row in kept:
        assert row.source
        assert row.kind
        assert row.asserted_by in Asserter.values
        assert row.asserted_at
        assert row.question_key
    assert User.objects.count() == 1


def test_one_collaborator_and_one_day_are_told_in_the_singular(paula):
    day = (today() + DAY).isoformat()
    application = make_draft(paula, starts_on=day, access_days=1)
    list_collaborator(application, "carl@uva.nl")

    items = gather_evidence(application)

    assert "1 collaborator is listed; a lab has room for 9." in [item.sentence for item in items]
    assert "1 day" in [item.value for item in items]
