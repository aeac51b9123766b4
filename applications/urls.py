"""The addresses of this app."""

from django.urls import path

from applications.views import (
    attachments,
    documents,
    eligibility,
    interest,
    linking,
    people,
    register,
    standing,
    talking,
    team,
    waiting,
    writing,
)

app_name = "applications"

urlpatterns = [
    path("eligibility/", eligibility.eligibility, name="eligibility"),
    path("eligibility/tell-me/", interest.ask, name="interest_ask"),
    path("eligibility/tell-me/<str:secret>/confirm/", interest.confirm, name="interest_confirm"),
    path("eligibility/tell-me/<str:secret>/stop/", interest.stop, name="interest_stop"),
    path("waiting-times/", waiting.waiting, name="waiting"),
    path("waiting-times.json", waiting.waiting_json, name="waiting_json"),
    path("register/", register.register, name="register"),
    path("register.json", register.register_json, name="register_json"),
    path("register/<uuid:lab>/", register.register_entry, name="register_entry"),
    path("apply/", writing.start, name="start"),
    path("apply/<uuid:application_id>/register/", register.redaction, name="redaction"),
    path("apply/<uuid:application_id>/", standing.detail, name="detail"),
    path("apply/<uuid:application_id>/questions/", talking.threads, name="threads"),
    path("apply/<uuid:application_id>/questions/ask/", talking.ask, name="ask"),
    path("apply/<uuid:application_id>/questions/<uuid:thread_id>/", talking.answer, name="answer"),
    path("apply/invited/<uuid:invitation_id>/", linking.invitation, name="link_invitation"),
    path("apply/invited/<uuid:invitation_id>/open/", linking.take_up, name="take_up_link"),
    path("apply/invited/<uuid:invitation_id>/decline/", linking.decline, name="decline_link"),
    path("apply/invited/by-letter/<str:secret>/", linking.letter, name="link_letter"),
    path("apply/<uuid:application_id>/linked/", linking.linked, name="linked"),
    path(
        "apply/<uuid:application_id>/linked/<uuid:invitation_id>/revoke/",
        linking.revoke,
        name="revoke_link",
    ),
    path("apply/<uuid:application_id>/submit/", standing.submit, name="submit"),
    path("apply/<uuid:application_id>/again/", standing.again, name="again"),
    path("apply/<uuid:application_id>/withdraw/", standing.withdraw, name="withdraw"),
    path("apply/<uuid:application_id>/appeal/", standing.appeal, name="appeal"),
    path("apply/<uuid:application_id>/collaborators/add/", people.add, name="add_collaborator"),
    path("apply/listed/<str:secret>/", team.listing, name="listing"),
    path(
        "apply/<uuid:application_id>/collaborators/<uuid:collaborator_id>/ask/",
        people.ask_again,
        name="ask_collaborator",
    ),
    path(
        "apply/<uuid:application_id>/collaborators/<uuid:collaborator_id>/remove/",
        people.remove,
        name="remove_collaborator",
    ),
    path("apply/<uuid:application_id>/files/<uuid:attachment_id>/", attachments.file, name="file"),
    path(
        "apply/<uuid:application_id>/document/<slug:document_format>/",
        documents.document,
        name="document",
    ),
    path(
        "apply/<uuid:application_id>/files/<uuid:attachment_id>/remove/",
        attachments.remove_file,
        name="remove_file",
    ),
    path("apply/<uuid:application_id>/files/<slug:question_key>/", attachments.files, name="files"),
    path("apply/<uuid:application_id>/<slug:section_key>/", writing.section, name="section"),
]
