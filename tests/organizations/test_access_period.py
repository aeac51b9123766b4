"""What people read of a lab whose access lies ahead, or has ended."""

import datetime as dt

import pytest
from django.urls import reverse

from lib.errors import Refused
from lib.time import next_midnight, now
from organizations import actions
from organizations.models import Organization
from outbox.models import Message
from tests.factories.organizations import institution_of, make_organization, staff_reviewer

DAY = dt.timedelta(days=1)


@pytest.fixture
def lab(paula):
    """Begins ten days from now, for thirty whole days."""
    first = next_midnight(now()) + 9 * DAY
    return actions.create_organization(
        programme=make_organization(paula, name="Another").programme,
        institution=institution_of(paula),
        name="Lab of later",
        summary="",
        principal=paula,
        starts_at=first,
        ends_at=first + 30 * DAY,
        collaborators=(),
        by=staff_reviewer(),
    )


def words(day, with_month="%b"):
    return f"{day.day} {day:{with_month} %Y}"


def begins(lab):
    return f"Access begins on {words(lab.starts_at)}."


@pytest.mark.parametrize(
    ("page", "arguments"), [("home", 0), ("lab", 1), ("organizations:clients", 1)]
)
def test_pages_say_when_access_begins_and_which_day_is_the_last(
    client, paula, lab, page, arguments
):
    client.force_login(paula)

    text = client.get(reverse(page, args=[lab.pk][:arguments])).text

    assert begins(lab) in text
    assert words(lab.ends_at) not in text


def test_a_lab_of_later_offers_neither_quota_nor_query_nor_client(client, paula, lab):
    client.force_login(paula)

    overview = client.get(reverse("lab", args=[lab.pk])).text
    clients = client.get(reverse("organizations:clients", args=[lab.pk])).text

    assert words(lab.last_day) in overview
    assert "Quota today" not in overview
    assert "New query" not in overview
    assert "Make a client" not in clients


def test_the_letter_names_the_first_and_the_last_day(lab):
    letter = Message.objects.get(kind="organization.opened", subject__contains=lab.name)

    assert "is open" not in letter.subject
    assert f"begins on {words(lab.starts_at, '%B')} " in letter.body
    assert f"ends with {words(lab.ends_at - DAY, '%B')} " in letter.body


def test_a_key_and_a_query_are_refused_with_the_first_day(client, paula, lab):
    client.force_login(paula)

    answer = client.get(reverse("queries:new", args=[lab.pk]))

    assert answer.status_code == 403
    assert begins(lab) in answer.text
    with pytest.raises(Refused, match=begins(lab)):
        actions.issue_client(lab.principal, by=paula)


def test_people_gather_before_the_access_begins(lab, paula):
    membership = actions.propose_collaborator(
        lab, email="dana@uva.nl", name="Dana", expertise="", by=paula
    )

    assert membership.organization == lab


def test_once_begun_nothing_is_said_and_once_ended_the_last_day_is(lab, move_clock):
    assert lab.access_notice_at(lab.starts_at) == ""
    assert lab.access_notice_at(lab.ends_at) == f"Access ended on {words(lab.ends_at - DAY)}."

    move_clock(lab.starts_at - now() + DAY)
    assert Organization.objects.get(pk=lab.pk).access_notice == ""
