"""The waiting list: twice yes, one letter, and nothing to learn or to flood for others."""

import datetime as dt

import pytest

from lib.errors import Refused
from outbox.models import Message
from programmes import tasks
from programmes.actions import (
    ask_to_be_told,
    change_policy,
    confirm_interest,
    find_interest,
    forget_interests,
    stop_interest,
    tell_interested,
)
from programmes.models import Interest, InterestKind

EMAIL = "wim@utoronto.ca"
K = InterestKind


def ask(programme, email=EMAIL, kind=K.REGION, country_code="CA"):
    ask_to_be_told(programme, email=email, kind=kind, country_code=country_code)
    return token_of(Message.objects.filter(to=email.lower()).latest("id"))


def token_of(letter):
    link = next(line for line in letter.body.splitlines() if "/confirm/" in line)
    return link.rstrip("/").split("/")[-2]


def waiting(programme, **wish):
    token = ask(programme, **wish)
    return confirm_interest(token)


def letters(kind):
    return Message.objects.filter(kind=kind)


def open_country(programme, oscar, code="CA"):
    codes = [*programme.country_codes, code]
    change_policy(programme, changes={"country_codes": codes}, by=oscar, reason="Opened.")


def test_a_wish_counts_only_after_the_owner_of_the_address_confirmed_it(programme):
    token = ask(programme)
    assert not Interest.objects.waiting().exists()

    confirm_interest(token)
    confirm_interest(token)

    assert Interest.objects.waiting().get().email == EMAIL


def test_the_token_is_kept_as_a_hash_only(programme):
    token = ask(programme)

    assert token not in str(Interest.objects.values().get())
    assert find_interest(token).email == EMAIL


def test_opening_a_country_tells_each_who_waits_for_it_once(programme, oscar):
    waiting(programme)
    waiting(programme, email="maria@unam.mx", country_code="MX")

    open_country(programme, oscar)

    assert (tell_interested(), tell_interested()) == (1, 0)
    letter = letters("interest.opened").get()
    assert letter.to == EMAIL
    assert "Canada" in letter.body
    assert "/eligibility/" in letter.body


def test_who_did_not_confirm_is_not_told(programme, oscar):
    ask(programme)

    open_country(programme, oscar)

    assert tell_interested() == 0


def test_closing_and_opening_again_tells_nobody_twice(programme, oscar):
    waiting(programme)
    open_country(programme, oscar)
    tell_interested()
    without = [code for code in programme.country_codes if code != "CA"]
    change_policy(programme, changes={"country_codes": without}, by=oscar, reason="Closed.")
    open_country(programme, oscar)

    assert tell_interested() == 0


def test_nobody_is_called_to_a_closed_door(programme, oscar):
    waiting(programme)
    change_policy(programme, changes={"intake_is_open": False}, by=oscar, reason="Holidays.")
    open_country(programme, oscar)
    assert tell_interested() == 0

    change_policy(programme, changes={"intake_is_open": True}, by=oscar, reason="Back.")
    assert tell_interested() == 1


def test_civil_society_is_told_when_its_kind_and_country_are_open(programme, oscar):
    waiting(programme, kind=K.CIVIL_SOCIETY, country_code="NL")
    waiting(programme, email="ngo@example.ca", kind=K.CIVIL_SOCIETY)
    assert tell_interested() == 0

    kinds = [*programme.institution_kinds, "nonprofit"]
    change_policy(programme, changes={"institution_kinds": kinds}, by=oscar, reason="Widened.")

    assert tell_interested() == 1
    assert letters("interest.opened").get().to == EMAIL


def test_who_waits_for_the_intake_is_told_when_it_opens(programme, oscar):
    change_policy(programme, changes={"intake_is_open": False}, by=oscar, reason="Holidays.")
    waiting(programme, kind=K.INTAKE, country_code="")
    assert tell_interested() == 0

    change_policy(programme, changes={"intake_is_open": True}, by=oscar, reason="Back.")

    assert tell_interested() == 1


def test_a_programme_that_is_not_shown_calls_nobody(programme, oscar):
    waiting(programme)
    change_policy(programme, changes={"is_public": False}, by=oscar, reason="Hidden.")
    open_country(programme, oscar)

    assert tell_interested() == 0


