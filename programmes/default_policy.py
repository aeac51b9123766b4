"""The policy that a new installation starts with.

It says what the model programme's public answers say: five criteria, lab access for one principal
researcher and nine collaborators, 1,000 requests and 100,000 records a day. Every value is a row
that the operator may change.
"""

from programmes.regions import codes_of

COUNTRY_CODES = codes_of(["EU", "EEA", "UK", "CH", "US"])
INSTITUTION_KINDS = ["education"]

CRITERIA: list[dict[str, str]] = [
    {
        "code": "expertise",
        "title": "Academic expertise",
        "question": "Have you published or taught in the field that you want to study?",
        "sentence_if_met": "You can show experience and expertise in the field of your proposal.",
        "sentence_if_unmet": (
            "The programme asks for demonstrable academic experience in the field. "
            "A colleague with such experience could lead the project."
        ),
        "sentence_if_unsure": (
            "Staff will decide from your profile and publications; students add a letter "
            "from their advisor."
        ),
    },
    {
        "code": "independence",
        "title": "No conflict of interest",
        "question": (
            "Are you and your funding independent of the platform, its competitors "
            "and other commercial interests in the outcome?"
        ),
        "sentence_if_met": "You have no conflict of interest about using the service.",
        "sentence_if_unmet": (
            "The programme asks for research without a conflict of interest. "
            "A colleague without these ties could lead the project."
        ),
        "sentence_if_unsure": "Declare the ties in your application; staff will decide.",
    },
    {
        "code": "institution",
        "title": "Non-profit academic institution",
        "question": "Where are you employed?",
        "sentence_if_met": (
            "You work at a non-profit academic institution in a country that is open."
        ),
        "sentence_if_unmet": (
            "The programme is open to people employed by non-profit academic institutions "
            "in the United States and Europe."
        ),
        "sentence_if_unsure": "Staff will decide from the registry entry of your institution.",
    },
    {
        "code": "proposal",
        "title": "A clearly defined proposal",
        "question": "Do you have research questions, a design and a list of the data you need?",
        "sentence_if_met": "You have a clearly defined research proposal.",
        "sentence_if_unmet": (
            "The application asks for research questions, a design and the data you need. "
            "Come back when they are written; a draft can be saved as you go."
        ),
        "sentence_if_unsure": "Begin a draft: it shows what a complete proposal holds.",
    },
    {
        "code": "non_commercial",
        "title": "Non-commercial use",
        "question": "Will you use the data for non-commercial research only?",
        "sentence_if_met": "You commit to non-commercial use under the research terms.",
        "sentence_if_unmet": (
            "Commercial use is not possible in this programme. Creators, advertisers and "
            "businesses find what they need in the platform's business and creator products."
        ),
        "sentence_if_unsure": (
            "Read the terms of use; the programme is for non-commercial work only."
        ),
    },
]

TERMS = """\
You use the data for the approved research only, and not for any commercial purpose.
You do not give data to anybody outside of the approved lab.
Each member has an account and an API client of their own and shares neither.
You keep the data safe, tell the operator at once of a breach, and delete what was removed.
You publish nothing that leads to an individual person.
You tell the operator when somebody leaves the project or the institution.
"""

# Why staff may approve or decline, and what the applicant can do about it.
REASON_CODES: list[dict[str, str]] = [
    {
        "code": "MEETS_CRITERIA",
        "outcome": "APPROVED",
        "title": "All criteria are met",
        "guidance": "Sign in to see your lab, accept the terms and make an API client.",
        "legal_ground": "Programme policy, all criteria",
    },
    {
        "code": "REGION_NOT_OPEN",
        "outcome": "DECLINED",
        "title": "The region is not open yet",
        "guidance": (
            "Ask on the self-check page to be told when your country opens. A colleague at an "
            "institution in an open country can lead the project meanwhile."
        ),
        "legal_ground": "Programme policy, criterion “institution”: country",
    },
    {
        "code": "INSTITUTION_NOT_ELIGIBLE",
        "outcome": "DECLINED",
        "title": "The institution is not eligible",
        "guidance": (
            "If a non-profit academic institution employs you as well, apply again in its name "
            "with your address there. If the registry describes your institution wrongly, appeal "
            "and send its statutes or its entry in an official register."
        ),
        "legal_ground": "Programme policy, criterion “institution”; compare DSA Art. 40(8)(a)",
    },
    {
        "code": "EXPERTISE_NOT_SHOWN",
        "outcome": "DECLINED",
        "title": "Expertise in the field is not shown",
        "guidance": (
            "Apply again with publications, talks or courses in the field of the proposal, or "
            "with a colleague who has them as the principal researcher. Students add their "
            "advisor's endorsement."
        ),
        "legal_ground": "Programme policy, criterion “expertise”; compare DSA Art. 40(8)(d)",
    },
    {
        "code": "CONFLICT_OF_INTEREST",
        "outcome": "DECLINED",
        "title": "There is a conflict of interest",
        "guidance": (
            "Apply again once the tie has ended, with a word on when and how, or let a colleague "
            "without such a tie lead the project."
        ),
        "legal_ground": "Programme policy, criterion “independence”; compare DSA Art. 40(8)(b)",
    },
    {
        "code": "PROPOSAL_NOT_DEFINED",
        "outcome": "DECLINED",
        "title": "The proposal is not clearly defined",
        "guidance": (
            "Apply again and name the research questions, the design, the data needed for each "
            "question and why the period is necessary. Your answers are carried over."
        ),
        "legal_ground": "Programme policy, criterion “proposal”; compare DSA Art. 40(8)(e)",
    },
    {
        "code": "COMMERCIAL_USE",
        "outcome": "DECLINED",
        "title": "The use is commercial",
        "guidance": (
            "Look at the platform's business and creator products. A project whose results serve "
            "no commercial purpose may apply again."
        ),
        "legal_ground": "Programme policy, criterion “non_commercial”; compare DSA Art. 40(8)(b)",
    },
    {
        "code": "IDENTITY_NOT_SHOWN",
        "outcome": "DECLINED",
        "title": "Who the person is could not be confirmed",
        "guidance": (
            "Verify an address at your institution, link your ORCID iD, and name a page of the "
            "institution that shows you. Then apply again."
        ),
        "legal_ground": "Programme policy, identity of the applicant",
    },
    {
        "code": "INCOMPLETE",
        "outcome": "DECLINED",
        "title": "Information is missing",
        "guidance": (
            "Apply again: your answers are carried over, and the list on the page shows what is "
            "missing. Ask in the application if a question is unclear."
        ),
        "legal_ground": "Programme policy, completeness of the application",
    },
]
