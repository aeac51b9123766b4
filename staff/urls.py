"""The addresses of this app, all below /staff/."""

from django.urls import path

from staff import form_addresses
from staff.views import (
    absences,
    arranging,
    bulk,
    collaborators,
    decisions,
    files,
    institutions,
    neighbours,
    queue,
    reviews,
    saved_views,
    snippets,
)
from staff.views.gathering import gather_evidence_again
from staff.views.policy import overview, reasons, sections, words

app_name = "staff"

_FILE = "applications/<uuid:application_id>/"
_POLICY = "policy/<uuid:programme_id>/"

urlpatterns = [
    path("policy/", overview.programmes, name="policy"),
    path(_POLICY, overview.overview, name="policy_programme"),
    path(f"{_POLICY}copy/", overview.copy, name="policy_copy"),
    path(f"{_POLICY}history/", overview.history, name="policy_history"),
    path(f"{_POLICY}waiting/", overview.waiting, name="policy_waiting"),
    path(f"{_POLICY}terms/", words.terms, name="policy_terms"),
    path(f"{_POLICY}criteria/<slug:criterion_code>/", words.criterion, name="policy_criterion"),
    path(f"{_POLICY}reasons/", reasons.reasons, name="policy_reasons"),
    path(f"{_POLICY}reasons/add/", reasons.add, name="policy_reason_add"),
    path(f"{_POLICY}reasons/<uuid:reason_id>/", reasons.reason, name="policy_reason"),
    path(f"{_POLICY}reasons/<uuid:reason_id>/up/", reasons.move, name="policy_reason_up"),
    path(f"{_POLICY}reasons/<uuid:reason_id>/retire/", reasons.retire, name="policy_reason_retire"),
    path(f"{_POLICY}settings/<slug:policy_section>/", sections.section, name="policy_section"),
    path("", queue.home, name="home"),
    path("applications/", queue.queue, name="applications"),
    path(_FILE, files.detail, name="application"),
    path(f"{_FILE}history/", files.events, name="history"),
    path(f"{_FILE}next/", neighbours.following, name="next_file"),
    path(f"{_FILE}previous/", neighbours.preceding, name="previous_file"),
    path(f"{_FILE}precedents/", files.precedents, name="precedents"),
    path(f"{_FILE}pass/", decisions.pass_screening, name="pass_screening"),
    path(f"{_FILE}propose-refusal/", decisions.propose_refusal, name="propose_refusal"),
    path(f"{_FILE}confirm-refusal/", decisions.confirm_refusal, name="confirm_refusal"),
    path(f"{_FILE}object/", decisions.object_to_refusal, name="object_to_refusal"),
    path(f"{_FILE}changes/", decisions.request_changes, name="request_changes"),
    path(f"{_FILE}take-review/", reviews.take, name="take_review"),
    path(f"{_FILE}review/", reviews.give, name="give_review"),
    path(f"{_FILE}approve/", decisions.approve, name="approve"),
    path(f"{_FILE}decline/", decisions.decline, name="decline"),
    path(f"{_FILE}overturn/", decisions.overturn_refusal, name="overturn_refusal"),
    path(f"{_FILE}uphold/", decisions.uphold_refusal, name="uphold_refusal"),
    path(f"{_FILE}arrange/", arranging.arrange, name="arrange"),
    path(f"{_FILE}lead/", arranging.set_owner, name="set_owner"),
    path(f"{_FILE}reviewer/", arranging.assign_reviewer, name="assign_reviewer"),
    path(f"{_FILE}external/", arranging.invite_external, name="invite_external"),
    path(f"{_FILE}extend/", arranging.extend, name="extend"),
    path(f"{_FILE}step-back/", arranging.step_back, name="step_back"),
    path(f"{_FILE}evidence/", gather_evidence_again, name="gather_evidence"),
    path(f"{_FILE}institution/", decisions.choose_registry_entry, name="choose_institution"),
    path("institutions/", institutions.registry, name="institutions"),
    path("institutions/add/", institutions.add, name="add_institution"),
    path("institutions/<uuid:institution_id>/", institutions.detail, name="institution"),
    path(
        "institutions/<uuid:institution_id>/domains/",
        institutions.change_domains,
        name="institution_domains",
    ),
    path(
        "institutions/<uuid:institution_id>/caution/",
        institutions.note_caution,
        name="institution_caution",
    ),
    path("applications/together/", bulk.apply, name="bulk"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:absence_id>/end/", absences.end, name="end_absence"),
    path("texts/", snippets.snippets, name="snippets"),
    path("texts/<uuid:snippet_id>/delete/", snippets.delete, name="delete_snippet"),
    path("views/", saved_views.save, name="save_view"),
    path("views/<uuid:view_id>/delete/", saved_views.delete, name="delete_view"),
    path("collaborators/", collaborators.collaborators, name="collaborators"),
    path(
        "collaborators/<uuid:membership_id>/",
        collaborators.collaborator,
        name="collaborator",
    ),
    *form_addresses.urlpatterns,
]
