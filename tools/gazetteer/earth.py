"""Reads Natural Earth (GeoJSON, public domain) and the US Census' counties (TopoJSON)."""
import collections
import json
import math
import os
import re
import unicodedata

KINDS = {"Island": "island", "Island group": "island", "Range/mtn": "mountains", "Plateau": "region",
         "Desert": "desert", "Pen/cape": "peninsula", "Geoarea": "region", "Coast": "region",
         "Plain": "region", "Delta": "region", "Peninsula": "peninsula", "Basin": "region",
         "Valley": "valley", "Lowland": "region", "Tundra": "region", "Isthmus": "region",
         "Wetlands": "region", "Gorge": "valley", "Foothills": "region", "Lake": "lake",
         "Depression": "region", "island": "island", "cape": "cape", "waterfall": "spot",
         "island group": "island", "mountain": "mountain", "pass": "pass", "plateau": "region"}
SEAS = {"ocean": "sea", "sea": "sea", "gulf": "sea", "bay": "sea", "strait": "strait", "sound": "sea",
        "channel": "strait", "lagoon": "sea", "fjord": "sea", "reef": "sea", "inlet": "sea"}
FULL = ((r"\bI\.$", "Island"), (r"\bIs\.$", "Islands"), (r"\bMts?\.$", "Mountains"), (r"^Mt\.? ", "Mount "),
        (r"\bPen\.$", "Peninsula"), (r"\bPlat\.$", "Plateau"), (r"\bArch\.$", "Archipelago"),
        (r"\bRa\.$", "Range"), (r"^C\. ", "Cape "), (r"\bPt\.$", "Point"), (r" NP( & PRES)?$", " National Park"),
        (r" NRA$", " National Recreation Area"), (r" NS$", " National Seashore"), (r" NM$", " National Monument"))


def fold(text):
    flat = unicodedata.normalize("NFKD", text)
    return "".join(c for c in flat if not unicodedata.combining(c)).lower()


def plain(name):
    """In ASCII, in full, with small letters where the map prints capitals."""
    name = " ".join((name or "").replace("’", "'").replace("‘", "").split())
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    if name.isupper():
        name = re.sub(r"\b(Of|The|And)\b", lambda m: m.group().lower(), name.title())
    for short, long in FULL:
        name = re.sub(short, long, name)
    return name


def read(folder, name):
    """Features, their properties by names in small letters: the map's editions write both."""
    with open(os.path.join(folder, f"ne_10m_{name}.json"), encoding="utf-8") as file:
        features = json.load(file)["features"]
    for feature in features:
        feature["properties"] = {key.lower(): value for key, value in feature["properties"].items()}
    return features


def rings(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [part[0] for part in geometry["coordinates"]]


def ring_middle(ring):
    area = lat = lon = 0.0
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:]):
        cross = x1 * y2 - x2 * y1
        area += cross
        lon += (x1 + x2) * cross
        lat += (y1 + y2) * cross
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area) / 2, lat / (3 * area), lon / (3 * area)


def middle(geometry):
    """Of the whole: the middles of the parts weighed by their areas."""
    parts = [ring_middle(ring) for ring in rings(geometry)]
    whole = sum(part[0] for part in parts) or 1
    if max(p[2] for p in parts) - min(p[2] for p in parts) > 180:
        return max(parts)[1:]
    return (sum(p[0] * p[1] for p in parts) / whole, sum(p[0] * p[2] for p in parts) / whole)


def division_points(folder):
    """(country, folded name) -> middle of the largest part."""
    best = {}
    for feature in read(folder, "admin_1_label_points"):
        p = feature["properties"]
        key = (p["iso_a2"], fold(p["name"] or ""))
        rank = (p["featurecla"] == "Admin-1 minor island", p["scalerank"])
        if key not in best or rank < best[key][0]:
            lon, lat = feature["geometry"]["coordinates"][:2]
            best[key] = rank, (lat, lon)
    return {key: point for key, (_, point) in best.items()}


def county_points(path):
    """(state's name, county code) -> middle; the code "" is the state's own."""
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)

    def outline(geometry):
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        coordinates = []
        for part in parts:
            ring = []
            for number in part[0]:
                ring += arcs[number] if number >= 0 else arcs[~number][::-1]
            coordinates.append([ring])
        return {"type": "MultiPolygon", "coordinates": coordinates}

    states, points = {}, {}
    for geometry in topology["objects"]["states"]["geometries"]:
        states[geometry["id"]] = geometry["properties"]["name"]
        points[geometry["properties"]["name"], ""] = middle(outline(geometry))
    for geometry in topology["objects"]["counties"]["geometries"]:
        if geometry.get("arcs"):
            points[states[geometry["id"][:2]], geometry["id"][2:]] = middle(outline(geometry))
    return points


