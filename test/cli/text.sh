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

# record NUMBER: one of a WARC, a page of its own.
record() {
    body="<html><body><h1>Report number $1</h1><p>Kenya's army said on Monday that it had found $1$1 mines near post $1.</p><p>Town $1 lies on hill $1, where nobody has lived for $1 years, the mayor of town $1 said.</p></body></html>"
    http=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s' "$body")
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/%s\r\nContent-Length: %s\r\n\r\n%s\r\n\r\n' "$1" "${#http}" "$http"
}
rm -f "$tmp/warc.db"
for number in 2 3 5 7; do record $number; done | gzip > "$tmp/news.warc.gz"
for number in 2 3 5 7; do record $number | gzip; done > "$tmp/members.warc.gz"
try 'a WARC of packed records is read' 0 read --date 2024-03-12 --db "$tmp/warc.db" "$tmp/members.warc.gz"
err_has '4 reports read'
record 11 | gzip >> "$tmp/members.warc.gz"
try 'a run that is resumed goes on inside an archive that has grown' 0 read --resume --date 2024-03-12 --db "$tmp/warc.db" "$tmp/members.warc.gz"
err_has '2 reports read.* 1 kept before; 1 file read on from where it was left'
cp "$tmp/news.warc.gz" "$tmp/members.warc.gz"
try 'another file of the same name is read from its start' 0 read --resume --date 2024-03-12 --db "$tmp/warc.db" "$tmp/members.warc.gz"
err_has '4 reports read'
err_lacks 'read on from'

cat > "$tmp/first.txt" <<'END'
Flood kills 14 in Kenya

At least 14 people were killed by soldiers who fired at a crowd near the market bridge of Kessim in Kenya, the army said on Monday.

Somalia sent 20 doctors to Kessim, the foreign ministry in Mogadishu said, and asked for a truce.

The governor of the hills, Farid Om, said that the shops of the old town would stay closed until Friday.
END
sed 's/14/17/; s/and asked for a truce/and Ethiopia promised tents/' "$tmp/first.txt" > "$tmp/second.txt"
rm -f "$tmp/versions.db"
try 'a version is counted with what it goes back to' 0 read --date 2024-03-12 --db "$tmp/versions.db" "$tmp/first.txt" "$tmp/second.txt"
err_has ' 1 duplicate'
id=$(sqlite3 "$tmp/versions.db" 'SELECT id FROM event WHERE report = 2 LIMIT 1')
try 'what a version changed is shown, its numbers too' 0 show "$id" --db "$tmp/versions.db"
out_has 'version of .*, 2024-03-12: 3 paragraphs changed, 0 added, 0 cut'
out_has '^ *14 -> 17$'
sed 's/17/21/; s/Friday/Sunday/' "$tmp/second.txt" > "$tmp/third.txt"
try 'a third version is held against the second, and told' 0 read --date 2024-03-13 --db "$tmp/versions.db" "$tmp/third.txt"
err_has 'third.txt: a new version of Flood kills 17 in Kenya: .* 17 -> 21'
try 'changes lists what came again' 0 changes --db "$tmp/versions.db"
out_has '14 -> 17'
out_has '17 -> 21'
try 'changes as JSON' 0 changes --db "$tmp/versions.db" --json
out_json 'length == 2 and .[1].version_of.title == "Flood kills 17 in Kenya" and (.[1].changes | length) == 3'

cat > "$tmp/feed.xml" <<'END'
<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title>
<item><title>Mines found</title><dc:creator>Jane Roe and Joao Silva</dc:creator><description>Kenya's army said that it had found 40 mines near post 7.</description></item>
<item><title>Mines cleared</title><author>jane@wire.example (Jane Roe)</author><description>Kenya's army said that it had cleared the mines near post 7.</description></item>
</channel></rss>
END
try 'authors of a feed' 0 text "$tmp/feed.xml"
out_json '.[0].authors == ["Jane Roe", "Joao Silva"] and .[1].authors == ["Jane Roe"]'
printf '%s\n' '{"id":"1","text":"Kenya said that it had found mines.","authors":[{"name":"Jane Roe"}]}' > "$tmp/authors.jsonl"
try 'authors of JSON lines' 0 text "$tmp/authors.jsonl"
out_json '.[0].authors == ["Jane Roe"]'

for number in 1 2 3 4; do
    printf '{"id":"%s","text":"Kenya said on Monday that it had found %s%s mines near post %s. Its army cleared road %s."}\n' $number $number $number $number $number
done | gzip > "$tmp/lines.gz"
rm -f "$tmp/lines.db"
try 'packed JSON lines are read' 0 read --date 2024-03-12 --db "$tmp/lines.db" "$tmp/lines.gz"
err_has '4 reports read'
try 'a run that is resumed passes over what was read of packed lines' 0 read --resume --date 2024-03-12 --db "$tmp/lines.db" "$tmp/lines.gz"
err_has '1 report read.* 1 kept before; 1 file read on from where it was left'
