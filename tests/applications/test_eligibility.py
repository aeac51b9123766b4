"""The self-check: a clear yes, no or "staff decides", with the reason for each criterion."""

import pytest

from applications.eligibility import Outcome, State, judge
from programmes.models import Programme

ALL_WELL = {
    "country": "NL",
    "workplace": "academic",
    "expertise": "yes",
    "independence": "yes",
    "proposal": "yes",
    "non_commercial": "yes",
}
CRITERIA = ["expertise", "independence", "institution", "proposal", "non_commercial"]


@pytest.fixture
def verdict(db):
    return lambda **changes: judge(Programme.objects.default(), ALL_WELL | changes)


def judgement(verdict, code):
    return next(each for each in verdict.judgements if each.code == code)


def test_who_meets_all_five_criteria_may_apply(verdict):
    result = verdict()

    assert result.outcome is Outcome.YES
    assert [each.code for each in result.judgements] == CRITERIA
    assert all(each.state is State.MET and each.sentence for each in result.judgements)
    assert "Start your application" in result.next_steps[0]


@pytest.mark.parametrize("code", [code for code in CRITERIA if code != "institution"])
def test_each_criterion_decides_with_its_own_sentence(verdict, code):
    unmet, unsure = verdict(**{code: "no"}), verdict(**{code: "unsure"})

    assert unmet.outcome is Outcome.NO
    assert unsure.outcome is Outcome.STAFF
    sentences = {judgement(each, code).sentence for each in (verdict(), unmet, unsure)}
    assert len(sentences) == 3


@pytest.mark.parametrize(
    ("country", "workplace", "outcome"),
    [
        ("AX", "academic", Outcome.YES),
        ("RE", "academic", Outcome.YES),
        ("NO", "academic", Outcome.YES),
        ("GB", "academic", Outcome.YES),
        ("CH", "academic", Outcome.YES),
        ("PR", "academic", Outcome.YES),
        ("US", "unsure", Outcome.STAFF),
        ("US", "civil_society", Outcome.NO),
        ("US", "commercial", Outcome.NO),
        ("GL", "academic", Outcome.NO),
        ("CA", "academic", Outcome.NO),
        ("TR", "unsure", Outcome.NO),
        ("BR", "civil_society", Outcome.NO),
    ],
)
def test_country_and_kind_of_institution_decide_together(verdict, country, workplace, outcome):
    assert verdict(country=country, workplace=workplace).outcome is outcome


def test_the_operators_countries_decide(verdict):
    Programme.objects.update(country_codes=["CA"])

    assert verdict(country="CA").outcome is Outcome.YES
    assert verdict(country="NL").outcome is Outcome.NO


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"country": "CA"}, "Other regions are being worked on"),
        ({"workplace": "civil_society"}, "civil society is being worked on"),
        ({"workplace": "commercial"}, "business and creator products"),
        ({"non_commercial": "no"}, "business and creator products"),
        ({"proposal": "no"}, "check again"),
        ({"expertise": "unsure"}, "Staff decide"),
        ({}, "A developer account by itself gives no access"),
        ({"country": "CA"}, "A developer account by itself gives no access"),
    ],
)
def test_the_next_step_fits_the_answers(verdict, changes, sentence):
    assert any(sentence in step for step in verdict(**changes).next_steps)


def test_no_is_never_followed_by_an_invitation_to_apply(client, db):
    page = client.get("/eligibility/", ALL_WELL | {"country": "CA"})

    assert b"No, by your answers" in page.content
    assert b"Canada is not open yet." in page.content
    assert b"Sign up and apply" not in page.content


def test_the_page_shows_the_verdict_without_an_account_and_keeps_the_answers(client, db):
    page = client.get("/eligibility/", ALL_WELL)

    assert b"Yes, by your answers you qualify." in page.content
    assert b'value="NL" selected' in page.content
    assert b"Sign up and apply" in page.content


def test_the_empty_page_asks_without_complaining(client, db):
    page = client.get("/eligibility/")

    assert b"This field is required" not in page.content
    assert b"by your answers" not in page.content


@pytest.mark.parametrize(
    "odd",
    [{"country": ""}, {"country": "XX"}, {"expertise": "perhaps"}, {"workplace": "\x00"}],
)
def test_incomplete_or_odd_answers_give_no_verdict(client, db, odd):
    page = client.get("/eligibility/", ALL_WELL | odd)

    assert page.status_code == 200
    assert b"by your answers" not in page.content
    assert b"Please look at these points" in page.content


def test_the_self_check_takes_no_post(client, db):
    assert client.post("/eligibility/", ALL_WELL).status_code == 405
