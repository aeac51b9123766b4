"""The letter of a decision is the same in the preview and in the mail."""

import pytest

from applications import actions
from applications.decisions import draft_approval, draft_refusal
from applications.emails import decision_letter
from applications.states import ApplicationStatus as S
from lib.errors import Refused
from outbox.models import Message
from programmes.scope import Scope
from reviews.models import Decision, Outcome
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db
NASTY = "100 % sure %(name)s {x} <b>b</b> \u202e"


def test_the_preview_of_an_approval_is_what_is_mailed(paula, carl, rita):
    application = make_application(
        paula,
        status=S.CONSOLIDATING,
        reviewer=rita,
        collaborators=["carl@uva.nl", "dana@ethz.ch"],
        project_title="50 % of %(title)s",
    )
    dana = application.collaborators.get(email="dana@ethz.ch")
    decision = {
        "comment": NASTY,
        "conditions": "Public accounts only.",
        "scope": Scope(tables=frozenset({"videos"}), collaborators_limit=2),
        "not_cleared": {dana: "INSTITUTION_NOT_ELIGIBLE"},
    }
    preview = decision_letter(application, draft_approval(application, **decision))
    assert not Decision.objects.about(application).exists()

    actions.approve_application(application, by=rita, **decision)

    mail = Message.objects.get(kind="application.approved")
    assert (mail.subject, mail.body) == (preview.subject, preview.body)
    assert NASTY in mail.body
    assert "50 % of %(title)s" in mail.body
    assert "Public accounts only." in mail.body
    assert "Collaborators, at most: 2" in mail.body
    decision = Decision.objects.about(application).get()
    assert decision.outcome == Outcome.APPROVED_WITH_CONDITIONS
    assert Scope.from_json(decision.scope).collaborators_limit == 2
    assert application.organization.collaborators_limit == 2


def test_the_preview_of_a_refusal_says_what_can_be_done(paula, rita):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, verdict=Outcome.DECLINED
    )
    refusal = {"reason": "COMMERCIAL_USE", "comment": NASTY}
    preview = decision_letter(application, draft_refusal(application, **refusal))

    actions.decline_application(application, by=rita, **refusal)

    mail = Message.objects.get(kind="application.declined")
    assert (mail.subject, mail.body) == (preview.subject, preview.body)
    assert NASTY in mail.body
    assert "you can appeal until" in mail.body
    assert application.programme.reason_codes.get(code="COMMERCIAL_USE").guidance_text in mail.body


def test_each_listed_person_is_decided(paula, rita):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, collaborators=["carl@uva.nl"]
    )

    with pytest.raises(Refused, match="reason why Carl may not join"):
        actions.approve_application(application, by=rita, cleared=[])
