"""The rule book and the list of mails: in docs, in the help pages, and never stale."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from applications.states import NEXT_ACTS, PUBLIC_NAMES, ApplicationStatus
from outbox.catalogue import declare, mail_kinds
from portal import rulebook
from programmes.models import Programme, ReasonCode
from programmes.settings import SETTINGS

# Days that are no date that runs: closed days, and how long somebody may travel.
NO_TERMS = {"closed_days", "temporary_travel_days"}


def text_of(page):
    return " ".join(page.content.decode().split())


def test_the_drawings_in_docs_are_fresh():
    call_command("draw_rules", "--check")
    call_command("draw_states", "--check")


@pytest.mark.parametrize("name", ["rules.md", "mails.md"])
def test_a_stale_drawing_is_noticed(name, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    (tmp_path / "docs").mkdir()
    call_command("draw_rules")
    call_command("draw_rules", "--check")
    (tmp_path / "docs" / name).write_text("Something else.", encoding="utf-8")

    with pytest.raises(CommandError, match=name):
        call_command("draw_rules", "--check")


def test_every_setting_that_counts_days_is_a_term():
    named = {term.setting for term in rulebook.TERMS}

    assert named | NO_TERMS == {name for name in SETTINGS if name.endswith("_days")}
    assert not named & NO_TERMS


def test_the_page_of_rules_says_each_state_in_the_words_of_the_states(client, db):
    page = text_of(client.get("/help/rules/"))

    for status in ApplicationStatus:
        assert str(PUBLIC_NAMES[status]) in page
        assert str(NEXT_ACTS[status].for_applicant) in page


def test_the_page_of_rules_has_the_days_and_reasons_of_the_installation(client, db):
    Programme.objects.update(review_target_days=17, appeal_days=43, reminder_days=[9, 3])
    ReasonCode.objects.filter(code="REGION_NOT_OPEN").update(title={"en": "Not yet <here>"})

    page = text_of(client.get("/help/rules/"))

    assert "<td>17 working days</td>" in page
    assert "<td>43 days</td>" in page
    assert "<td>9, 3 days</td>" in page
    assert "Not yet &lt;here&gt;" in page


def test_the_page_of_mails_lists_each_with_its_subject(client, db):
    page = text_of(client.get("/help/mails/"))

    for kind in mail_kinds():
        assert str(kind.when) in page


def test_help_leads_to_both(client, db):
    page = text_of(client.get("/help/"))

    assert 'href="/help/rules/"' in page
    assert 'href="/help/mails/"' in page


def test_a_mail_needs_a_subject():
    with pytest.raises(ValueError, match="without a subject"):
        declare("nothing.to_say", mail_kinds()[0].audience, "Never.")
