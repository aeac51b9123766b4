"""Every address as every role. A new address without a row here fails.

Columns: nobody signed in; Olga, who has an account; Fred, who leads another lab; Dana, invited to
Paula's lab; Carl, a member of it; Paula, who leads it; Rita, a reviewer; Oscar, the operator.
"""

import copy
import re
import uuid

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

ROLES = ["anonymous", "olga", "fred", "dana", "carl", "paula", "rita", "oscar"]

# What each address answers to GET and to an empty POST, role by role.
TABLE = {
    "home": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "help": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "help_rules": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "help_mails": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "outbox": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "outbox_message": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "healthz": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "readyz": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "account_login": (
        "200 302 302 302 302 302 302 302",
        "200 302 302 302 302 302 302 302",
    ),
    "account_logout": (
        "302 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302",
    ),
    "account_inactive": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "account_signup": (
        "200 302 302 302 302 302 302 302",
        "200 302 302 302 302 302 302 302",
    ),
    "account_reauthenticate": (
        "302 200 200 200 200 200 200 200",
        "302 200 200 200 200 200 200 200",
    ),
    "account_email": (
        "302 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302",
    ),
    "account_email_verification_sent": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "account_change_password": (
        "302 200 200 200 200 200 200 200",
        "302 200 200 200 200 200 200 200",
    ),
    "account_set_password": (
        "302 302 302 302 302 302 302 302",
        "302 302 302 302 302 302 302 302",
    ),
    "account_reset_password": (
        "200 200 200 200 200 200 200 200",
        "200 200 200 200 200 200 200 200",
    ),
    "account_confirm_login_code": (
        "302 302 302 302 302 302 302 302",
        "302 302 302 302 302 302 302 302",
    ),
    "account_confirm_email": (
        "200 200 200 200 200 200 200 200",
        "404 404 404 404 404 404 404 404",
    ),
    "account_reset_password_from_key_done": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "account_reset_password_from_key": (
        "200 200 200 200 200 200 200 200",
        "200 200 200 200 200 200 200 200",
    ),
    "account_reset_password_done": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "socialaccount_login_cancelled": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "socialaccount_login_error": (
        "401 401 401 401 401 401 401 401",
        "405 405 405 405 405 405 405 405",
    ),
    "socialaccount_signup": (
        "302 302 302 302 302 302 302 302",
        "302 302 302 302 302 302 302 302",
    ),
    "socialaccount_connections": (
        "302 200 200 200 200 200 200 200",
        "302 200 200 200 200 200 200 200",
    ),
    # ORCID is not set up here, so its addresses are not there.
    "orcid_login": (
        "404 404 404 404 404 404 404 404",
        "404 404 404 404 404 404 404 404",
    ),
    "orcid_callback": (
        "404 404 404 404 404 404 404 404",
        "404 404 404 404 404 404 404 404",
    ),
    "applications:waiting": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:waiting_json": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:register": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:register_json": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:register_entry": (
        "404 404 404 404 404 404 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:redaction": (
        "302 404 404 404 404 409 404 404",
        "302 404 404 404 404 409 404 404",
    ),
    "staff:redactions": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:decide_redaction": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 404",
    ),
    "applications:eligibility": (
        "200 200 200 200 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:interest_ask": (
        "405 405 405 405 405 405 405 405",
        "404 404 404 404 404 404 404 404",
    ),
    "applications:interest_confirm": (
        "404 404 404 404 404 404 404 404",
        "409 409 409 409 409 409 409 409",
    ),
    "applications:interest_stop": (
        "200 200 200 200 200 200 200 200",
        "302 302 302 302 302 302 302 302",
    ),
    "applications:start": (
        "302 200 200 200 200 302 200 200",
        "302 302 302 302 302 302 302 302",
    ),
    "applications:threads": (
        "302 404 404 404 404 200 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:ask": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 200 404 404",
    ),
    "applications:answer": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 200 404 404",
    ),
    "applications:detail": (
        "302 404 404 404 404 200 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:linked": (
        "302 404 404 404 404 200 404 404",
        "302 404 404 404 404 200 404 404",
    ),
    "applications:revoke_link": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 302 404 404",
    ),
    "applications:link_letter": (
        "302 404 404 404 404 404 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:link_invitation": (
        "302 200 404 404 404 404 404 404",
        "302 200 404 404 404 404 404 404",
    ),
    "applications:take_up_link": (
        "405 405 405 405 405 405 405 405",
        "302 302 404 404 404 404 404 404",
    ),
    "applications:decline_link": (
        "405 405 405 405 405 405 405 405",
        "302 302 404 404 404 404 404 404",
    ),
    "applications:submit": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 302 404 404",
    ),
    "applications:listing": (
        "302 404 404 404 404 404 404 404",
        "302 404 404 404 404 404 404 404",
    ),
    "applications:ask_collaborator": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 409 404 404",
    ),
    "applications:again": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 409 404 404",
    ),
    "applications:appeal": (
        "302 404 404 404 404 409 404 404",
        "302 404 404 404 404 409 404 404",
    ),
    "applications:withdraw": (
        "302 404 404 404 404 200 404 404",
        "302 404 404 404 404 302 404 404",
    ),
    "applications:add_collaborator": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 200 404 404",
    ),
    "applications:remove_collaborator": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 302 404 404",
    ),
    "applications:document": (
        "302 404 404 404 404 200 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:files": (
        "302 404 404 404 404 200 404 404",
        "302 404 404 404 404 200 404 404",
    ),
    "applications:file": (
        "302 404 404 404 404 200 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "applications:remove_file": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 302 404 404",
    ),
    "applications:section": (
        "302 404 404 404 404 200 404 404",
        "302 404 404 404 404 302 404 404",
    ),
    "lab": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "organizations:members": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "organizations:propose": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 200 403 403",
    ),
    "organizations:remove": (
        "302 404 404 404 403 200 403 200",
        "302 404 404 404 403 302 403 302",
    ),
    "organizations:resend": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 403",
    ),
    "organizations:invitation": (
        "302 404 404 200 404 404 404 404",
        "302 404 404 302 404 404 404 404",
    ),
    "organizations:invitation_link": (
        "302 404 404 404 404 404 404 404",
        "405 405 405 405 405 405 405 405",
    ),
    "organizations:clients": (
        "302 404 404 404 200 200 200 200",
        "302 404 404 404 200 200 404 404",
    ),
    "organizations:revoke_client": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 302 302 404 404",
    ),
    "organizations:query_rule": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 403",
    ),
    "organizations:scope": (
        "302 404 404 404 403 403 403 200",
        "302 404 404 404 403 403 403 200",
    ),
    "organizations:end_link": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 302",
    ),
    "queries:sandbox": (
        "302 200 200 200 200 200 200 200",
        "302 200 200 200 200 200 200 200",
    ),
    "queries:list": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "queries:new": (
        "302 404 404 404 200 200 403 403",
        "302 404 404 404 200 200 403 403",
    ),
    "queries:query": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "queries:sharing": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "queries:share_query": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 403",
    ),
    "queries:share_result": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 403",
    ),
    "queries:shared": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "queries:copy_shared": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 403 403 403",
    ),
    "queries:revoke_share": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 403",
    ),
    "queries:download_shared": (
        "302 404 404 404 403 403 403 403",
        "405 405 405 405 405 405 405 405",
    ),
    "queries:submit": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 409 403 403 403",
    ),
    "queries:decide": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 403 200 403 403",
    ),
    "queries:repeat": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 302 302 403 403",
    ),
    "queries:run": (
        "302 404 404 404 200 200 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "queries:cancel": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 409 409 403 403",
    ),
    "queries:download": (
        "302 404 404 404 200 200 403 403",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:policy": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:policy_programme": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:policy_history": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:policy_waiting": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:policy_reasons": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:policy_copy": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:policy_terms": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:policy_criterion": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:policy_reason_add": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:policy_reason": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:policy_section": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:policy_reason_up": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 302",
    ),
    "staff:policy_reason_retire": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:home": (
        "302 404 404 404 404 404 302 302",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:applications": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:application": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:history": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:pass_screening": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:propose_refusal": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:confirm_refusal": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:object_to_refusal": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:request_changes": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:take_review": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:give_review": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:approve": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:decline": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:gather_evidence": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 302",
    ),
    "staff:choose_institution": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:institutions": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:add_institution": (
        "302 404 404 404 404 404 403 200",
        "302 404 404 404 404 404 403 200",
    ),
    "staff:institution": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:institution_domains": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 403 302",
    ),
    "staff:institution_caution": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 403 302",
    ),
    "staff:talk": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:open_thread": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:answer_thread": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:resolve_thread": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 302",
    ),
    "staff:reopen_thread": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 302",
    ),
    "staff:questions": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:ties": (
        "302 404 404 404 404 404 200 200",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:declare_tie": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:tie_contest": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 404",
    ),
    "staff:tie_back": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 404",
    ),
    "staff:declaration_end": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 409",
    ),
    "staff:conflicts": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:conflict_lift": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 409",
    ),
    "staff:form": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:form_preview": (
        "302 404 404 404 404 404 404 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:form_add": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:form_question": (
        "302 404 404 404 404 404 404 200",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:form_publish": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 200",
    ),
    "staff:form_discard": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 409",
    ),
    "staff:form_move": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 302",
    ),
    "staff:form_switch": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 302",
    ),
    "staff:overturn_refusal": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:uphold_refusal": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:set_owner": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:assign_reviewer": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:invite_external": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 409 409",
    ),
    "staff:extend": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:step_back": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 200 403",
    ),
    "staff:arrange": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:next_file": (
        "302 404 404 404 404 404 302 302",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:previous_file": (
        "302 404 404 404 404 404 302 302",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:precedents": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:bulk": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 302",
    ),
    "staff:absences": (
        "302 404 404 404 404 404 200 200",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:end_absence": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 404",
    ),
    "staff:snippets": (
        "302 404 404 404 404 404 200 200",
        "302 404 404 404 404 404 200 200",
    ),
    "staff:delete_snippet": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 302",
    ),
    "staff:save_view": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 302",
    ),
    "staff:delete_view": (
        "405 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 302 404",
    ),
    "staff:collaborators": (
        "302 404 404 404 404 404 200 200",
        "405 405 405 405 405 405 405 405",
    ),
    "staff:collaborator": (
        "302 404 404 404 404 404 200 200",
        "302 404 404 404 404 404 200 200",
    ),
    "research_api:token": (
        "405 405 405 405 405 405 405 405",
        "400 400 400 400 400 400 400 400",
    ),
    "research_api:query_videos": (
        "405 405 405 405 405 405 405 405",
        "401 401 401 401 401 401 401 401",
    ),
    "research_api:unknown": (
        "404 404 404 404 404 404 404 404",
        "404 404 404 404 404 404 404 404",
    ),
    "research_api:root": (
        "404 404 404 404 404 404 404 404",
        "404 404 404 404 404 404 404 404",
    ),
}

