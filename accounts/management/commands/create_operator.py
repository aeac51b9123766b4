import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.actions import create_account, give_role
from accounts.models import User
from accounts.roles import Role


class Command(BaseCommand):
    help = "Makes an operator, or gives the role to somebody who has an account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Operator")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"{email!r} is not an e-mail address.") from problem
        user = User.objects.filter(email=email).first()
        if user is not None:
            give_role(user, Role.OPERATOR, by=None)
        else:
            password = self._ask_password()
            create_account(
                email=email, name=options["name"], password=password, role=Role.OPERATOR, by=None
            )
        self.stdout.write(f"{email} is an operator now.")

    def _ask_password(self) -> str:
        password = getpass.getpass("Password for the new account: ")
        try:
            validate_password(password)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        return password
