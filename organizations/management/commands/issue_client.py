"""Make an API client for a member, for whoever runs the installation."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lib.errors import Refused
from organizations import actions
from organizations.models import Client, Membership


class Command(BaseCommand):
    help = "Makes a new API client for a member of a lab and prints its key and secret once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organization", required=True, metavar="ID", type=UUID)
        parser.add_argument("--member", required=True, metavar="EMAIL")
        parser.add_argument("--name", default="", help="what the member calls it")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        membership = _active_membership(options["organization"], options["member"])
        try:
            client, secret = actions.issue_client(membership, by=None, name=options["name"])
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(_printed(client, secret, as_json=options["json"]))


def _active_membership(organization_id: UUID, email: str) -> Membership:
    memberships = Membership.objects.active().filter(organization_id=organization_id)
    membership = memberships.filter(user__email=email.strip().lower()).first()
    if membership is None:
        raise CommandError(
            f"{email} is no active member of a lab with the id {organization_id}. "
            "Check both: the id stands in the address of each of the lab's pages."
        )
    return membership


def _printed(client: Client, secret: str, *, as_json: bool) -> str:
    if as_json:
        return json.dumps({"client_key": client.client_key, "client_secret": secret})
    return f"client key:    {client.client_key}\nclient secret: {secret}"
