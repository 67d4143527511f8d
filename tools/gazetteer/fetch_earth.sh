#!/bin/sh
# fetch_earth.sh: the maps of Natural Earth 1:10m that earth.py reads, as GeoJSON.
# usage: fetch_earth.sh DIR (needs curl, unzip and ogr2ogr: Debian's gdal-bin)
set -eu
folder=$1
site=https://naciscdn.org/naturalearth/10m
mkdir -p "$folder"
fetch() { # theme, and maps
    theme=$1
    shift
    for map; do
        curl --fail --location --silent --show-error -o "$folder/$map.zip" "$site/$theme/ne_10m_$map.zip"
        unzip -q -o -d "$folder/$map" "$folder/$map.zip"
        ogr2ogr -f GeoJSON "$folder/ne_10m_$map.json" "$folder/$map/ne_10m_$map.shp"
        rm -r "${folder:?}/$map" "$folder/$map.zip"
    done
}
fetch cultural admin_1_label_points populated_places parks_and_protected_lands_area
fetch physical rivers_lake_centerlines geography_marine_polys geography_regions_polys lakes \
    geography_regions_points geography_regions_elevation_points
