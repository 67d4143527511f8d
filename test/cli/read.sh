# read.sh: read: what it takes, what it refuses, and how it says so.
# shellcheck shell=sh disable=SC2154

if ! has_command read; then
    skip 'read' 'this build has no such command'
    return 0
fi

printf 'Kenya accused Somalia of shelling a border post on Monday.\n' > "$tmp/good.txt"
printf 'It rained all day and nobody went out.\n' > "$tmp/quiet.txt"
: > "$tmp/empty.txt"
printf '   \n\n\t\n' > "$tmp/blank.txt"
head -c 4096 /dev/zero | tr '\0' '\1' > "$tmp/binary.bin"
printf '\177ELF\002\001\001\000\000\000' > "$tmp/program"
printf 'Kenya met Pr\351sident Ouattara in Nairobi on Monday.\n' > "$tmp/latin1.txt"
{
    printf '{"id":"a","text":"Peru accused Chile of spying.","date":"2024-03-01"}\n'
    printf '{"id":"broken","text":\n'
    printf '{"id":"c","text":"Ghana thanked Togo.","date":"2024-03-02"}\n'
} > "$tmp/reports.jsonl"
mkdir -p "$tmp/folder" "$tmp/hollow"
cp "$tmp/good.txt" "$tmp/folder/1.txt"
cp "$tmp/quiet.txt" "$tmp/folder/2.txt"

try 'a status is one of the nine' 0 read --date 2024-03-12 test/samples/border-talks.txt
out_json '["actual","scheduled","expected","intended","demanded","possible","conditional","negated","cancelled"] as $s
    | all(.[]; .status as $x | $s | index($x))'

printf 'Students marched in Lima for the freedom of the press.\n' > "$tmp/march.txt"
try 'contexts make a CAMEO code finer' 0 read --date 2024-03-12 "$tmp/march.txt"
out_json 'any(.[]; .cameo == "1413" and .contexts == ["rights_freedoms"])'

try 'spans are bytes of the part they name and quote it exactly' 0 read --date 2024-03-12 test/samples/border-talks.txt
out_json 'all(.[]; .text != null and (.span[1] - .span[0]) == (.text | utf8bytelength))'

try 'a report without events is no failure' 0 read --date 2024-03-12 "$tmp/quiet.txt"
out_is_empty

try 'a device without bytes is named and said to be empty' 3 read --date 2024-03-12 /dev/null
err_has 'null: empty'
out_is_empty

try 'an empty file is named and said to be empty' 3 read "$tmp/empty.txt"
err_has 'empty\.txt: empty'
out_is_empty

try 'a file of blanks is named and said to hold no text' 3 read "$tmp/blank.txt"
err_has 'blank\.txt'
out_is_empty

try 'a program is no report' 3 read "$tmp/program"
err_has 'program'
out_is_empty

try 'text in Latin-1 is read or refused by name, never garbled' 0 read --date 2024-03-12 "$tmp/good.txt" "$tmp/latin1.txt"
out_lacks '�'

try 'an empty folder holds no report' 0 read "$tmp/hollow"
out_is_empty

try 'the id of a JSON line is printed back' 0 read "$tmp/folder" --date 2024-03-12
out_json 'all(.[]; .report.id | type == "string")'

try 'a date that does not exist is a usage error' 2 read --date 2024-02-30 "$tmp/good.txt"
err_has '2024-02-30'
out_is_empty

try 'a format that does not exist is a usage error' 2 read --format sonnet "$tmp/good.txt"
err_has 'sonnet'

try 'a status can be asked for' 0 read --date 2024-03-12 --status negated test/samples/border-talks.txt
out_json 'all(.[]; .status == "negated")'

try 'the same input gives the same bytes' 0 read --date 2024-03-12 test/samples/border-talks.txt
cp "$tmp/out" "$tmp/first"
"$sentosa" read --date 2024-03-12 test/samples/border-talks.txt 2>/dev/null | cmp -s - "$tmp/first" ||
    fault 'a second run printed other bytes'

try 'threads change nothing in the output' 0 read -j 4 --date 2024-03-12 "$tmp/folder" test/samples/border-talks.txt
cp "$tmp/out" "$tmp/four"
"$sentosa" read -j 1 --date 2024-03-12 "$tmp/folder" test/samples/border-talks.txt 2>/dev/null | cmp -s - "$tmp/four" ||
    fault 'one thread printed other bytes than four'

try 'a pack that is missing is an input error' 4 read --pack "$tmp/none.pack" "$tmp/good.txt"
err_has 'none\.pack'

head -c 3000 "$SENTOSA_PACK" > "$tmp/cut.pack"
try 'a pack that is cut short is refused' 4 read --pack "$tmp/cut.pack" "$tmp/good.txt"
err_has 'cut\.pack'

if ! has_engine; then
    skip 'events of plain text' 'this build has no weights'
    return 0
