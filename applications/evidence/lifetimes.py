"""For how long a checked fact may be taken over without being checked again, and why so long.

What is not named here holds for the version it was gathered for and no longer: declarations are
made anew with each submission, and duplicates and files change from day to day.
"""

import datetime as dt

LIFETIMES = {
    # Registries name institutions anew about every month; kind and country change rarely.
    "institution": dt.timedelta(days=180),
    # A domain of an institution outlives the year; addresses end when people leave.
    "email_domain": dt.timedelta(days=365),
    # Universities close an account some months after its owner left, so once a year is enough.
    "email_verified": dt.timedelta(days=365),
    # Whoever proved to own an ORCID iD owns it for good; what is in the record moves with jobs.
    "orcid": dt.timedelta(days=365),
    "orcid_employment": dt.timedelta(days=365),
    "orcid_works": dt.timedelta(days=365),
}