def town_names(folder):
    """GeoNames id -> other English names of the town."""
    names = {}
    for feature in read(folder, "populated_places"):
        p = feature["properties"]
        others = [plain(p["name"])] + [plain(n) for n in (p["namealt"] or "").split("|")]
        number = str(int(p.get("geonameid") or p.get("geonamesid") or 0))
        names[number] = [n for n in others if re.fullmatch(r"[A-Z][A-Za-z'.\- ]{3,}", n)]
    return names


def towns(folder):
    """(GeoNames id or "", name, alpha-2 country, division, people, (lat, lon)) of each town."""
    for feature in read(folder, "populated_places"):
        p = feature["properties"]
        number = int(p.get("geonameid") or p.get("geonamesid") or 0)
        lon, lat = feature["geometry"]["coordinates"][:2]
        country = {"SOL": "SO", "KOS": "XK"}.get(p["adm0_a3"], p["iso_a2"])
        yield (str(number) if number > 0 else "", plain(p["name"]), country, plain(p["adm1name"]),
               int(p["pop_max"] or 0), (lat, lon))


def river_mouth(lines):
    """The end that no other stretch of the river starts from."""
    starts = {tuple(line[0][:2]) for line in lines}
    ends = [line[-1][:2] for line in lines if tuple(line[-1][:2]) not in starts]
    lon, lat = (ends or [lines[-1][-1][:2]])[-1]
    return lat, lon


def rivers(folder):
    stretches = collections.defaultdict(list)
    for feature in read(folder, "rivers_lake_centerlines"):
        p, geometry = feature["properties"], feature["geometry"]
        name = plain(p["name_en"] or p["name"])
        if not name or not geometry or p["featurecla"] != "River" or p["scalerank"] > 8:
            continue
        lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
        stretches[name, p["rivernum"]] += lines
    for (name, _), lines in sorted(stretches.items()):
        bare = re.sub(r"^(Rio|Riviere|River) | River$", "", name)
        # Alone the name of a river is too often something else.
        yield bare + " River", ["River " + bare] + [name] * name.startswith("Rio "), "river", *river_mouth(lines)


def features(folder):
    """(name, other names, kind, lat, lon) of all that is no town."""
    seen = set()
    found = []
    for feature in read(folder, "geography_marine_polys"):
        p = feature["properties"]
        if p["featurecla"] in SEAS:
            found.append((plain(p["name"]), [], SEAS[p["featurecla"]], *middle(feature["geometry"])))
    for feature in read(folder, "geography_regions_polys"):
        p = feature["properties"]
        kind = KINDS.get(p["featurecla"])
        name = plain(p["name"])
        if kind and name not in ("Null Island", "Alaska"):
            found.append((name, [name + " Island"] * (kind == "island" and " " not in name), kind,
                          *middle(feature["geometry"])))
    for table in ("geography_regions_points", "geography_regions_elevation_points"):
        for feature in read(folder, table):
            p = feature["properties"]
            kind = KINDS.get(p["featurecla"])
            if kind and p["name"]:
                found.append((plain(p["name"]), [], kind, p["lat_y"], p["long_x"]))
    for feature in read(folder, "lakes"):
        p = feature["properties"]
        name = plain(p["name"])
        if not name:
            continue
        if not re.search(r"^(Lake|Lago|Lac|Ozero)\b|\b(Lake|Reservoir|Lakes|See|Jarvi)$", name):
            name = "Lake " + name
        bare = re.sub(r"^(Lago de|Lago|Lac|Ozero) |^Lake | Lake$", "", name)
        found.append((name, ["Lake " + bare], "lake", *middle(feature["geometry"])))
    for feature in read(folder, "parks_and_protected_lands_area"):
        name = plain(feature["properties"]["unit_name"])
        if name.endswith("National Park"):
            found.append((name, [], "park", *middle(feature["geometry"])))
    found += rivers(folder)
    for name, others, kind, lat, lon in found:
        key = (fold(name), round(lat), round(lon))
        if name and key not in seen and math.isfinite(lat):
            seen.add(key)
            yield name, others, kind, lat, lon