fi

try 'one report prints its events as JSON lines in a pipe' 0 read --date 2024-03-12 "$tmp/good.txt"
out_json 'length >= 1 and all(.[]; .schema == 1 and has("type") and has("status") and has("text"))'
err_has 'report'

try 'every event has each field of the codebook' 0 read --date 2024-03-12 test/samples/border-talks.txt
out_json 'length >= 5 and all(.[]; has("id") and has("report") and has("mode") and has("contexts") and
    has("cameo") and has("quad") and has("score") and has("completion") and has("historical") and
    has("actors") and has("recipients") and has("voice") and has("date") and has("place") and has("about") and
    has("content") and has("numbers") and has("weapons") and has("part") and has("span") and has("anchor") and
    has("rule") and has("confidence") and has("mentions") and has("coder") and has("pack"))'

stdin=$tmp/good.txt
try 'a dash is standard input' 0 read --date 2024-03-12 -
out_json 'length >= 1'

try 'a file that is missing is named, and the others are read' 3 read --date 2024-03-12 "$tmp/none.txt" "$tmp/good.txt"
err_has 'none\.txt'
out_json 'length >= 1'

try 'a binary file fails with a reason, and the others are read' 3 read --date 2024-03-12 "$tmp/binary.bin" "$tmp/good.txt"
err_has 'binary\.bin'
out_json 'length >= 1'

try 'a folder is read file by file' 0 read --date 2024-03-12 "$tmp/folder"
out_json 'length >= 1'

try 'a broken line of JSON is named by its number, and the others are read' 3 read "$tmp/reports.jsonl"
err_has 'reports\.jsonl:2'
out_json '[.[].report.id] | index("a") != null and index("c") != null'

try 'without a date relative days stay unknown and the program says how to give one' 0 read "$tmp/good.txt"
out_json 'all(.[]; .date == null or .date.start == null)'
err_has '\-\-date'

try 'a table has a heading and no JSON' 0 read --format table --date 2024-03-12 "$tmp/good.txt"
out_has 'ACCUSE'
out_lacks '^\{'

for format in csv tsv; do
    try "$format has one heading line and a line for each event" 0 read --format $format --date 2024-03-12 "$tmp/good.txt"
    out_has 'ACCUSE'
    out_has 'type'
done

try 'a type can be asked for' 0 read --date 2024-03-12 --type CONSULT test/samples/border-talks.txt
out_json 'length >= 1 and all(.[]; .type == "CONSULT")'

try 'an actor can be asked for' 0 read --date 2024-03-12 --actor SDN test/samples/border-talks.txt
out_json 'length >= 1 and all(.[]; [.actors[], .recipients[]] | any(.code == "SDN"))'

# One line of 100 MB: refused or read in linear time, and the others are read. Half of it is enough for a sanitizer.
size=100
case $build in *asan*) size=20 ;; esac
awk -v n=$((size * 16384)) 'BEGIN { for (i = 0; i < n; i++) printf "Kenya accused Somalia of shelling a border post, ok and again it " }' > "$tmp/long.txt"
try 'one line of 100 MB is refused with a reason or read, and the others are read' 3 read --date 2024-03-12 "$tmp/long.txt" "$tmp/good.txt"
err_has 'long\.txt'
out_json 'length >= 1'
rm -f "$tmp/long.txt"

printf 'Chancellor Angela Merkel criticised Kenya.\nKenya signed a treaty with Uganda on March 5, 2018. The two countries will hold talks in Nairobi on July 2, 2018.\n' > "$tmp/undated.txt"
try 'a report without a date keeps the window of its facts, and the reasons are said' 0 read "$tmp/undated.txt"
err_has '2018-03-05 to 2018-07-02: "March 5, 2018" is told as past; "July 2, 2018" is told as coming'
out_json 'length >= 1 and all(.[]; .report.published == null and .report.window.earliest == "2018-03-05")'

try 'an office bounds the day from both sides' 0 explain --upto window 'Chancellor Angela Merkel criticised Kenya.'
out_has '^not before 2005-11-22'
out_has '^not after 2021-12-08'

try 'a former office bounds nothing' 0 explain --upto window 'Former Chancellor Angela Merkel criticised Kenya.'
out_is_empty

printf 'NAIROBI, May 20 (Reuters) - Kenya signed a treaty with Uganda on March 5, 2018. The two countries will hold talks in Nairobi on July 2, 2018.\n' > "$tmp/dateline.txt"
try 'a day and month in the dateline is the day where the window holds one' 0 explain --upto window "$tmp/dateline.txt"
out_has '^not before 2018-05-20'
out_has '^not after 2018-05-20'

try 'a report with a date has no window' 0 read --date 2018-06-11 "$tmp/undated.txt"
out_json 'length >= 1 and all(.[]; .report | has("window") | not)'
err_lacks 'its facts allow'
