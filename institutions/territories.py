"""Territories that have a country code of their own, and the state that each belongs to.

A programme lists codes one by one, because law and policy differ from territory to territory:
Åland and Réunion are part of the European Union, Greenland and the Faroe Islands are not.
"""

_OF_STATE = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
STATE_OF = {code: state for state, codes in _OF_STATE.items() for code in codes.split()}
