"""The policy in the back office: read, previewed, changed, and its history."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.roles import Role
from programmes.actions import change_policy
from programmes.models import PolicyChange, Programme, ReasonCode
from programmes.settings import SECTIONS
from tests.factories.organizations import make_organization
from tests.factories.people import make_user

WHY = "The board decided so."


@pytest.fixture
def programme(db):
    return Programme.objects.default()


@pytest.fixture
def as_oscar(client, oscar):
    client.force_login(oscar)
    return client


def url(name, programme, *args):
    return reverse(f"staff:policy_{name}", args=[programme.pk, *args])


def form_of(page):
    """What a browser would send back of the form as it stands."""
    form = page.context["form"]
    values = {}
    for bound in form:
        value = bound.value()
        if value is True:
            values[bound.html_name] = "on"
        elif value not in (None, False, ""):
            values[bound.html_name] = value
    return values


def edit(client, programme, section, **changes):
    """Open the section, change something, look at the preview."""
    address = url("section", programme, section)
    given = form_of(client.get(address)) | {"reason": WHY} | changes
    sent = {key: value for key, value in given.items() if value is not None}
    return client.post(address, sent), sent


def save(client, programme, section, **changes):
    page, sent = edit(client, programme, section, **changes)
    sent["save"] = page.context["digest"]
    return client.post(url("section", programme, section), sent, follow=True)


def text(page):
    return page.content.decode()


def test_reviewers_do_not_find_the_policy(client, rita, programme):
    client.force_login(rita)

    assert client.get(reverse("staff:policy")).status_code == 404
    assert client.get(url("programme", programme)).status_code == 404
    assert client.get(reverse("staff:applications")).content.count(b"/staff/policy/") == 0


def test_the_operator_reads_the_whole_policy_in_words(as_oscar, programme):
    page = text(as_oscar.get(url("programme", programme)))

    for words in ("European Union", "Education: universities", "Faculty member or postdoc: May"):
        assert words in page
    assert url("section", programme, "review") in page


@pytest.mark.parametrize("section", [section.key for section in SECTIONS])
def test_every_section_opens_with_its_present_values_and_unchanged_says_so(
    as_oscar, programme, section
):
    page, _sent = edit(as_oscar, programme, section)

    assert "Nothing would change." in text(page)
    assert not PolicyChange.objects.exists()


@pytest.mark.parametrize(
    ("section", "changes", "name", "kept"),
    [
        ("intake", {"intake_is_open": None}, "intake_is_open", False),
        (
            "intake",
            {"intake_message__en": "Back in May."},
            "intake_message",
            {"en": "Back in May."},
        ),
        ("regions", {"regions": ["UK"], "other_countries": ["CA"]}, "country_codes", ["CA", "GB"]),
        (
            "people",
            {"institution_kinds": ["education", "nonprofit"]},
            "institution_kinds",
            ["education", "nonprofit"],
        ),
        ("people", {"works_abroad_rule": "STAFF"}, "works_abroad_rule", "STAFF"),
        ("people", {"signing_official_is_required": "on"}, "signing_official_is_required", True),
        ("limits", {"collaborators_limit": 4}, "collaborators_limit", 4),
        ("limits", {"linked_labs_may_share": None}, "linked_labs_may_share", False),
        ("applying", {"attachment_limit_bytes": "2.5"}, "attachment_limit_bytes", 2_621_440),
        ("review", {"review_count": 1}, "review_count", 1),
        ("review", {"holiday_countries": ["NL", "DE"]}, "holiday_countries", ["DE", "NL"]),
        ("review", {"reminder_days": "14, 3"}, "reminder_days", [14, 3]),
        ("groups", {"group_texts__creator__en": "Go."}, "group_texts", {"creator": {"en": "Go."}}),
    ],
)
def test_a_setting_is_previewed_then_saved_and_stands_in_the_history(
    as_oscar, oscar, programme, section, changes, name, kept
):
    before = getattr(programme, name)

    preview, _sent = edit(as_oscar, programme, section, **changes)
    assert "What would change" in text(preview)
    programme.refresh_from_db()
    assert getattr(programme, name) == before

    done = save(as_oscar, programme, section, **changes)
    programme.refresh_from_db()
    assert "The policy is changed." in text(done)
    assert getattr(programme, name) == kept
    row = programme.changes.get(setting=name)
    assert (row.changed_by, row.reason) == (oscar, WHY)


def test_a_role_gets_another_rule(as_oscar, programme):
    save(as_oscar, programme, "people", principal_roles__student="NO")

    programme.refresh_from_db()
    assert programme.principal_roles["student"] == "NO"
    assert programme.principal_roles["faculty"] == "YES"


@pytest.mark.parametrize(
    ("section", "changes"),
    [
        ("limits", {"collaborators_limit": 10}),
        ("limits", {"longest_access_days": "two years"}),
        ("limits", {"longest_access_days": None}),
        ("regions", {"regions": [], "other_countries": []}),
        ("regions", {"other_countries": ["ZZ"]}),
        ("people", {"institution_kinds": []}),
        ("review", {"closed_days": "Christmas"}),
        ("review", {"closed_days": "\x00"}),
        ("review", {"reminder_days": "soon"}),
        ("review", {"reminder_days": "9" * 400}),
        ("intake", {"name": None}),
        ("intake", {"intake_message__en": "x" * 2001}),
        ("limits", {"reason": None}),
        ("limits", {"revision": "x"}),
    ],
)
def test_what_is_malformed_is_asked_for_again_with_a_sentence(
    as_oscar, programme, section, changes
):
    page, _sent = edit(as_oscar, programme, section, **changes)

    assert page.status_code == 200
    assert "Please look at these points" in text(page)
    assert "Save this change" not in text(page)


def test_the_preview_says_which_countries_go_and_which_come(as_oscar, programme):
    regions = ["EU", "EEA", "CH", "US"]

    page, _sent = edit(as_oscar, programme, "regions", regions=regions, other_countries=["CA"])

    assert "closed: United Kingdom" in text(page)
    assert "opened: Canada" in text(page)


def test_territories_that_are_left_out_are_named(as_oscar, programme):
    codes = [code for code in programme.country_codes if code not in ("RE", "PR")]
    Programme.objects.update(country_codes=codes)

    page = text(as_oscar.get(url("programme", programme)))

    assert "left out: Puerto Rico, Réunion." in page


def test_nothing_is_saved_that_was_not_previewed(as_oscar, programme):
    page, sent = edit(as_oscar, programme, "limits", collaborators_limit=4)
    other = sent | {"collaborators_limit": 2, "save": page.context["digest"]}

    answer = as_oscar.post(url("section", programme, "limits"), other)

    assert "What would change" in text(answer)
    assert not PolicyChange.objects.exists()


def test_of_two_operators_at_once_the_second_reads_who_was_first_and_can_save_then(
    as_oscar, programme
):
    otto = make_user("otto@carrel.test", name="Otto Otis", role=Role.OPERATOR)
    page, sent = edit(as_oscar, programme, "limits", collaborators_limit=4)
    change_policy(
        Programme.objects.default(), changes={"appeal_days": 30}, by=otto, reason="Sooner."
    )
    sent["save"] = page.context["digest"]

    answer = as_oscar.post(url("section", programme, "limits"), sent)

    assert "Otto Otis changed the policy while you had this page open" in text(answer)
    programme.refresh_from_db()
    assert (programme.collaborators_limit, programme.appeal_days) == (9, 30)

    again = form_of(answer) | {"reason": WHY}
    preview = as_oscar.post(url("section", programme, "limits"), again)
    again["save"] = preview.context["digest"]
    as_oscar.post(url("section", programme, "limits"), again)
    programme.refresh_from_db()
    assert (programme.collaborators_limit, programme.appeal_days) == (4, 30)


def test_the_history_names_before_after_who_and_why_and_is_filtered_by_setting(
    as_oscar, oscar, programme
):
    codes = [code for code in programme.country_codes if code != "GB"] + ["CA"]
    change_policy(programme, changes={"country_codes": codes}, by=oscar, reason="Left & joined.")
    change_policy(programme, changes={"review_count": 3}, by=oscar, reason="Fairer.")

    everything = text(as_oscar.get(url("history", programme)))
    filtered = text(as_oscar.get(url("history", programme), {"setting": "country_codes"}))

    for words in ("closed: United Kingdom", "opened: Canada", "Oscar Ohm", "Left &amp; joined."):
        assert words in everything
        assert words in filtered
    assert "Fairer." in everything
    assert "Fairer." not in filtered
    assert as_oscar.get(url("history", programme), {"setting": "\x00"}).status_code == 200


def test_every_kind_of_change_can_be_read_in_the_history(as_oscar, oscar, programme):
    values = {
        "closed_days": ["2026-12-24"],
        "principal_roles": {**programme.principal_roles, "other": "NO"},
        "group_texts": {"creator": {"en": "Go."}},
        "intake_message": {"en": "Back in May."},
        "attachment_limit_bytes": 1024 * 1024,
        "works_abroad_rule": "ANYWHERE",
        "holiday_countries": ["NL"],
        "required_documents": ["gone_question"],
        "is_public": False,
        "institution_kinds": ["education", "government"],
    }
    change_policy(programme, changes=values, by=oscar, reason=WHY)

    page = text(as_oscar.get(url("history", programme)))

    for words in ("24 Dec 2026", "Other: May join", "Creators: Go.", "Back in May.", "1.00 MB"):
        assert words in page


def test_terms_show_their_difference_before_they_are_published(as_oscar, programme):
    address = url("terms", programme)
    given = form_of(as_oscar.get(address))
    given |= {"body__en": given["body__en"] + "\nCite the programme.", "reason": WHY}

    preview = text(as_oscar.post(address, given))
    assert "<ins>+ Cite the programme.</ins>" in preview
    assert programme.terms.count() == 1

    as_oscar.post(address, given | {"publish": "1"})
    assert programme.current_terms().version == 2
    assert "Version 2 of" in text(as_oscar.get(address))


def test_the_same_terms_are_refused_on_the_page(as_oscar, programme):
    address = url("terms", programme)
    given = form_of(as_oscar.get(address)) | {"reason": WHY, "publish": "1"}

    assert "hold already" in text(as_oscar.post(address, given))


def test_a_criterion_is_worded_anew(as_oscar, programme):
    address = url("criterion", programme, "expertise")
    given = form_of(as_oscar.get(address)) | {"title__en": "Know-how", "reason": WHY}

    as_oscar.post(address, given)

    assert programme.criteria.get(code="expertise").text("title") == "Know-how"
    assert "Nothing would change" in text(
        as_oscar.post(address, form_of(as_oscar.get(address)) | {"reason": WHY})
    )


def test_a_reason_is_added_moved_worded_retired_and_restored(as_oscar, programme):
    new = {
        "code": "TOO_BROAD",
        "outcome": "DECLINED",
        "title__en": "Too broad",
        "guidance__en": "Narrow it.",
        "reason": WHY,
        "revision": programme.revision,
    }
    as_oscar.post(url("reason_add", programme), new)
    row = ReasonCode.objects.get(code="TOO_BROAD")

    as_oscar.post(url("reason_up", programme, row.pk))
    codes = [each.code for each in ReasonCode.objects.in_use(programme, "DECLINED")]
    assert codes[-2:] == ["TOO_BROAD", "INCOMPLETE"]

    address = url("reason", programme, row.pk)
    as_oscar.post(address, form_of(as_oscar.get(address)) | {"title__en": "Broad", "reason": WHY})
    row.refresh_from_db()
    assert row.text == "Broad"

    for is_retired in (True, False):
        programme.refresh_from_db()
        given = {"retire-reason": WHY, "retire-revision": programme.revision}
        as_oscar.post(url("reason_retire", programme, row.pk), given)
        row.refresh_from_db()
        assert row.is_retired is is_retired


@pytest.mark.parametrize("changes", [{"code": "lower"}, {"code": "INCOMPLETE"}, {"title__en": ""}])
def test_an_odd_reason_is_asked_for_again(as_oscar, programme, changes):
    given = {
        "code": "TOO_BROAD",
        "outcome": "DECLINED",
        "title__en": "Too broad",
        "guidance__en": "Narrow it.",
        "reason": WHY,
        "revision": programme.revision,
    }

    page = as_oscar.post(url("reason_add", programme), given | changes)

    assert "Please look at these points" in text(page)
    assert programme.reason_codes.count() == 9


def test_the_last_reason_of_a_list_cannot_be_retired_on_the_page(as_oscar, programme):
    row = programme.reason_codes.get(code="MEETS_CRITERIA")
    given = {"retire-reason": WHY, "retire-revision": programme.revision}

    page = as_oscar.post(url("reason_retire", programme, row.pk), given)

    assert "at least one reason" in text(page)


def test_the_first_of_a_list_moves_no_further_up(as_oscar, programme):
    first = ReasonCode.objects.in_use(programme, "DECLINED").first()

    assert as_oscar.post(url("reason_up", programme, first.pk)).status_code == 409


def test_a_copy_is_a_programme_of_its_own(as_oscar, programme, paula):
    make_organization(paula)

    page = as_oscar.post(url("copy", programme), {"name": "Shop research"}, follow=True)

    assert "It is shown to nobody until you say so." in text(page)
    listed = text(as_oscar.get(reverse("staff:policy")))
    assert "Shop research" in listed
    assert "1 lab" in listed
    again = as_oscar.post(url("copy", programme), {"name": "Shop research"})
    assert "There is a programme of this name" in text(again)


def test_a_reason_of_another_programme_is_not_found(as_oscar, oscar, programme):
    as_oscar.post(url("copy", programme), {"name": "Shop research"})
    other = Programme.objects.get(slug="shop-research")

    address = url("reason", other, programme.reason_codes.first().pk)

    assert as_oscar.get(address).status_code == 404


def test_those_who_wait_are_counted_and_never_named(as_oscar, programme):
    from tests.programmes.test_waiting_list import ask, waiting

    waiting(programme)
    waiting(programme, email="maria@unam.mx", country_code="MX")
    ask(programme, email="else@unam.mx", country_code="MX")

    page = text(as_oscar.get(url("waiting", programme)))

    assert "Canada" in page
    assert "Mexico" in page
    assert "@" not in page.split("<main")[1].split("</main")[0].replace("oscar@carrel.test", "")
    assert "2 people wait" in text(as_oscar.get(url("programme", programme)))


NAUGHTY = [
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% now %}",
    "'; DROP TABLE programmes_programme; --",
    "\u202etest\u202d",
    "Ω≈ç√∫˜µ≤≥÷ 田中さん 👩‍👩‍👧",
    "\\x00 %s %(x)s {0}",
]


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_naughty_strings_in_the_policy_are_shown_as_they_are_and_never_executed(
    as_oscar, client, programme, naughty
):
    save(
        as_oscar,
        programme,
        "intake",
        name=naughty,
        intake_message__en=naughty,
        intake_is_open=None,
        reason=naughty,
    )
    save(as_oscar, programme, "groups", group_texts__region__en=naughty)
    address = url("criterion", programme, "expertise")
    as_oscar.post(
        address, form_of(as_oscar.get(address)) | {"question__en": naughty, "reason": WHY}
    )
    address = url("terms", programme)
    as_oscar.post(
        address, form_of(as_oscar.get(address)) | {"body__en": naughty, "reason": WHY, "publish": 1}
    )

    for address in (
        url("programme", programme),
        url("history", programme),
        url("terms", programme),
        url("section", programme, "intake"),
        "/eligibility/",
    ):
        page = text(as_oscar.get(address))
        assert escape(naughty) in page, address
        assert "<script>alert" not in page


def test_an_open_section_is_one_of_those_there_are(as_oscar, programme):
    assert as_oscar.get(url("section", programme, "nothing")).status_code == 404


def test_the_previewed_changes_have_a_name_of_their_own(as_oscar, programme):
    digests = {
        edit(as_oscar, programme, "limits", collaborators_limit=limit)[0].context["digest"]
        for limit in (1, 2, 3)
    }

    assert len(digests) == 3
