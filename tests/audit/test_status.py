import pytest

from audit.models import Entry
from audit.status import Move, MoveRefused, change_status
from lib.errors import NotAllowed
from organizations.models import Organization
from organizations.states import OrganizationStatus
from tests.factories.organizations import make_organization


@pytest.fixture
def lab(paula):
    return make_organization(paula)


def test_a_move_writes_the_status_and_an_entry_in_the_name_of_the_lab(lab, oscar):
    change_status(lab, OrganizationStatus.SUSPENDED, by=oscar, text="a reason")

    entry = Entry.objects.latest("id")
    assert Organization.objects.get().status == OrganizationStatus.SUSPENDED
    assert (entry.event, entry.actor_id) == ("organization.suspended", oscar.pk)
    assert entry.organization_id == lab.pk
    assert entry.details == {"from": "ACTIVE", "to": "SUSPENDED"}


def test_of_two_who_move_the_same_row_the_second_is_refused(lab, oscar):
    mine, theirs = Organization.objects.get(), Organization.objects.get()
    change_status(mine, OrganizationStatus.SUSPENDED, by=oscar)

    with pytest.raises(MoveRefused, match="“Suspended” now and cannot become “Suspended”"):
        change_status(theirs, OrganizationStatus.SUSPENDED, by=oscar)


def test_who_may_not_take_a_move_changes_nothing(lab, olga):
    before = Entry.objects.count()

    with pytest.raises(NotAllowed):
        change_status(lab, OrganizationStatus.SUSPENDED, by=olga)

    assert Organization.objects.get().status == OrganizationStatus.ACTIVE
    assert Entry.objects.count() == before


def test_if_the_entry_cannot_be_written_the_status_does_not_change(lab, oscar, monkeypatch):
    broken = Move("not an event", lambda row, by: None)
    monkeypatch.setattr(Organization, "moves", {("ACTIVE", "CLOSED"): broken})

    with pytest.raises(ValueError, match="not an event"):
        change_status(lab, OrganizationStatus.CLOSED, by=oscar)

    assert Organization.objects.get().status == OrganizationStatus.ACTIVE
