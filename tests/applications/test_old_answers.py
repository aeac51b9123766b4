"""What was written before forms had versions goes on under the first form."""

import importlib

from django.apps import apps

from applications.completeness import missing_in
from applications.models import Application, ApplicationVersion, form_of_version
from applications.questions.builtin import BUILTIN
from applications.states import ApplicationStatus as S
from tests.factories.applications import make_application

move = importlib.import_module("applications.migrations.0005_forms_stay_and_are_followed")


def as_before(row):
    """A first and a last day instead of a start and a length, and no form."""
    answers = {key: value for key, value in row.answers.items() if key != "access_days"}
    answers |= {"starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    type(row).objects.filter(pk=row.pk).update(form=None, answers=answers, answer_versions={})


def test_old_applications_and_their_versions_get_the_first_form_and_a_length(paula):
    application = make_application(paula, status=S.SUBMITTED)
    as_before(application)
    as_before(application.latest_version)

    move.give_a_form(apps, None)

    for row in (Application.objects.get(), ApplicationVersion.objects.get()):
        assert row.form.content == BUILTIN
        assert row.answers["access_days"] == 365
        assert row.answer_versions["summary"] == 1
    assert form_of_version(ApplicationVersion.objects.get()).number == 1
    assert missing_in(Application.objects.get()) == []


def test_moving_again_changes_nothing(paula):
    application = make_application(paula, access_days=100)

    move.give_a_form(apps, None)

    application.refresh_from_db()
    assert application.answers["access_days"] == 100
