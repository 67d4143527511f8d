# eval.sh: events held against gold.
# shellcheck shell=sh disable=SC2154

if ! has_engine; then
    skip 'eval' 'there are no weights'
    return 0
fi
gold=$tmp/gold.jsonl
cat > "$gold" <<'END'
{"id":"right","text":"Kenya accused Sudan of shelling a village.","required":[{"type":"ACCUSE","alt":[],"actor":[["KEN"]],"recipient":[["SDN"]],"status":["actual"],"anchor":["accused"]}],"optional":[{"type":"ASSAULT","alt":[],"actor":[["SDN"]],"recipient":[["---"]],"status":["actual"],"anchor":["shelling"]}]}
{"id":"turned","text":"Kenya condemned Sudan.","required":[{"type":"ACCUSE","alt":[],"actor":[["SDN"]],"recipient":[["KEN"]],"status":["actual"],"anchor":["condemned"]}],"optional":[]}
{"id":"quiet","text":"The weather was mild.","required":[],"optional":[]}
END
promise=$tmp/promise.jsonl
cat > "$promise" <<'END'
{"id":"promise","text":"Kenya will send medicine to Sudan.","events":[{"type":"AGREE","event_text":"will send","actors":[{"code":"KEN"}],"recipients":[{"code":"SDN"}]}]}
END

try 'what fits is right, what meets an optional event no false alarm' 0 eval --gold "$gold" --odd
out_has '^type +P 1.000 R 1.000 F1 1.000'
out_has '^type\+direction P 1.000 R 1.000 F1 1.000'
out_has 'with no event: 1, coded anyway: 0'

try 'sides that are swapped are the fault of the clause' 0 eval --gold "$gold" --verbose
out_has 'other parties ACCUSE'
out_has 'at fault: clause: the sides are swapped'

try 'in plovers terms what is promised is agreed' 0 eval --gold "$promise" --convention plover
out_has '^type\+parties +P 1.000 R 1.000'

try 'in its own terms it is not' 0 eval --gold "$promise" --verbose
out_has '^type +P 0.000'
out_has 'missed AGREE'

try 'a line that is no gold is named' 3 eval --gold README.md
err_has 'line 1:'

try 'a convention that nobody keeps is refused' 2 eval --gold "$gold" --convention other
