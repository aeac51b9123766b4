"""The self-check: a clear yes, no or "staff decides", with the reason for each criterion."""

import pytest
from django.utils.html import escape

from applications.eligibility import Outcome, State, carried_answers, judge
from programmes.actions import copy_programme
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


def outside(verdict):
    return {each.group: each for each in verdict.outside}


def test_who_qualifies_is_told_to_start_and_who_is_unsure_that_staff_decide(verdict):
    assert "Start your application" in verdict().next_steps[0]
    assert "Staff decide" in verdict(expertise="unsure").next_steps[0]
    assert "check again" in verdict(proposal="no").next_steps[0]


@pytest.mark.parametrize(
    ("changes", "group", "explanation", "next_step"),
    [
        (
            {"country": "CA"},
            "region",
            "open to institutions in the countries",
            "Leave your address",
        ),
        (
            {"workplace": "civil_society"},
            "civil_society",
            "only people employed by non-profit academic",
            "waiting list of its own",
        ),
        ({"workplace": "creator"}, "creator", "does not serve creators", "creator tools"),
        (
            {"workplace": "advertiser"},
            "advertiser",
            "does not serve advertising",
            "business products",
        ),
        (
            {"workplace": "commercial"},
            "commercial",
            "non-commercial research only",
            "commercial API",
        ),
        ({"non_commercial": "no"}, "commercial", "non-commercial research only", "commercial API"),
        ({"workplace": "independent"}, "independent", "whom an institution employs", "appointment"),
        ({"role": "student"}, "student", "endorsement of an advisor", "Ask your advisor"),
        (
            {"developer_account": True},
            "developer",
            "by itself gives no access",
            "no developer account to apply",
        ),
        (
            {"residence": "JP", "stay": "lasting"},
            "abroad",
            "works in a country that is open",
            "Apply once you work there",
        ),
    ],
)
def test_each_excluded_group_has_its_own_explanation_and_next_step(
    verdict, changes, group, explanation, next_step
):
    found = outside(verdict(**changes))

    assert set(found) == {group}
    assert explanation in found[group].explanation
    assert next_step in found[group].next_step


def test_somebody_who_qualifies_is_in_no_excluded_group(verdict):
    assert verdict().outside == []


def test_a_group_is_named_once_and_several_groups_side_by_side(verdict):
    groups = [
        each.group
        for each in verdict(country="BR", workplace="commercial", non_commercial="no").outside
    ]

    assert groups == ["region", "commercial"]


def test_a_developer_account_alone_is_told_exactly_what_is_missing(verdict):
    alone = verdict(developer_account=True, proposal="no", expertise="unsure")

    assert outside(alone)["developer"].missing == (
        "Academic expertise",
        "A clearly defined proposal",
        "An application for a specific project, and its approval",
    )


@pytest.mark.parametrize(
    ("changes", "wait_for"),
    [
        ({"country": "CA"}, "REGION"),
        ({"workplace": "civil_society"}, "CIVIL_SOCIETY"),
        ({"workplace": "creator"}, ""),
        ({"role": "student"}, ""),
    ],
)
def test_who_can_be_told_later_is_offered_that(verdict, changes, wait_for):
    (found,) = verdict(**changes).outside

    assert found.wait_for == wait_for
    assert found.country_code == (ALL_WELL | changes)["country"]


def test_the_operators_own_words_replace_the_next_step(verdict):
    Programme.objects.update(group_texts={"creator": {"en": "Go to the studio."}})

    assert outside(verdict(workplace="creator"))["creator"].next_step == "Go to the studio."


@pytest.mark.parametrize(
    ("workplace", "kind"), [("civil_society", "nonprofit"), ("commercial", "company")]
)
def test_a_kind_that_the_policy_takes_in_is_no_excluded_group(verdict, workplace, kind):
    Programme.objects.update(institution_kinds=["education", kind])

    result = verdict(workplace=workplace)

    assert result.outcome is Outcome.YES
    assert result.outside == []


@pytest.mark.parametrize(
    ("rule", "stay", "outcome"),
    [
        ("TRAVEL", "temporary", Outcome.YES),
        ("TRAVEL", "lasting", Outcome.NO),
        ("TRAVEL", "", Outcome.STAFF),
        ("STAFF", "lasting", Outcome.STAFF),
        ("STAFF", "temporary", Outcome.STAFF),
        ("ANYWHERE", "lasting", Outcome.YES),
    ],
)
def test_the_place_of_work_has_its_own_rule(verdict, rule, stay, outcome):
    Programme.objects.update(works_abroad_rule=rule, temporary_travel_days=45)

    result = verdict(residence="JP", stay=stay)

    assert result.outcome is outcome
    if rule == "TRAVEL":
        assert "45 days" in judgement(result, "place_of_work").sentence


@pytest.mark.parametrize(
    ("residence", "outcome"), [("DE", Outcome.YES), ("RE", Outcome.YES), ("GL", Outcome.NO)]
)
def test_working_in_another_open_country_is_no_obstacle(verdict, residence, outcome):
    assert verdict(residence=residence, stay="lasting").outcome is outcome


def test_working_where_the_institution_is_asks_nothing_further(verdict):
    codes = [each.code for each in verdict(residence="NL", stay="lasting").judgements]

    assert codes == CRITERIA


