# lexicon.sh: tables of the user's own, and dictionaries of other coders turned into them.
# shellcheck shell=sh disable=SC2154

own=$tmp/own
mkdir -p "$own/actors"
{
    printf '#: id\tcode\tname*\tnames*\tcountry\tsectors\tkind\tfrom\tto\twikidata\n'
    printf 'org/blue-hand\tKEN\tBlue Hand\t-\tKEN\tREB\tarmed-group\t-\t-\t-\n'
    printf 'org/hamas\tPSE\tHamas\t-\tPSE\tPTY\tparty\t-\t-\t-\n'
} > "$own/actors/organisations.tsv"
printf '#: noun*\tkind\tsectors\tgender\nzorblat\tperson\tCRM\t-\n' > "$own/agents.tsv"

try 'a name of the users own is known' 0 resolve --lexicon "$own" 'Blue Hand'
out_json '.[0].actor == "org/blue-hand" and .[0].code == "KEN" and .[0].sector == "REB"'

try 'a row of the users goes before ours with the same id' 0 resolve --lexicon "$own" Hamas
out_json '.[0].sectors == ["PTY"]'

try 'an agent word of the users is composed with a country' 0 resolve --lexicon "$own" 'two Somali zorblats'
out_json '.[0].code == "SOM" and .[0].sector == "CRM"'

printf 'The Blue Hand condemned Sudan.\n' > "$tmp/hand.txt"
try 'reports are read with them' 0 read --lexicon "$own" --date 2018-03-16 --format jsonl "$tmp/hand.txt"
out_json 'any(.[]; .type == "ACCUSE" and .actors[0].id == "org/blue-hand")'

try 'without them nothing is known' 0 resolve 'Blue Hand'
out_json '.[0].code == null'

try 'a folder that is not there is refused' 4 resolve --lexicon "$tmp/nowhere" Hamas
err_has 'nowhere: '

mkdir -p "$own/predicates"
printf '#: lemma|\tpos\tclass\tframe\tneeds\texample\texpect\ntickle|tease\tv\tACCUSE/criticise\tv.obj\t-\t-\t-\n' > "$own/predicates/own.tsv"
printf 'The ministers of Kenya teased Sudan.\n' > "$tmp/tease.txt"
try 'a line of the users is for each of its words' 0 read --lexicon "$own" --date 2018-03-16 --format jsonl "$tmp/tease.txt"
out_json 'any(.[]; .rule == "ACCUSE/criticise" and .recipients[0].code == "SDN")'
rm -r "$own/predicates"

printf '#: a\tb\n' > "$own/zorblats.tsv"
try 'a table that the lexicon has not is refused' 4 resolve --lexicon "$own" Hamas
err_has 'no table "zorblats"'
rm "$own/zorblats.tsv"

printf '#: noun*\tkind\tsectors\tgender\nzorblat\tperson\n' > "$own/agents.tsv"
try 'a row with too few cells is refused by file and line' 4 resolve --lexicon "$own" Hamas
err_has 'agents.tsv:2: '

cat > "$tmp/some.actors.txt" <<'END'
# a dictionary in the form of CAMEO coders; its persons are invented
BLUE_HAND_ARMY_(BHA)_ [KENREB]
+ARMY_OF_THE_BLUE_HAND_
THE_GRAND_COUNCIL_OF_ZORBLATS [IGOZOR]
AMOS_ROE_
+PRESIDENT_ROE_
	[KENGOV 19900102-990805]
	[KENELI >990806]
ZORBLATIA_ [KSV] # an older code
NOBODY_AT_ALL [---]
QUEER_CODE_ [QQQGOV]
BAD_DAY_ [KENGOV >991332]
OPEN_BRACKET_ [KENGOV
  * a line that is nothing
END
printf '!%s! = MAN, MEN\nHILL_!%s! [~CRM]\nHILL_DWELLER {HILL_FOLK} [~CVL]\nWISE_!%s! [~MED]\n' PERSON PERSON NOSUCH > "$tmp/some.agents.txt"

try 'dictionaries of other coders become tables, and what cannot be read is told' 3 import-dictionary \
    --out "$tmp/imported" "$tmp/some.actors.txt" "$tmp/some.agents.txt"
err_has 'some.actors.txt:11: unknown code QQQGOV'
err_has 'some.actors.txt:12: the dates of the code cannot be read'
err_has 'some.actors.txt:13: a bracket that does not close'
err_has 'some.actors.txt:14: neither a name'
err_has 'some.agents.txt:4: a set that is not defined before'
err_lacks 'some.actors.txt:[2-9]: '
out_is_empty

try 'an imported group is known by its short form' 0 resolve --lexicon "$tmp/imported" 'BHA'
out_json '.[0].code == "KEN" and .[0].sector == "REB" and .[0].actor == "cameo/blue-hand-army"'

try 'an imported person holds the sector of the day' 0 resolve --lexicon "$tmp/imported" --date 1995-03-01 'Amos Roe'
out_json '.[0].code == "KEN" and .[0].sector == "GOV"'

try 'and another on another day' 0 resolve --lexicon "$tmp/imported" --date 2005-03-01 'Amos Roe'
out_json '.[0].code == "KEN" and .[0].sector == "ELI"'

try 'an imported agent word stands for each of its set' 0 resolve --lexicon "$tmp/imported" 'Kenyan hill men'
out_json '.[0].code == "KEN" and .[0].sector == "CRM"'

try 'an older code of a state means the state' 0 resolve --lexicon "$tmp/imported" 'Zorblatia'
out_json '.[0].code == "XKX"'

try 'an import needs a folder and a file' 2 import-dictionary "$tmp/some.actors.txt"
try 'a dictionary that is not there is refused' 4 import-dictionary --out "$tmp/imported" "$tmp/none.txt"
