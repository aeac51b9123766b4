"""The first page: a stranger learns about the programme, everybody else what to do next."""

import pytest
from django.urls import reverse

from applications import actions
from organizations.actions import set_query_rule
from organizations.models import QueryRule
from programmes.models import Programme
from tests.factories.organizations import (
    make_invited,
    make_member,
    make_organization,
    make_proposed,
)
from tests.factories.queries import make_query


def home_of(client, user):
    client.force_login(user)
    return client.get("/").content.decode()


def test_a_stranger_reads_who_qualifies_and_what_a_lab_gets(client, db):
    Programme.objects.update(collaborators_limit=7, research_requests_limit=1234)

    page = client.get("/").content.decode()

    for criterion in Programme.objects.default().criteria.all():
        assert criterion.text("title") in page
    assert "up to 7 collaborators share 1,234 requests" in page
    assert reverse("account_signup") in page
    assert reverse("applications:eligibility") in page


def test_a_stranger_is_told_when_applications_are_closed(client, db):
    assert "not taken" not in client.get("/").content.decode()

    Programme.objects.update(intake_is_open=False)

    assert "New applications are not taken at the moment." in client.get("/").content.decode()


def test_a_newcomer_is_shown_the_first_step(client, olga):
    page = home_of(client, olga)

    assert "You have not applied yet." in page
    assert f'href="{reverse("applications:start")}"' in page
    assert "Your labs" not in page
    assert "Waiting for review" not in page


def test_an_applicant_sees_where_the_application_stands(client, paula):
    actions.start_application(Programme.objects.default(), by=paula)

    page = home_of(client, paula)

    assert "Untitled application" in page
    assert "Draft, not submitted yet" in page
    assert "Finish your application and submit it." in page
    assert f'href="{reverse("applications:start")}"' not in page


def test_nobody_sees_the_applications_of_others(client, paula, olga):
    actions.start_application(Programme.objects.default(), by=paula)

    assert "Untitled application" not in home_of(client, olga)


def test_a_member_sees_every_lab_and_the_own_part_in_it(client, paula, carl):
    lab = make_organization(paula, name="Prins Lab")
    make_member(lab, carl)
    make_organization(carl, name="Claes Lab")

    page = home_of(client, carl)

    assert page.index("Claes Lab") < page.index("Prins Lab")
    assert "You are the principal researcher." in page
    assert "You are a collaborator." in page


def test_an_invited_person_is_led_to_the_invitation(client, paula, carl):
    seat = make_invited(make_organization(paula, name="Prins Lab"), carl)

    page = home_of(client, carl)

    assert reverse("organizations:invitation", args=[seat.organization_id, seat.pk]) in page


def test_a_person_under_review_learns_that_it_goes_on_by_itself(client, paula, carl):
    make_proposed(make_organization(paula, name="Prins Lab"), carl)

    page = home_of(client, carl)

    assert "Staff review this now" in page
    assert "Answer the invitation" not in page


def test_the_principal_is_led_to_the_queries_that_wait_for_approval(client, paula, carl):
    lab = make_organization(paula, name="Prins Lab")
    make_member(lab, carl)
    set_query_rule(lab, rule=QueryRule.PRINCIPAL_APPROVES, by=paula)
    waiting = make_query(lab, carl, name="Rye bread")
    make_query(lab, carl, name="Only a draft", submit=False)

    page = home_of(client, paula)

    assert reverse("queries:query", args=[lab.pk, waiting.pk]) in page
    assert "Only a draft" not in page
    assert "Rye bread" not in home_of(client, carl)


@pytest.mark.parametrize("who", ["rita", "oscar"])
def test_reviewing_staff_see_how_much_waits(client, request, paula, carl, who):
    make_proposed(make_organization(paula, name="Prins Lab"), carl)

    page = home_of(client, request.getfixturevalue(who))

    assert "Waiting for review" in page
    assert '<p class="figure">0</p>' in page
    assert '<p class="figure">1</p>' in page


def test_the_page_needs_few_queries_however_many_labs_there_are(
    client, carl, django_assert_max_num_queries
):
    for number in range(4):
        make_organization(carl, name=f"Lab {number}")
    client.force_login(carl)

    with django_assert_max_num_queries(6):
        page = client.get("/")

    assert b"Lab 3" in page.content
