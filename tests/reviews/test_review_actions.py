"""Evidence and decisions are kept about whatever is judged."""

from reviews.actions import EvidenceItem, record_decision, record_evidence
from reviews.models import Colour, Decision, Evidence, Outcome


def item(sentence):
    return EvidenceItem("institution", Colour.GREEN, sentence, source="Registry", value="uva.nl")


def test_gathering_again_replaces_the_evidence_of_that_version_only(paula, carl):
    record_evidence(paula, version=1, items=[item("first")])
    record_evidence(paula, version=2, items=[item("second")])
    record_evidence(carl, version=1, items=[item("carl's")])

    record_evidence(paula, version=1, items=[item("first, again"), item("and more")])

    kept = Evidence.objects.about(paula).values_list("version", "sentence")
    assert sorted(kept) == [(1, "and more"), (1, "first, again"), (2, "second")]
    assert Evidence.objects.about(carl).get().sentence == "carl's"


def test_long_words_are_cut_to_what_the_table_holds(paula):
    (evidence,) = record_evidence(paula, version=1, items=[item("x" * 600)])

    assert len(evidence.sentence) == 500


def test_a_decision_names_who_made_it(paula, rita):
    record_decision(
        paula, outcome=Outcome.DECLINED, by=rita, reason="COMMERCIAL_USE", comment="No."
    )

    decision = Decision.objects.about(paula).get()
    assert (decision.decided_by, decision.reason) == (rita, "COMMERCIAL_USE")
