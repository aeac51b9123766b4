"""The list that applicants read before and after submitting; it is what reviewers will see."""

import pytest
from django.urls import reverse

from applications import actions
from applications.completeness import missing_in
from applications.evidence import gather_evidence
from applications.evidence.checks import CHECKS
from applications.evidence.rules import rules_of
from applications.states import ApplicationStatus as S
from programmes.models import Programme
from reviews.models import Colour, Evidence
from tests.factories.applications import list_collaborator, make_application, make_draft

FOR_STAFF = {check.kind for check in CHECKS if check.is_for_staff}


def rules(application):
    return {rule.title: rule for rule in rules_of(application, missing_in(application))}


def test_an_empty_draft_is_told_what_is_missing_and_nothing_is_written(paula):
    application = actions.start_application(Programme.objects.default(), by=paula)

    found = rules(application)

    assert [each.question_key for each in found["Your role"].missing] == ["role"]
    assert found["Where you work"].missing
    assert found["Verified e-mail address"].colour == Colour.GREEN
    assert not Evidence.objects.exists()


def test_a_whole_draft_is_told_what_reviewers_will_see(paula):
    application = make_draft(paula, is_funded="yes", funding_source="Acme Inc.")
    list_collaborator(application, "carl@uva.nl")

    found = rules(application)

    assert found["Funding"].colour == Colour.YELLOW
    assert found["Funding"].answer == "Yes"
    sentences = [each.sentence for rule in found.values() for each in rule.found]
    assert sentences == [
        item.sentence for item in gather_evidence(application) if item.kind not in FOR_STAFF
    ]


def test_the_list_is_frozen_with_the_submission(paula):
    application = make_application(paula, status=S.SUBMITTED)
    Programme.objects.update(institution_kinds=[], country_codes=[])

    found = rules_of(application, [])

    rows = Evidence.objects.about(application).exclude(kind__in=FOR_STAFF)
    assert sorted(each.sentence for rule in found for each in rule.found) == sorted(
        row.sentence for row in rows
    )


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED])
def test_the_page_tells_nothing_of_other_people(client, paula, olga, status):
    application = make_draft(paula)
    list_collaborator(application, "olga@ethz.ch", name="Olga")
    if status == S.SUBMITTED:
        actions.submit_application(application, by=paula)
    client.force_login(paula)

    page = client.get(reverse("applications:detail", args=[application.pk])).content.decode()

    assert "What is checked" in page
    assert "has an account" not in page
    assert "with the same title" not in page
