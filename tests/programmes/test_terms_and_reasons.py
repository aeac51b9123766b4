"""Terms in versions, criteria in words, reasons in a list: changed with history."""

import pytest

from lib.errors import NotAllowed, Refused
from programmes.actions import (
    PolicyMoved,
    add_reason_code,
    change_criterion,
    change_reason_code,
    copy_programme,
    order_reason_codes,
    publish_terms,
    restore_reason_code,
    retire_reason_code,
)
from programmes.models import Programme, ReasonCode

WHY = "The board decided so."
TEXTS = {"title": {"en": "Too broad"}, "guidance": {"en": "Narrow it."}, "legal_ground": "§ 4"}


def in_use(programme, outcome="DECLINED"):
    return [each.code for each in ReasonCode.objects.in_use(programme, outcome)]


def test_new_terms_are_a_new_version_and_the_old_ones_stay(programme, oscar):
    old = programme.current_terms()

    new = publish_terms(programme, body={"en": "Be kind."}, by=oscar, reason=WHY)

    assert (new.version, programme.current_terms()) == (old.version + 1, new)
    assert programme.terms.get(version=old.version).body == old.body
    row = programme.changes.get()
    assert (row.setting, row.before, row.after) == ("terms", old.version, new.version)


@pytest.mark.parametrize(
    "body", [{}, {"en": "  "}, {"nl": "Wees lief."}, {"en": "x" * 20_001}, {"en": "\x00"}]
)
def test_terms_without_a_good_english_text_are_refused(programme, oscar, body):
    with pytest.raises(Refused):
        publish_terms(programme, body=body, by=oscar, reason=WHY)

    assert programme.terms.count() == 1


def test_the_terms_that_hold_are_not_published_again(programme, oscar):
    publish_terms(programme, body={"en": "Be kind."}, by=oscar, reason=WHY)

    with pytest.raises(Refused, match="hold already"):
        publish_terms(programme, body={"en": " Be kind.\r\n"}, by=oscar, reason=WHY)


def test_terms_are_refused_on_a_page_that_is_older_than_the_policy(programme, oscar):
    publish_terms(programme, body={"en": "Be kind."}, by=oscar, reason=WHY, revision=1)

    with pytest.raises(PolicyMoved):
        publish_terms(programme, body={"en": "Be good."}, by=oscar, reason=WHY, revision=1)


def test_reviewers_publish_no_terms(programme, rita):
    with pytest.raises(NotAllowed):
        publish_terms(programme, body={"en": "Be kind."}, by=rita, reason=WHY)


def test_a_criterion_is_said_in_other_words(programme, oscar):
    criterion = programme.criteria.get(code="expertise")

    change_criterion(criterion, texts={"title": {"en": "Know-how"}}, by=oscar, reason=WHY)

    criterion.refresh_from_db()
    row = programme.changes.get()
    assert criterion.text("title") == "Know-how"
    assert row.setting == "criterion.expertise"
    assert row.before == {"title": {"en": "Academic expertise"}}
    assert row.after == {"title": {"en": "Know-how"}}


@pytest.mark.parametrize("texts", [{"title": {"en": ""}}, {"title": {"en": "Academic expertise"}}])
def test_a_criterion_is_not_emptied_and_not_changed_to_the_same(programme, oscar, texts):
    with pytest.raises(Refused):
        change_criterion(
            programme.criteria.get(code="expertise"), texts=texts, by=oscar, reason=WHY
        )


def test_a_new_reason_comes_last_in_its_list(programme, oscar):
    add_reason_code(programme, code="TOO_BROAD", outcome="DECLINED", **TEXTS, by=oscar, reason=WHY)

    assert in_use(programme)[-1] == "TOO_BROAD"
    assert programme.changes.get().setting == "reason.TOO_BROAD"


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "too_broad"},
        {"code": ""},
        {"code": "X" * 41},
        {"code": "INCOMPLETE"},
        {"outcome": "PERHAPS"},
        {"title": {"en": ""}},
        {"guidance": {}},
        {"title": {"en": "x" * 121}},
        {"legal_ground": "x" * 201},
    ],
)
def test_an_odd_reason_is_refused(programme, oscar, changes):
    given = {"code": "TOO_BROAD", "outcome": "DECLINED", **TEXTS, **changes}

    with pytest.raises(Refused):
        add_reason_code(programme, **given, by=oscar, reason=WHY)

    assert programme.reason_codes.count() == 9


def test_a_reason_gets_other_words_but_keeps_its_code(programme, oscar):
    row = programme.reason_codes.get(code="INCOMPLETE")

    change_reason_code(row, **TEXTS, by=oscar, reason=WHY)

    row.refresh_from_db()
    assert (row.code, row.text, row.guidance_text) == ("INCOMPLETE", "Too broad", "Narrow it.")
    with pytest.raises(Refused, match="Nothing would change"):
        change_reason_code(row, **TEXTS, by=oscar, reason=WHY)


def test_the_operator_orders_the_reasons(programme, oscar):
    codes = list(reversed(in_use(programme)))

    order_reason_codes(programme, outcome="DECLINED", codes=codes, by=oscar, reason=WHY)

    assert in_use(programme) == codes


@pytest.mark.parametrize("codes", [[], ["INCOMPLETE"], ["MEETS_CRITERIA"]])
def test_an_order_that_is_not_complete_is_refused(programme, oscar, codes):
    with pytest.raises(Refused):
        order_reason_codes(programme, outcome="DECLINED", codes=codes, by=oscar, reason=WHY)


def test_a_reason_is_retired_and_restored(programme, oscar):
    row = programme.reason_codes.get(code="INCOMPLETE")

    retire_reason_code(row, by=oscar, reason=WHY)
    assert "INCOMPLETE" not in in_use(programme)
    with pytest.raises(Refused):
        retire_reason_code(row, by=oscar, reason=WHY)

    restore_reason_code(row, by=oscar, reason=WHY)
    assert "INCOMPLETE" in in_use(programme)
    with pytest.raises(Refused):
        restore_reason_code(row, by=oscar, reason=WHY)


def test_the_last_reason_of_a_list_is_not_retired(programme, oscar):
    with pytest.raises(Refused, match="at least one reason"):
        retire_reason_code(programme.reason_codes.get(code="MEETS_CRITERIA"), by=oscar, reason=WHY)


def test_a_copy_has_the_same_policy_and_is_hidden_until_the_operator_shows_it(programme, oscar):
    programme.research_requests_limit = 77
    programme.save()
    retire_reason_code(programme.reason_codes.get(code="INCOMPLETE"), by=oscar, reason=WHY)
    publish_terms(programme, body={"en": "Be kind."}, by=oscar, reason=WHY)

    copy = copy_programme(programme, name="Shop research", by=oscar)

    copy.refresh_from_db()
    assert (copy.slug, copy.research_requests_limit, copy.is_public) == ("shop-research", 77, False)
    assert copy.country_codes == programme.country_codes
    assert copy.current_terms().body == {"en": "Be kind."}
    assert [each.code for each in copy.criteria.all()] == [
        each.code for each in programme.criteria.all()
    ]
    assert in_use(copy) == in_use(programme)
    assert copy.changes.get().setting == "programme"
    assert Programme.objects.default() == programme


@pytest.mark.parametrize("name", ["Research", "", "🙂", "x" * 121])
def test_a_copy_needs_a_name_of_its_own(programme, oscar, name):
    with pytest.raises(Refused):
        copy_programme(programme, name=name, by=oscar)


def test_reviewers_make_no_programme(programme, rita):
    with pytest.raises(NotAllowed):
        copy_programme(programme, name="Mine", by=rita)
