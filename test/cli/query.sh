# query.sh: asking a situation: filters, the day taken as today, several reports, exports, refusals.
# shellcheck shell=sh disable=SC2154

if ! has_command read || ! has_command timeline; then
    skip 'query' 'this build has no such command'
    return 0
fi
talks=$tmp/talks.db
cat > "$tmp/talks.jsonl" <<'END'
{"id":"one","title":"","date":"2024-05-13","text":"Kenya's president will meet Ethiopia's president in Nairobi on May 20."}
{"id":"two","title":"","date":"2024-05-21","text":"Kenya's president met Ethiopia's president in Nairobi on May 20."}
{"id":"three","title":"","date":"2024-05-22","text":"Ghana accused Togo on May 21."}
END

try 'three reports are kept' 0 read --db "$talks" "$tmp/talks.jsonl"
cp "$tmp/out" "$tmp/talks.read"

try 'an export as JSON lines is what read printed, byte for byte' 0 export --db "$talks" --format jsonl
cmp -s "$tmp/out" "$tmp/talks.read" || fault 'they differ'

try 'an export as CSV has a column for each heading' 0 export --db "$talks" --cameo
err_has 'GeoNames .*CC BY 4.0'
out_has '^id,story,report_id,published,'
out_has ',cameo,goldstein$'

try 'in plovers terms a meeting to come is agreed' 0 export --db "$talks" --convention plover --format jsonl
out_json 'any(.[]; .type == "AGREE" and .status == "scheduled" and .convention == "plover")'

try 'two reports of one meeting are one line' 0 timeline --db "$talks" --type CONSULT --json
out_json 'length == 1 and .[0].status == "actual" and .[0].story.reports == 2 and .[0].item == "event"'

try 'each report by itself when asked' 0 timeline --db "$talks" --type CONSULT --every --json
out_json 'length == 2'

try 'seen from before the meeting it is still to come' 0 calendar --db "$talks" --as-of 2024-05-14 --json
out_json 'length == 1 and .[0].status == "scheduled" and .[0].overdue == false'
err_has '2 of 3 reports'

try 'seen from after the meeting nothing is to come' 1 calendar --db "$talks" --as-of 2024-06-01
out_is_empty

try 'without a day the newest report says what today is' 1 calendar --db "$talks"
err_has 'as of 2024-05-22'

try 'a party is found by what the code stands for' 0 between KEN ethiopia --db "$talks" --json
out_json 'length >= 1'

try 'a party is no piece of SQL' 1 timeline --db "$talks" --actor "x' OR '1'='1"
out_is_empty

try 'days outside of the situation hold nothing' 1 timeline --db "$talks" --to 2020
out_is_empty

try 'a month is its days' 0 timeline --db "$talks" --from 2024-05 --to 2024-05 --json
out_json 'length >= 1'

try 'a status that does not exist is named' 2 timeline --db "$talks" --status planned
err_has 'planned'

try 'a day that does not exist is named' 2 timeline --db "$talks" --from 2024-13-01
err_has '2024-13-01'

try 'a confidence is a number from 0 to 1' 2 timeline --db "$talks" --min-confidence much
err_has 'much'

try 'a format that does not exist is named' 2 export --db "$talks" --format xml
err_has 'xml'

try 'the start of an id is enough' 0 show "$(jq -r '.id[0:8]' < "$tmp/talks.read" | head -n 1)" --db "$talks"
out_has '\^'
out_has '^  report +'

try 'between needs two parties' 2 between KEN --db "$talks"
out_is_empty

printf 'not a database, and long enough not to be taken for an empty one' > "$tmp/words.db"
try 'read refuses to keep reports in a file of another kind' 4 read --db "$tmp/words.db" "$tmp/talks.jsonl"
err_has 'words\.db'