# Where an address speaks of another row than most do.
OTHER_IDS = {
    "staff:application": {"application_id": "submitted_id"},
    "staff:history": {"application_id": "submitted_id"},
    "staff:pass_screening": {"application_id": "submitted_id"},
    "staff:propose_refusal": {"application_id": "submitted_id"},
    "staff:confirm_refusal": {"application_id": "submitted_id"},
    "staff:object_to_refusal": {"application_id": "submitted_id"},
    "staff:request_changes": {"application_id": "submitted_id"},
    "staff:take_review": {"application_id": "submitted_id"},
    "staff:give_review": {"application_id": "submitted_id"},
    "staff:approve": {"application_id": "submitted_id"},
    "staff:decline": {"application_id": "submitted_id"},
    "staff:overturn_refusal": {"application_id": "submitted_id"},
    "staff:uphold_refusal": {"application_id": "submitted_id"},
    "staff:set_owner": {"application_id": "submitted_id"},
    "staff:assign_reviewer": {"application_id": "submitted_id"},
    "staff:invite_external": {"application_id": "submitted_id"},
    "staff:extend": {"application_id": "submitted_id"},
    "staff:step_back": {"application_id": "submitted_id"},
    "staff:arrange": {"application_id": "submitted_id"},
    "staff:next_file": {"application_id": "submitted_id"},
    "staff:previous_file": {"application_id": "submitted_id"},
    "staff:precedents": {"application_id": "submitted_id"},
    "staff:choose_institution": {"application_id": "submitted_id"},
    "staff:gather_evidence": {"application_id": "submitted_id"},
    "staff:talk": {"application_id": "submitted_id"},
    "staff:open_thread": {"application_id": "submitted_id"},
    "staff:answer_thread": {"application_id": "submitted_id", "thread_id": "note_id"},
    "staff:resolve_thread": {"application_id": "submitted_id", "thread_id": "note_id"},
    "staff:reopen_thread": {"application_id": "submitted_id", "thread_id": "note_id"},
    "staff:declare_tie": {"application_id": "submitted_id"},
    **{
        f"staff:form{page}": {"programme_id": "form_programme_id", "key": "form_key"}
        for page in [
            "",
            "_preview",
            "_add",
            "_question",
            "_publish",
            "_discard",
            "_move",
            "_switch",
        ]
    },
    "staff:collaborator": {"membership_id": "proposed_id"},
}


