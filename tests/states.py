"""The states of ISO 3166-1 as the program keeps them: ``python -m tests.states`` writes the file anew from pycountry.

pycountry carries the tables of Debian's iso-codes. The labels are the short names that news use where the standard's
name is another one; further names and codes are those by which people look for a state.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pycountry

FILE = Path(__file__).resolve().parents[1] / "scripts/haftar_record/model/states.csv"
#: States without a code in the standard, by a code that the standard leaves to its users and that many use.
BESIDES = {"XKX": ("Kosovo", "XK", "KOS", "Republic of Kosovo")}
#: Labels where the standard has a longer or an older name.
LABELS = {
    "BRN": "Brunei", "CCK": "Cocos Islands", "COD": "Democratic Republic of the Congo", "COG": "Republic of the Congo",
    "CPV": "Cape Verde", "CIV": "Ivory Coast", "FLK": "Falkland Islands", "FSM": "Micronesia", "MAF": "Saint Martin",
    "PSE": "Palestine", "RUS": "Russia", "SHN": "Saint Helena", "SXM": "Sint Maarten", "TUR": "Turkey", "VAT": "Vatican",
    "VGB": "British Virgin Islands", "VIR": "United States Virgin Islands", "SYR": "Syria",
}  # fmt: skip
#: Names and codes in use beside those of the standard; some are codes of the International Olympic Committee.
NAMES = {
    "AFG": "Islamic Emirate of Afghanistan", "AGO": "ANG", "ARE": "UAE; Emirates; the Emirates", "BGD": "BAN",
    "BGR": "BUL", "BIH": "Bosnia; Bosnia-Herzegovina", "BLR": "Belorussia", "CAF": "CAR; Central African Rep.",
    "CHE": "SUI", "CHL": "CHI", "CHN": "PRC; People's Republic of China; Mainland China", "CIV": "Cote d'Ivoire",
    "COD": "DRC; DR Congo; Congo-Kinshasa; Congo; Zaire", "COG": "Congo-Brazzaville; Congo", "CPV": "Cabo Verde",
    "CZE": "Czech Republic", "DEU": "GER; Federal Republic of Germany", "DNK": "DEN", "DZA": "ALG", "ESP": "Kingdom of Spain",
    "FRA": "French Republic", "GBR": "UK; U.K.; Britain; Great Britain; England; Scotland; Wales; Northern Ireland",
    "GMB": "The Gambia", "GRC": "GRE", "HRV": "CRO", "IDN": "INA", "IRL": "Republic of Ireland", "IRN": "IRI",
    "KOR": "ROK; Republic of Korea; Korea", "KWT": "KUW", "LAO": "Laos", "LBN": "LIB", "LBY": "LBA; State of Libya",
    "MDG": "MAD", "MKD": "Macedonia; FYROM", "MMR": "Burma", "MYS": "MAS", "NER": "NIG", "NGA": "NGR",
    "NLD": "NED; Holland; The Netherlands", "PHL": "PHI; The Philippines", "PRK": "DPRK; Korea", "PRT": "POR",
    "PSE": "PLE; Palestinian Territories; West Bank; Gaza; Gaza Strip", "RUS": "Russian Federation", "SAU": "KSA; Kingdom of Saudi Arabia",
    "SDN": "SUD", "SRB": "Republic of Serbia", "SSD": "Republic of South Sudan", "SVN": "SLO", "SWZ": "Swaziland",
    "TCD": "CHA; Tchad", "TGO": "TOG", "TLS": "East Timor", "TUR": "Türkiye; Turkiye", "TWN": "Republic of China; TPE",
    "UKR": "Republic of Ukraine", "USA": "US; U.S.; U.S.A.; America; United States of America", "VAT": "Holy See; Vatican City",
    "VNM": "Viet Nam; VIE", "YEM": "Republic of Yemen", "ZAF": "RSA", "ZMB": "ZAM", "ZWE": "ZIM", "ESH": "Sahrawi Republic; SADR",
    "SOM": "Somaliland", "CYP": "Northern Cyprus", "HKG": "Hong Kong SAR", "MAC": "Macau", "HTI": "HAI", "LVA": "LAT",
    "MNG": "MGL", "MUS": "MRI", "MRT": "MTN", "OMN": "OMA", "PRY": "PAR", "TZA": "TAN", "URY": "URU", "CRI": "CRC", "SLV": "ESA",
    "GTM": "GUA", "HND": "HON", "NIC": "NCA", "BWA": "BOT", "BFA": "BUR", "GIN": "GUI",
    "GNB": "GBS", "GNQ": "GEQ", "LSO": "LES", "LKA": "SRI; Ceylon", "NPL": "NEP", "KHM": "CAM",
}  # fmt: skip


def rows() -> list[tuple[str, str, str]]:
    """Code, label and further names of every state, by code."""
    found = {}
    for country in pycountry.countries:
        names = [
            country.alpha_2,
            country.name,
            getattr(country, "common_name", ""),
            getattr(country, "official_name", ""),
        ]
        label = LABELS.get(country.alpha_3) or getattr(country, "common_name", country.name)
        found[country.alpha_3] = (label, *names, *NAMES.get(country.alpha_3, "").split(";"))
    made = []
    for code, (label, *names) in sorted((found | BESIDES).items()):
        known = dict.fromkeys(name.strip() for name in names if name.strip() not in ("", label, code))
        made.append((code, label.replace("'", "’"), ";".join(known)))
    return made


def content() -> str:
    """The file, as it has to be."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("code", "label", "names"))
    writer.writerows(rows())
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
    print(f"wrote {FILE.name}", file=sys.stderr)
