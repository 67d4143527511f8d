# eval_places.sh: places held against gold.
# shellcheck shell=sh disable=SC2154

if ! has_engine; then
    skip 'eval --places' 'there are no weights'
    return 0
fi
gold=$tmp/places.jsonl
cat > "$gold" <<'END'
{"id":"near","text":"Rebels attacked a convoy in Nairobi.","places":[{"span":[28,35],"lat":-1.2,"lon":36.8}]}
{"id":"far","text":"Police in Tripoli arrested a man.","places":[{"span":[10,17],"lat":34.4,"lon":35.8}]}
{"id":"missed","text":"The minister flew to Xyzzyville.","places":[{"span":[21,31],"lat":1,"lon":2}]}
{"id":"wider","title":"Flood in Lima","text":"The river rose in the city of Lima.","places":[{"part":"title","span":[9,13],"lat":-12,"lon":-77},{"span":[22,34],"lat":null,"lon":null}]}
END

try 'a place is right when it overlaps and lies near' 0 eval --places "$gold"
out_has '^reports 4, places 5, read 4$'
out_has '^recognition +P 1.000 R 0.800'
out_has '^recognition, equal span +P 0.750 R 0.600'
out_has '^accuracy at 161 km +0.667 of 3 recognised$'
out_has '^both together +P 0.667 R 0.500'

try 'what is wrong is shown' 0 eval --places --verbose "$gold"
out_has 'missed Xyzzyville'
out_has 'far Tripoli'
out_has 'read at 32.8[0-9],13.1[0-9], [0-9]+ km away'

cat > "$gold" <<'END'
{"id":"nz","url":"https://www.example.co.nz/1","text":"Police in Hamilton arrested a man.","places":[{"span":[10,18],"lat":-37.8,"lon":175.3}]}
{"id":"ca","url":"https://www.example.ca/1","text":"Police in Hamilton arrested a man.","places":[{"span":[10,18],"lat":43.3,"lon":-79.8}]}
{"id":"paper","url":"https://www.dothaneagle.com/1","text":"A shop burned in Troy. Crews from Enterprise and Ozark came.","places":[{"span":[17,21],"lat":31.8,"lon":-86.0}]}
{"id":"source","source":"The Dothan Eagle","text":"A shop burned in Troy. Crews from Enterprise and Ozark came.","places":[{"span":[17,21],"lat":31.8,"lon":-86.0}]}
END
try 'the site tells the country, and the town that it is named after' 0 eval --places "$gold"
out_has '^accuracy at 161 km +1.000 of 4 recognised$'

echo '{"id":"demonym","text":"North Korean troops left Seoul.","places":[{"span":[0,12],"lat":40,"lon":127},{"span":[25,30],"lat":37.6,"lon":127}]}' > "$gold"
try 'demonyms count where the gold counts them' 0 eval --places --demonyms "$gold"
out_has '^both together +P 1.000 R 1.000'
try 'and not where it does not' 0 eval --places "$gold"
out_has '^both together +P 1.000 R 0.500'

try 'a line that is no gold is named' 3 eval --places README.md
err_has 'README.md, line 1:'

try 'places need a gold file' 2 eval --places
err_has 'usage: sentosa eval --places'