def addresses(patterns=None, namespace=""):
    """Name and parameters of every address of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        # Django's own administration has generated tests: tests/staff/test_administration.py.
        if getattr(pattern, "namespace", "") == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.regex.groupindex)


def url_of(name, world, **changes):
    parameters = dict(addresses())[name]
    given = {**world.ids, **OTHER_IDS.get(name, {}), **changes}
    ids = {key: world.ids.get(given[key], given[key]) for key in parameters}
    return reverse(name, kwargs=ids or None)


def ask(world, role, method, url):
    """The answer to one request; whatever it changes is undone."""
    client = world.clients[role]
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(url)
        if answer.streaming:
            list(answer)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.mark.django_db
def test_every_address_has_a_row():
    assert {name for name, _parameters in addresses()} == set(TABLE)


def test_every_address_answers_each_role_as_the_table_says(world):
    wrong = []
    for name, rows in TABLE.items():
        url = url_of(name, world)
        for method, row in zip(("get", "post"), rows, strict=True):
            found = " ".join(str(ask(world, role, method, url).status_code) for role in ROLES)
            if found != row:
                wrong.append(f"{method} {name}: {found}, the table says {row}")

    assert not wrong, "\n".join(wrong)


def test_what_is_not_yours_looks_like_what_does_not_exist(world):
    wrong = []
    for name, parameters in addresses():
        ids = [key for key in parameters if key.endswith("_id") and key != "message_id"]
        if not ids:
            continue
        absent = url_of(name, world, **{key: str(uuid.uuid4()) for key in ids})
        for method in ("get", "post"):
            real, none = (ask(world, "fred", method, url) for url in (url_of(name, world), absent))
            if (real.status_code, _body(real)) != (none.status_code, _body(none)):
                wrong.append(f"{method} {name}")

    assert not wrong, "\n".join(wrong)


def _body(answer):
    """The page without the token that Django masks anew for each answer."""
    return re.sub(rb'"[A-Za-z0-9]{64}"', b"", answer.content)
