#!/bin/sh
# fetch_earth.sh: the maps of Natural Earth 1:10m that earth.py reads, as GeoJSON.
# usage: fetch_earth.sh DIR [REPOSITORY] (needs git and 7z: Debian's p7zip-full; or bsdtar)
set -eu
folder=$1
from=${2:-https://github.com/martynafford/natural-earth-geojson}
mkdir -p "$folder"
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
git clone --quiet --bare --depth 1 "$from" "$bare/maps"
for map in cultural/admin_1_label_points cultural/populated_places cultural/parks_and_protected_lands_area \
    physical/rivers_lake_centerlines physical/geography_marine_polys physical/geography_regions_polys \
    physical/lakes physical/geography_regions_points physical/geography_regions_elevation_points; do
    name=ne_10m_${map#*/}
    git --git-dir="$bare/maps" show "HEAD:10m/${map%/*}/$name.7z" > "$bare/$name.7z"
    if command -v bsdtar > "$bare/which"; then
        bsdtar -x -f "$bare/$name.7z" -C "$folder"
    else
        7z x -y -o"$folder" "$bare/$name.7z" > "$bare/log"
    fi
done
