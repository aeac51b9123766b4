import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal import demonstration


class Command(BaseCommand):
    help = "Loads the demonstration if it is absent, and prints its sign-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="print users and organizations, with a fresh API client for each member",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demonstration.load_demonstration()
        if options["json"]:
            self.stdout.write(json.dumps({"users": _users(), "organizations": _organizations()}))
            return
        self.stdout.write(
            f"Demonstration sign-ins, all with the password {demonstration.PASSWORD}:"
        )
        for user in _users():
            self.stdout.write(f"  {user['email']:<28} {user['role']}")


def _users() -> list[dict[str, str]]:
    return [
        {"email": email, "password": demonstration.PASSWORD, "role": what}
        for email, (_name, _role, what) in demonstration.PEOPLE.items()
    ]


def _organizations() -> list[dict[str, Any]]:
    return [
        {
            "id": str(organization.pk),
            "name": organization.name,
            "clients": [
                {"member": email, "client_key": client.client_key, "client_secret": secret}
                for email, client, secret in demonstration.issue_clients(organization)
            ],
        }
        for organization in demonstration.organizations()
    ]
