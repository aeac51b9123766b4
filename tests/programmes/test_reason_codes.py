"""The reasons that staff may give, as rows of the programme."""

import pytest
from django.db import IntegrityError, transaction

from lib.time import now
from programmes.actions import ensure_reason_codes
from programmes.models import ReasonCode
from tests.factories.organizations import make_programme


def _codes(programme, outcome):
    return [each.code for each in ReasonCode.objects.in_use(programme, outcome)]


def test_a_new_installation_has_one_reason_to_approve_and_eight_to_decline(programme):
    assert _codes(programme, "APPROVED") == ["MEETS_CRITERIA"]
    assert _codes(programme, "DECLINED") == [
        "REGION_NOT_OPEN",
        "INSTITUTION_NOT_ELIGIBLE",
        "EXPERTISE_NOT_SHOWN",
        "CONFLICT_OF_INTEREST",
        "PROPOSAL_NOT_DEFINED",
        "COMMERCIAL_USE",
        "IDENTITY_NOT_SHOWN",
        "INCOMPLETE",
    ]


def test_every_reason_says_what_the_applicant_can_do_and_on_which_ground(programme):
    for reason in programme.reason_codes.all():
        assert len(reason.guidance_text) > 40, reason.code
        assert reason.legal_ground, reason.code


def test_a_programme_without_reasons_gets_the_default_ones_and_only_once(db):
    programme = make_programme()
    programme.reason_codes.all().delete()

    ensure_reason_codes()
    ensure_reason_codes()

    assert programme.reason_codes.count() == 9


def test_a_retired_reason_can_no_longer_be_chosen(programme):
    ReasonCode.objects.filter(programme=programme, code="INCOMPLETE").update(retired_at=now())

    ensure_reason_codes()

    assert "INCOMPLETE" not in _codes(programme, "DECLINED")


def test_a_code_stands_once_in_a_programme(programme):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReasonCode.objects.create(programme=programme, code="INCOMPLETE", outcome="APPROVED")