@pytest.mark.parametrize(
    ("role", "rule", "outcome"),
    [
        ("faculty", "YES", Outcome.YES),
        ("student", "ADVISOR", Outcome.STAFF),
        ("student", "YES", Outcome.YES),
        ("student", "NO", Outcome.NO),
        ("non_academic", "STAFF", Outcome.STAFF),
        ("other", "NO", Outcome.NO),
    ],
)
def test_the_policy_says_which_roles_lead_a_lab(verdict, role, rule, outcome):
    programme = Programme.objects.default()
    programme.principal_roles[role] = rule
    programme.save()

    assert verdict(role=role).outcome is outcome


@pytest.mark.parametrize(
    ("country", "sentence"),
    [
        ("PR", "Puerto Rico is a territory of United States of America"),
        ("AX", "is a territory of Finland"),
        ("GL", "tied to Denmark"),
        ("JE", "tied to United Kingdom"),
    ],
)
def test_the_sentence_knows_the_territories(verdict, country, sentence):
    assert sentence in judgement(verdict(country=country), "institution").sentence


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


def test_the_answers_that_the_application_asks_again_are_carried_over(client, db):
    page = client.get("/eligibility/", ALL_WELL | {"role": "student"}).content.decode()

    assert "programme%3Dresearch%26role%3Dstudent%26institution_country%3DNL" in page


def test_the_draft_begins_with_what_was_answered_in_the_self_check(client, olga):
    client.force_login(olga)
    address = "/apply/?programme=research&role=student&institution_country=CH&works_in=DE"
    page = client.get(address).content.decode()
    assert escape(address) in page

    client.post(address)

    draft = olga.applications.get()
    assert (draft.answers["role"], draft.answers["works_in"]) == ("student", "DE")
    assert bool(draft.institution) is ("institution_country" not in draft.answers)


def test_who_may_choose_between_programmes_is_asked_and_applies_to_the_one_chosen(
    client, olga, oscar
):
    first = Programme.objects.default()
    other = copy_programme(first, name="Shop research", by=oscar)
    hidden = copy_programme(first, name="Hidden research", by=oscar)
    Programme.objects.filter(pk=other.pk).update(is_public=True)
    client.force_login(olga)

    page = client.get("/apply/").content.decode()
    assert "?programme=shop-research" in page
    assert hidden.name not in page

    client.post("/apply/?programme=shop-research")
    assert olga.applications.get().programme == other


def test_a_programme_that_is_not_shown_cannot_be_applied_to(client, olga, oscar):
    first = Programme.objects.default()
    copy_programme(first, name="Hidden research", by=oscar)
    client.force_login(olga)

    client.post("/apply/?programme=hidden-research")

    assert olga.applications.get().programme == first


def test_without_any_programme_on_offer_nobody_can_apply(client, olga):
    Programme.objects.update(is_public=False)
    client.force_login(olga)

    assert client.get("/apply/").status_code == 404
    assert client.post("/apply/").status_code == 404


def test_only_sensible_answers_are_carried():
    query = {"role": "king", "institution_country": "ZZ", "programme": "x", "full_name": "Eve"}

    assert carried_answers(query) == {}
    assert carried_answers({"role": "student", "institution_country": "NL"}) == {
        "role": "student",
        "institution_country": "NL",
    }


def test_while_the_intake_is_paused_the_message_is_shown_and_an_address_can_be_left(client, db):
    Programme.objects.update(intake_is_open=False, intake_message={"en": "Back on 4 May."})

    before, after = client.get("/eligibility/"), client.get("/eligibility/", ALL_WELL)

    for page in (before, after):
        assert b"applications are paused at present" in page.content
        assert b"Back on 4 May." in page.content
    assert b"Tell me when applications open again" in after.content


def test_each_programme_on_offer_gives_its_own_answer(client, db, oscar):
    first = Programme.objects.default()
    other = copy_programme(first, name="Canadian data", by=oscar)
    hidden = copy_programme(first, name="Hidden data", by=oscar)
    Programme.objects.filter(pk=other.pk).update(is_public=True, country_codes=["CA"])

    page = client.get("/eligibility/", ALL_WELL | {"country": "CA"}).content.decode()

    assert "Canadian data" in page
    assert hidden.name not in page
    assert page.count("No, by your answers") == page.count("Yes, by your answers") == 1
    assert "programme%3Dcanadian-data" in page


def test_without_any_programme_on_offer_the_page_says_so(client, db):
    Programme.objects.update(is_public=False)

    assert b"No programme is open to the public" in client.get("/eligibility/", ALL_WELL).content


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "'\"><img src=x>", "\u202eevil", "&lt;"]
)
def test_what_an_operator_writes_is_shown_and_never_executed(client, db, text):
    Programme.objects.update(
        name=text,
        intake_is_open=False,
        intake_message={"en": text},
        group_texts={"creator": {"en": text}},
    )

    page = client.get("/eligibility/", ALL_WELL | {"workplace": "creator"}).content.decode()

    assert page.count(escape(text)) >= 3
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_self_check_takes_no_post(client, db):
    assert client.post("/eligibility/", ALL_WELL).status_code == 405
