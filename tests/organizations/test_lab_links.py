"""Two labs that applied together are linked once, and either may end it."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from lib.errors import NotAllowed, Refused
from organizations.actions import end_link, link_labs
from organizations.models import LabLink
from tests.factories.organizations import make_member, make_organization
from tests.factories.people import make_user


@pytest.fixture
def labs(paula):
    return make_organization(paula, name="Prins Lab"), make_organization(
        make_user("dana@ethz.ch"), name="Dana's lab"
    )


def events_of(lab):
    entries = Entry.objects.filter(organization_id=lab.pk, event__startswith="lab_link.")
    return [(entry.event, entry.details) for entry in entries.order_by("id")]


def test_staff_link_two_labs_and_both_have_it_in_their_log(labs, rita):
    first, second = labs

    link = link_labs(second, first, by=rita)

    assert set(link.labs) == {first, second}
    assert link.other(first.pk) == second
    assert link.other(second.pk) == first
    assert link.made_at is not None
    assert first.is_linked
    assert second.is_linked
    assert events_of(first) == [("lab_link.made", {"other": str(second.pk)})]
    assert events_of(second) == [("lab_link.made", {"other": str(first.pk)})]


def test_a_pair_is_one_pair_whichever_is_named_first(labs, rita):
    first, second = labs

    assert link_labs(first, second, by=rita) == link_labs(second, first, by=rita)

    assert LabLink.objects.count() == 1
    assert len(events_of(first)) == 1


def test_the_database_holds_one_live_link_in_the_order_of_ids(labs, rita):
    link = link_labs(*labs, by=rita)

    with pytest.raises(IntegrityError, match="lab_link_once_while_live"), transaction.atomic():
        LabLink.objects.create(first=link.first, second=link.second, made_by=rita)
    with pytest.raises(IntegrityError, match="lab_link_in_order_of_ids"), transaction.atomic():
        LabLink.objects.create(first=link.second, second=link.first, made_by=rita)


def test_only_staff_link_and_never_a_lab_with_itself(labs, paula, rita):
    with pytest.raises(NotAllowed, match="Only staff"):
        link_labs(*labs, by=paula)
    with pytest.raises(Refused, match="cannot be linked with itself"):
        link_labs(labs[0], labs[0], by=rita)

    assert not labs[0].is_linked


@pytest.mark.parametrize("who", ["paula@uva.nl", "dana@ethz.ch", "oscar@carrel.test"])
def test_either_principal_or_an_operator_ends_a_link(labs, rita, oscar, who, django_user_model):
    link = link_labs(*labs, by=rita)
    person = django_user_model.objects.get(email=who)

    end_link(link, by=person)

    assert link.ended_by == person
    assert not LabLink.objects.live().exists()
    assert [event for event, _ in events_of(labs[1])] == ["lab_link.made", "lab_link.ended"]
    with pytest.raises(Refused, match="ended before"):
        end_link(link, by=person)


def test_nobody_else_ends_it(labs, rita, olga, carl):
    link = link_labs(*labs, by=rita)
    make_member(labs[0], carl)

    for person in (olga, carl, rita):
        with pytest.raises(NotAllowed, match="Only the principal researcher of one"):
            end_link(link, by=person)


def test_an_ended_pair_can_be_linked_anew(labs, rita, paula):
    end_link(link_labs(*labs, by=rita), by=paula)

    link_labs(*labs, by=rita)

    assert LabLink.objects.live().count() == 1
    assert LabLink.objects.count() == 2


def test_whoever_sees_a_lab_sees_its_links(labs, rita, paula, olga):
    link = link_labs(*labs, by=rita)

    assert LabLink.objects.visible_to(paula).get() == link
    assert LabLink.objects.visible_to(rita).get() == link
    assert LabLink.objects.of(labs[0].pk).get() == link
    assert not LabLink.objects.visible_to(olga).exists()
