"""What an address shows: the registry first, then the lists; never a block."""

from pathlib import Path

import pytest

from institutions.lookalikes import skeleton
from institutions.mail import MailKind, mail_hint
from institutions.models import Institution
from institutions.standing import Light
from tests.institutions.conftest import relation, ror_record

SHARED = Path(__file__).parents[3] / "shared" / "data" / "institutions"
G, Y, R = Light.GREEN, Light.YELLOW, Light.RED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "kind", "colour"),
    [
        ("a@uva.nl", MailKind.OWN, G),
        ("a@student.UVA.nl", MailKind.OWN, G),
        ("a@ethz.ch", MailKind.OTHER_INSTITUTION, Y),
        ("a@notuva.nl", MailKind.UNKNOWN, Y),
        ("a@uva.nl.evil.test", MailKind.UNKNOWN, Y),
        ("a@gmail.com", MailKind.FREE, Y),
        ("a@tuta.com", MailKind.FREE, Y),
        ("a@mailinator.com", MailKind.DISPOSABLE, R),
        ("a@x.mailinator.com", MailKind.DISPOSABLE, R),
        ("a@nus.edu.sg", MailKind.ACADEMIC, Y),
        ("a@unican.es", MailKind.ACADEMIC, Y),
        ("a@mpg.de", MailKind.UNKNOWN, Y),
        ("a@uνa.nl", MailKind.LOOKALIKE, R),
        ("a@" + "uνa.nl".encode("idna").decode(), MailKind.LOOKALIKE, R),
        ("a@mail.uvа.nl", MailKind.LOOKALIKE, R),
        ("a@ethz-.ch", MailKind.NO_DOMAIN, Y),
        ("nothing", MailKind.NO_DOMAIN, Y),
        ("", MailKind.NO_DOMAIN, Y),
        ("a@localhost", MailKind.NO_DOMAIN, Y),
        ("a@" + "x." * 5_000 + "nl", MailKind.NO_DOMAIN, Y),
        ("a@\x00.nl", MailKind.NO_DOMAIN, Y),
    ],
)
def test_an_address_beside_the_university_of_amsterdam(address, kind, colour):
    institution = Institution.objects.get(name="University of Amsterdam")

    hint = mail_hint(address, institution)

    assert (hint.kind, hint.colour) == (kind, colour)
    assert hint.sentence.endswith(".")


@pytest.mark.django_db
def test_an_address_alone_names_its_institution():
    hint = mail_hint("a@student.uva.nl")

    assert (hint.kind, hint.colour) == (MailKind.OWN, G)
    assert hint.sentence == "student.uva.nl is a domain of University of Amsterdam."


@pytest.mark.parametrize("domain", ["nus.edu.sg", "unican.es", "bg.ac.rs", "cnrs.fr", "mpg.de"])
def test_the_registry_wins_over_every_list(load, domain):
    load(ror_record(1, "A real place", domains=[domain]))

    hint = mail_hint(f"a@{domain}", Institution.objects.get(ror_id="000000001"))

    assert (hint.kind, hint.colour) == (MailKind.OWN, G)


def test_the_domain_of_the_parent_will_do(load):
    load(
        ror_record(1, "Big University", domains=["big.example"]),
        ror_record(2, "Its Hospital", relationships=[relation("parent", 1, "Big University")]),
    )

    hint = mail_hint("a@big.example", Institution.objects.get(ror_id="000000002"))

    assert (hint.kind, hint.colour) == (MailKind.PARENT, G)
    assert "Big University, to which the institution belongs" in hint.sentence


def test_the_website_speaks_in_its_own_words(load):
    load(ror_record(1, links=[{"type": "website", "value": "https://www.sample.example/en"}]))

    hint = mail_hint("a@sample.example", Institution.objects.get(ror_id="000000001"))

    assert hint.sentence == "sample.example is where Sample University has its website."
    assert hint.colour == G


@pytest.mark.django_db
def test_an_academic_ending_on_the_stop_list_needs_another_proof():
    assert mail_hint("a@alumni.nottingham.ac.uk").colour == Y


@pytest.mark.parametrize(
    ("domain", "lookalike"),
    [
        ("ethz.ch", "еthz.ch"),
        ("mit.edu", "rnit.edu"),
        ("uva.nl", "uvа.nl"),
        ("ox.ac.uk", "0x.ac.uk"),
        ("uni-potsdam.de", "unipotsdam.de"),
        ("dcu.ie", "dcu.le"),
        ("uio.no", "ｕio.no"),
    ],
)
def test_domains_that_look_alike_share_a_skeleton(domain, lookalike):
    assert skeleton(domain) == skeleton(lookalike)


@pytest.mark.parametrize(
    ("one", "other"), [("uva.nl", "uvb.nl"), ("ethz.ch", "eth.ch"), ("mit.edu", "mlt.org")]
)
def test_domains_that_differ_to_the_eye_do_not(one, other):
    assert skeleton(one) != skeleton(other)


def test_a_label_that_is_no_punycode_is_taken_as_it_is():
    assert skeleton("xn--\udcff.nl".encode("ascii", "replace").decode()) != ""


@pytest.mark.django_db
@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data/institutions")
def test_no_list_of_misused_domains_speaks_against_anybody():
    """Domains on them belong to real universities, too."""
    for name in ("swot_abused.txt", "swot_stoplist.txt"):
        for domain in (SHARED / name).read_text(encoding="utf-8").split()[::15]:
            hint = mail_hint(f"a@{domain}")
            assert hint.colour == Y or hint.kind == MailKind.DISPOSABLE
