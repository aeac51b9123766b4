"""Changing settings: who may, what is refused, what is written down."""

import datetime as dt
import threading

import pytest
from django.db import connection

from audit.models import Entry
from lib.errors import NotAllowed, Refused
from programmes.actions import PolicyMoved, change_policy
from programmes.models import PolicyChange, Programme
from programmes.settings import SECTIONS, SETTINGS, clean_setting

WHY = "The board decided so."


def test_a_change_is_kept_with_before_and_after_who_when_and_why(programme, oscar):
    rows = change_policy(
        programme, changes={"longest_access_days": 365}, by=oscar, reason=f"  {WHY}  "
    )

    (row,) = rows
    programme.refresh_from_db()
    assert programme.longest_access_days == 365
    assert (row.setting, row.before, row.after) == ("longest_access_days", 730, 365)
    assert (row.changed_by, row.reason, row.revision) == (oscar, WHY, programme.revision)
    assert row.created_at is not None


def test_the_log_has_an_entry_for_each_setting_and_holds_the_reason_as_text(programme, oscar):
    changes = {"review_count": 3, "appeal_days": 30}

    change_policy(programme, changes=changes, by=oscar, reason=WHY)

    entries = Entry.objects.filter(event="programme.changed", subject_id=str(programme.pk))
    assert {entry.details["setting"] for entry in entries} == {"review_count", "appeal_days"}
    assert all(entry.actor_id == oscar.pk for entry in entries)


def test_only_what_differs_is_written_down(programme, oscar):
    changes = {"review_count": programme.review_count, "appeal_days": 30}

    rows = change_policy(programme, changes=changes, by=oscar, reason=WHY)

    assert [row.setting for row in rows] == ["appeal_days"]


def test_changes_of_one_deed_share_a_revision(programme, oscar):
    before = programme.revision

    changes = {"review_count": 3, "appeal_days": 30}
    rows = change_policy(programme, changes=changes, by=oscar, reason=WHY)

    assert {row.revision for row in rows} == {before + 1}


@pytest.mark.parametrize("who", ["paula", "rita"])
def test_nobody_but_operators_changes_the_policy(request, programme, who):
    with pytest.raises(NotAllowed):
        change_policy(
            programme,
            changes={"review_count": 1},
            by=request.getfixturevalue(who),
            reason=WHY,
        )

    assert not PolicyChange.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "\x00"])
def test_a_change_without_a_sensible_reason_is_refused_and_nothing_is_written(
    programme, oscar, reason
):
    with pytest.raises(Refused):
        change_policy(programme, changes={"review_count": 3}, by=oscar, reason=reason)

    programme.refresh_from_db()
    assert programme.review_count == 2


def test_a_change_that_changes_nothing_is_refused(programme, oscar):
    with pytest.raises(Refused, match="Nothing would change"):
        change_policy(programme, changes={"review_count": 2}, by=oscar, reason=WHY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slug", "other"),
        ("revision", 7),
        ("id", "x"),
        ("objects", 1),
        ("collaborators_limit", 10),
        ("collaborators_limit", -1),
        ("collaborators_limit", "many"),
        ("longest_access_days", 0),
        ("longest_access_days", 2**40),
        ("research_requests_limit", 0),
        ("review_count", 0),
        ("review_count", 6),
        ("country_codes", []),
        ("country_codes", ["NL", "ZZ"]),
        ("country_codes", "Netherlands"),
        ("institution_kinds", []),
        ("institution_kinds", ["school"]),
        ("principal_roles", {"faculty": "YES"}),
        (
            "principal_roles",
            {"faculty": "NO", "student": "NO", "non_academic": "NO", "other": "NO"},
        ),
        ("principal_roles", ["YES"]),
        ("works_abroad_rule", "SOMETIMES"),
        ("holiday_countries", ["ZZ"]),
        ("closed_days", ["the first of May"]),
        ("reminder_days", [0]),
        ("reminder_days", [1, 2, 3, 4, 5, 6]),
        ("intake_message", "closed"),
        ("intake_message", {"en": "x" * 2001}),
        ("intake_message", {"en": "\x00"}),
        ("intake_message", {"en": "\ud800"}),
        ("group_texts", {"aliens": {"en": "x"}}),
        ("name", "   "),
        ("name", "x" * 121),
        ("attachment_limit_bytes", 1),
    ],
)
def test_what_is_malformed_or_out_of_bounds_is_refused_with_a_sentence(
    programme, oscar, name, value
):
    with pytest.raises(Refused) as refusal:
        change_policy(programme, changes={name: value}, by=oscar, reason=WHY)

    assert len(refusal.value.sentence) > 15
    assert not PolicyChange.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("country_codes", ["US", "NL", "NL"], ["NL", "US"]),
        ("reminder_days", [2, 14, 2], [14, 2]),
        ("holiday_countries", ["NL", "DE"], ["DE", "NL"]),
        (
            "closed_days",
            ["2026-12-27", "2026-12-24"],
            [dt.date(2026, 12, 24), dt.date(2026, 12, 27)],
        ),
        (
            "intake_message",
            {"en": " Back in May.\r\nSorry. ", "nl": " "},
            {"en": "Back in May.\nSorry."},
        ),
        (
            "group_texts",
            {"creator": {"en": "Look there."}, "student": {"en": ""}},
            {"creator": {"en": "Look there."}},
        ),
        ("name", "  Video   research ", "Video research"),
    ],
)
def test_a_value_is_kept_in_one_form(programme, oscar, name, value, kept):
    change_policy(programme, changes={name: value}, by=oscar, reason=WHY)

    programme.refresh_from_db()
    assert getattr(programme, name) == kept


def test_of_two_operators_with_the_same_page_the_second_is_told_who_was_first(
    programme, oscar, otto
):
    seen = programme.revision
    change_policy(programme, changes={"review_count": 3}, by=oscar, reason=WHY, revision=seen)
    same = Programme.objects.get(pk=programme.pk)

    with pytest.raises(PolicyMoved, match="Oscar Ohm"):
        change_policy(same, changes={"review_count": 1}, by=otto, reason=WHY, revision=seen)

    programme.refresh_from_db()
    assert programme.review_count == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_in_the_same_moment_one_wins_and_nothing_is_half_written(oscar, otto):
    programme, start, outcomes = Programme.objects.default(), threading.Barrier(2), []

    def change(who, count):
        mine = Programme.objects.get(pk=programme.pk)
        start.wait()
        try:
            changes = {"review_count": count, "appeal_days": count * 10}
            change_policy(mine, changes=changes, by=who, reason=WHY, revision=mine.revision)
            outcomes.append(count)
        except PolicyMoved:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=pair) for pair in ((oscar, 3), (otto, 4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    programme.refresh_from_db()
    (winner,) = [count for count in outcomes if count]
    assert (programme.review_count, programme.appeal_days) == (winner, winner * 10)
    assert PolicyChange.objects.count() == 2


def test_every_setting_belongs_to_one_section_and_is_a_column():
    names = [setting.name for section in SECTIONS for setting in section.settings]

    assert len(names) == len(set(names)) == len(SETTINGS)
    assert set(names) <= {field.name for field in Programme._meta.fields}


def test_every_column_that_is_policy_can_be_edited():
    fixed = {"id", "created_at", "slug", "corpus", "revision"}

    assert {field.name for field in Programme._meta.fields} - SETTINGS.keys() == fixed


def test_the_defaults_are_well_formed(programme):
    for name in SETTINGS:
        value = getattr(programme, name)
        if value not in ([], {}):
            assert clean_setting(programme, name, value) == value, name
