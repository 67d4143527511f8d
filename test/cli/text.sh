# text.sh: `sentosa text`, archives and duplicates from outside.
# shellcheck shell=sh

try 'a page prints its clean report as one line of JSON' 0 text test/pages/jsonld.html
out_json 'length == 1 and (.[0] | keys_unsorted) == ["id","url","title","subtitle","authors","published","updated","site","section","language","text"]'
out_json '.[0].subtitle == "Two parties change sides at four in the morning"'
out_json '.[0].authors == ["Milena Petkova","Ivan Stoev"] and .[0].published == "2022-12-17T06:48:00+02:00" and .[0].site == "Balkan Wire"'

try 'threads change nothing in the order of clean reports' 0 text -j 4 test/pages
cp "$tmp/out" "$tmp/four"
"$sentosa" text test/pages 2>/dev/null | cmp -s - "$tmp/four" || fault 'one thread printed other bytes than four'

try 'plain text is printed when asked for' 0 text --format plain test/pages/amp.html
out_has '^Miners reach deal with state over royalties$'
out_lacks '^\{'

mkdir -p "$tmp/pack"
cp test/pages/amp.html test/samples/border-talks.txt "$tmp/pack"
tar -C "$tmp" -czf "$tmp/pack.tar.gz" pack/amp.html pack/border-talks.txt
try 'what is in an archive is read like what lies beside it' 0 text "$tmp/pack.tar.gz"
out_json 'length == 2'
cp "$tmp/out" "$tmp/packed"
"$sentosa" text "$tmp/pack" 2>/dev/null | cmp -s - "$tmp/packed" || fault 'the folder printed other bytes than the archive'

head -c 600 "$tmp/pack.tar.gz" > "$tmp/cut.tar.gz"
try 'an archive that is cut short is named' 3 text "$tmp/cut.tar.gz"
err_has 'cut\.tar\.gz.*end'

if ! has_engine; then
    skip 'duplicates of reports' 'this build has no weights'
    return 0
fi

cp test/samples/border-talks.txt "$tmp/one.txt"
{ sed 1d test/samples/border-talks.txt; echo; echo 'Read more: The river in pictures'; } > "$tmp/two.txt"
try 'a copy is counted as duplicate and tells no event again' 0 read --date 2024-03-12 "$tmp/one.txt" "$tmp/two.txt"
err_has '2 reports read: 1 with events.* 1 duplicate'
cp "$tmp/out" "$tmp/both"
"$sentosa" read --date 2024-03-12 "$tmp/one.txt" 2>/dev/null | cmp -s - "$tmp/both" || fault 'the copy told events again'

rm -f "$tmp/resume.db"
"$sentosa" read --date 2024-03-12 --db "$tmp/resume.db" "$tmp/one.txt" > /dev/null 2>&1
try 'a run that is resumed passes over what is kept' 0 read --resume --date 2024-03-12 --db "$tmp/resume.db" "$tmp/one.txt" test/pages/amp.html
err_has '2 reports read.* 1 kept before'

rm -f "$tmp/kin.db"
"$sentosa" read --date 2024-03-12 --db "$tmp/kin.db" "$tmp/one.txt" > /dev/null 2>&1
try 'a copy of what an earlier run kept is known' 0 read --date 2024-03-12 --db "$tmp/kin.db" "$tmp/two.txt"
err_has '1 report read.* 1 duplicate'
try 'what an earlier run kept is no copy of itself' 0 read --date 2024-03-12 --db "$tmp/kin.db" "$tmp/one.txt"
err_has '1 report read: 1 with events.* 0 duplicate'

try 'resuming needs a situation' 2 read --resume "$tmp/one.txt"
err_has '\-\-db'