def test_more_than_one_batch_is_told(programme, oscar, monkeypatch):
    monkeypatch.setattr("programmes.actions.interest._A_BATCH", 2)
    for number in range(5):
        waiting(programme, email=f"person{number}@utoronto.ca")

    open_country(programme, oscar)

    assert tell_interested() == 5


def test_stopping_deletes_the_address_and_works_twice(programme):
    token = ask(programme)

    stop_interest(token)
    stop_interest(token)

    assert not Interest.objects.exists()
    with pytest.raises(Refused, match="not good any more"):
        confirm_interest(token)


@pytest.mark.parametrize("token", ["", "none", "\x00", "x" * 5000])
def test_a_made_up_link_finds_nothing(programme, token):
    waiting(programme)

    assert find_interest(token) is None
    stop_interest(token)
    assert Interest.objects.count() == 1


def test_asking_is_answered_the_same_whether_the_address_is_known_or_not(programme):
    first = ask_to_be_told(programme, email=EMAIL, kind=K.REGION, country_code="CA")
    again = ask_to_be_told(programme, email=EMAIL.upper(), kind=K.REGION, country_code="CA")

    assert first is None
    assert again is None
    assert Interest.objects.count() == 1


def test_an_address_gets_three_letters_a_day_whatever_is_typed(programme, move_clock):
    for code in ("CA", "MX", "BR", "AR", "CL"):
        ask_to_be_told(programme, email=EMAIL, kind=K.REGION, country_code=code)
    assert letters("interest.confirm").count() == 3

    move_clock(dt.timedelta(days=1, minutes=1))
    ask_to_be_told(programme, email=EMAIL, kind=K.REGION, country_code="AR")
    assert letters("interest.confirm").count() == 4


def test_an_address_has_ten_wishes_at_most(programme, move_clock):
    codes = ["CA", "MX", "BR", "AR", "CL", "PE", "JP", "KR", "IN", "AU", "NZ", "ZA"]
    for day, code in enumerate(codes):
        move_clock(dt.timedelta(days=2 * day))
        ask_to_be_told(programme, email=EMAIL, kind=K.REGION, country_code=code)

    assert Interest.objects.count() == 10


def test_the_limit_of_one_address_does_not_touch_another(programme):
    for code in ("CA", "MX", "BR", "AR"):
        ask_to_be_told(programme, email=EMAIL, kind=K.REGION, country_code=code)

    assert ask(programme, email="maria@unam.mx")


def test_a_letter_that_comes_again_stops_the_older_link(programme):
    old, new = ask(programme), ask(programme)

    assert find_interest(old) is None
    assert find_interest(new) is not None


@pytest.mark.parametrize(
    ("email", "kind", "country_code"),
    [
        ("", K.REGION, "CA"),
        ("not an address", K.REGION, "CA"),
        ("a@b.ca\nBcc: c@d.ca", K.REGION, "CA"),
        ("<script>@b.ca", K.REGION, "CA"),
        (EMAIL, "MARS", "CA"),
        (EMAIL, K.REGION, ""),
        (EMAIL, K.REGION, "ZZ"),
        (EMAIL, K.CIVIL_SOCIETY, "\x00"),
    ],
)
def test_what_is_no_address_no_kind_or_no_country_is_refused(programme, email, kind, country_code):
    with pytest.raises(Refused):
        ask_to_be_told(programme, email=email, kind=kind, country_code=country_code)

    assert not Message.objects.exists()


def test_addresses_are_not_kept_longer_than_needed(programme, oscar, move_clock):
    ask(programme, email="never@confirmed.ca")
    waiting(programme)
    waiting(programme, email="maria@unam.mx", country_code="MX")
    open_country(programme, oscar)
    tell_interested()

    move_clock(dt.timedelta(days=15))
    forget_interests()
    assert set(Interest.objects.values_list("email", flat=True)) == {EMAIL, "maria@unam.mx"}

    move_clock(dt.timedelta(days=31))
    forget_interests()
    assert Interest.objects.get().email == "maria@unam.mx"


def test_the_tasks_of_the_clock_tell_and_forget(programme, oscar, move_clock):
    waiting(programme)
    open_country(programme, oscar)

    tasks.tell_interested.apply(throw=True)
    assert letters("interest.opened").count() == 1

    move_clock(dt.timedelta(days=31))
    tasks.forget_interests.apply(throw=True)
    assert not Interest.objects.exists()
