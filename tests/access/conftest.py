"""One of everything, so that each address has something to show or to hide."""

from dataclasses import dataclass

import pytest
from django.test import Client

from applications import actions as applying
from applications.actions import invite_linked
from lib.time import today
from organizations import actions as leading
from organizations.models import Invitation
from outbox.models import Message
from queries import actions as asking
from reviews.actions import set_absence
from reviews.desk import save_view, write_snippet
from reviews.models import Conflict
from tests.factories.applications import S, list_collaborator, make_application, make_draft
from tests.factories.files import LETTERS, ask_for_files, attach, pdf  # noqa: F401
from tests.factories.organizations import (
    make_invited,
    make_member,
    make_organization,
    make_proposed,
)
from tests.factories.people import make_user
from tests.factories.queries import make_run, take_turns
from tests.queries.conftest import corpus, corpus_made_once  # noqa: F401


@dataclass
class World:
    """Who may try an address, and the ids that addresses take."""

    clients: dict[str, Client]
    ids: dict[str, str]


@pytest.fixture
def world(corpus, paula, carl, rita, oscar, olga, ask_for_files):  # noqa: F811
    """Paula's lab with Carl in it, Dana invited and Ed under review; Fred leads another lab."""
    dana, ed, fred = (make_user(f"{name}@uva.nl") for name in ("dana", "ed", "fred"))
    lab = make_organization(paula, name="Paula's lab")
    make_organization(fred, name="Fred's lab")
    make_member(lab, carl)
    invited, proposed = make_invited(lab, dana), make_proposed(lab, ed)
    client, _secret = leading.issue_client(lab.memberships.get(user=carl), by=carl)
    run = take_turns(make_run(lab, carl))
    link = leading.link_labs(lab, make_organization(make_user("gina@uva.nl")), by=rita)
    share = asking.share_result(run.result, link=link, by=paula)
    draft = make_draft(paula)
    collaborator = list_collaborator(draft, "new@uva.nl")
    submitted = make_application(make_user("anna@uva.nl"), status=S.SUBMITTED)
    people = {
        "anonymous": None,
        "olga": olga,
        "fred": fred,
        "dana": dana,
        "carl": carl,
        "paula": paula,
        "rita": rita,
        "oscar": oscar,
    }
    ids = {
        "organization_id": lab.pk,
        "membership_id": invited.pk,
        "proposed_id": proposed.pk,
        "client_id": client.pk,
        "link_id": link.pk,
        "share_id": share.pk,
        "query_id": run.query_id,
        "run_id": run.pk,
        "kind": "csv",
        "application_id": draft.pk,
        "collaborator_id": collaborator.pk,
        "invitation_id": invite_linked(draft, email=olga.email, by=paula).pk,
        "lab": lab.pk,
        "redaction_id": lab.pk,
        "institution_id": lab.institution_id,
        "section_key": "project",
        "document_format": "json",
        "attachment_id": attach(draft, "letter.pdf", pdf()).pk,
        "question_key": LETTERS.key,
        "message_id": Message.objects.latest("id").pk,
        "secret": Invitation.objects.latest("id").pk,
        "rest": "research/unknown/",
        "programme_id": lab.programme_id,
        "policy_section": "limits",
        "criterion_code": "expertise",
        "reason_id": lab.programme.reason_codes.get(code="COMMERCIAL_USE").pk,
        "key": "none",
        "uidb36": "1",
        "form_programme_id": lab.programme_id,
        "form_key": "outputs",
        "absence_id": set_absence(rita, first_date=today(), last_date=today(), by=rita).pk,
        "snippet_id": write_snippet(title="A text", body="Body", by=rita).pk,
        "view_id": save_view(name="Mine", query_string="", by=rita).pk,
        "submitted_id": submitted.pk,
        **_talk_and_ties(draft, submitted, rita),
    }
    clients = {role: _client_of(person) for role, person in people.items()}
    return World(clients, {name: str(value) for name, value in ids.items()})


def _talk_and_ties(draft, submitted, rita):
    """A thread of each side, and a tie that Carrel sees beside one that Rita declared."""
    note = applying.start_thread(submitted, by=rita, body="Thin.", visibility="STAFF")
    thread = applying.ask_question(draft, by=draft.applicant, body="How long does it take?")
    tina = make_user("tina@uva.nl")
    make_application(tina, status=S.SUBMITTED, publications="R. Reyes and T. Tan (2025).")
    return {
        "note_id": note.pk,
        "thread_id": thread.pk,
        "conflict_id": Conflict.objects.get(person=rita).pk,
        "declaration_id": applying.declare_tie(by=rita, email="kin@uva.nl", sentence="Kin.").pk,
    }


def _client_of(person):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
