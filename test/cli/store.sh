# store.sh: a situation: kept by read --db, asked by timeline, calendar, positions, relations ...
# shellcheck shell=sh disable=SC2154

if ! has_command read || ! has_command timeline || ! has_engine; then
    skip 'store' 'this build has no such command or no weights'
    return 0
fi
db=$tmp/situation.db
sample=test/samples/border-talks.txt

try 'a situation is kept in a file' 0 read --date 2024-03-12 --db "$db" $sample
[ -s "$db" ] || fault 'there is no such file'

try 'the same report twice is kept once' 0 timeline --db "$db" --json
out_json 'length >= 5'
cp "$tmp/out" "$tmp/once"
"$sentosa" read --date 2024-03-12 --db "$db" $sample > /dev/null 2>&1
"$sentosa" timeline --db "$db" --json 2>/dev/null | cmp -s - "$tmp/once" || fault 'the second reading changed the situation'

try 'the timeline is in order of time' 0 timeline --db "$db" --json
out_json '[.[].date.start // empty] | . == sort'

try 'the calendar lists what is still to come' 0 calendar --db "$db" --as-of 2024-03-12 --json
out_json 'length >= 1 and all(.[]; .date.end >= "2024-03-12")'

try 'a calendar far in the future is empty, and says so by its code' 1 calendar --db "$db" --as-of 2090-01-01 --json
out_is_empty

try 'between two parties both stand in every event' 0 between SDN SSD --db "$db" --json
out_json 'length >= 1'

try 'between two parties that never met there is nothing' 1 between FJI MLT --db "$db" --json
out_is_empty

try 'an event is shown with carets under its words' 0 show --db "$db" "$(jq -r 'select(.item == "event") | .id' < "$tmp/once" | head -n 1)"
out_has '\^'

try 'an event that does not exist is not found' 1 show --db "$db" 0000000000000000

for command in timeline positions relations actors; do
    try "$command without --db is a usage error" 2 $command
    err_has '\-\-db'

    try "$command of a file that is no situation is a store error" 4 $command --db "$sample"
    err_has 'border-talks'

    try "$command of a file that does not exist is a store error" 4 $command --db "$tmp/none.db"
    err_has 'none\.db'
    [ ! -e "$tmp/none.db" ] || fault 'a query made a file'

    # Whether the sample tells of a lasting tie hangs on how well it is parsed.
    found=0
    [ $command != relations ] || "$sentosa" relations --db "$db" > /dev/null 2>&1 || found=1
    try "$command as JSON is a line for each" $found $command --db "$db" --json
    out_json 'all(.[]; type == "object")'

    try "$command on a terminal is a table" $found $command --db "$db"
    out_lacks '^\{'
done

try 'a situation in a folder that does not exist is a store error' 4 read --date 2024-03-12 --db "$tmp/no/such/folder.db" $sample
err_has 'folder\.db'
