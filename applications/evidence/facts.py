"""What the checks read of one application, each read from the database once."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from allauth.account.models import EmailAddress

from accounts.models import OrcidRecord, User
from applications.models import Application, Attachment, ListedCollaborator, form_of
from applications.questions import Answers, Form
from institutions.domains import domain_of, with_parents
from institutions.models import Institution
from lib.time import now
from programmes.models import Programme


@dataclass
class Facts:
    """One application as it stands now. Made anew for each gathering, because it remembers."""

    application: Application

    @property
    def answers(self) -> Answers:
        return self.application.answers

    @property
    def applicant(self) -> User:
        return self.application.applicant

    @property
    def programme(self) -> Programme:
        return self.application.programme

    @cached_property
    def moment(self) -> dt.datetime:
        """When all of it is looked at; one question to the clock for all rows."""
        return now()

    @cached_property
    def form(self) -> Form:
        return form_of(self.application)

    @cached_property
    def orcid(self) -> OrcidRecord | None:
        return OrcidRecord.objects.filter(user=self.applicant).first()

    @cached_property
    def collaborators(self) -> list[ListedCollaborator]:
        return list(self.application.collaborators.all())

    @cached_property
    def addresses_with_account(self) -> set[str]:
        """Those of the collaborators' addresses that somebody has proved to read."""
        listed = [person.email.lower() for person in self.collaborators]
        proved = EmailAddress.objects.filter(email__in=listed, verified=True, user__is_active=True)
        return set(proved.values_list("email", flat=True))

    @cached_property
    def _owners(self) -> list[Institution]:
        """Whoever owns a domain of a collaborator or one above it."""
        domains = {
            each for person in self.collaborators for each in with_parents(domain_of(person.email))
        }
        if not domains:
            return []
        return list(Institution.objects.for_reading().filter(domains__overlap=sorted(domains)))

    def owner_of(self, address: str) -> Institution | None:
        """The institution that owns the address's domain or the nearest one above it."""
        for domain in with_parents(domain_of(address)):
            owners = [each for each in self._owners if domain in each.domains]
            if owners:
                return min(owners, key=lambda each: (-each.prominence, each.name))
        return None

    @cached_property
    def _files(self) -> list[Attachment]:
        return list(self.application.attachments.standing())

    def files(self, question_key: str) -> list[Attachment]:
        return [each for each in self._files if each.question_key == question_key]

    def asks(self, question_key: str) -> bool:
        """Whether the form puts this question, as the answers stand."""
        question = self.form.question(question_key)
        return question is not None and self.form.is_shown(question, self.answers)
