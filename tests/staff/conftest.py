"""Rita at the desk, and what her tests say often."""

import pytest
from django.urls import reverse

from reviews.models import Conflict, ConflictKind


class Desk:
    """The desk as one person sees it."""

    def __init__(self, client, user):
        self.client = client
        self.user = user
        client.force_login(user)

    def get(self, name, application, **query):
        self.client.force_login(self.user)
        return self.client.get(url(name, application), query)

    def queue(self, **query):
        self.client.force_login(self.user)
        return self.client.get(reverse("staff:applications"), query)

    def act(self, name, application, *, version=None, follow=False, **given):
        """Send the form of an act as the page holds it."""
        self.client.force_login(self.user)
        fields = {"version": version or application.version_count, **given}
        sent = {f"{name}-{key}": value for key, value in fields.items()}
        return self.client.post(url(name, application), sent, follow=follow)


def url(name, application):
    return reverse(f"staff:{name}", args=[application.pk])


def text(page):
    return page.content.decode()


def tie(user, application):
    """A reason why the person may not judge it."""
    conflict = Conflict(person=user, kind=ConflictKind.DECLARED, sentence="They know each other.")
    conflict.name_subject(application)
    conflict.save()
    return conflict


@pytest.fixture
def desk(client, rita):
    return Desk(client, rita)


@pytest.fixture
def oscars_desk(client, oscar):
    return Desk(client, oscar)
