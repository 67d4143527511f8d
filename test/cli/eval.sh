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

times=$tmp/times
mkdir -p "$times"
cat > "$times/a.tml" <<'END'
<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-05">2013-03-05</TIMEX3></DCT>
<TEXT>
Ministers of Chad &amp; Niger <EVENT eid="e1" class="OCCURRENCE">met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2013-03-04">Monday</TIMEX3>.
<!-- a remark --> They talked for <TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3> <TIMEX3 tid="t3" type="DATE" value="2012-SU">in the summer</TIMEX3>.
They will meet again on <TIMEX3 tid="t4" type="DATE" value="2013-03-09">Friday</TIMEX3>.
</TEXT></TimeML>
END
printf 'no gold' > "$times/b.tml"

try 'times are held against TimeML: spans, overlaps, values' 0 eval --timex "$times/a.tml" --verbose
out_has '^gold 4, found 4'
out_has '^strict +P 0.750 +R 0.750 +F1 0.750'
out_has '^relaxed +P 1.000 +R 1.000 +F1 1.000'
out_has '^value +P 0.750 +R 0.750 +F1 0.750'
out_has 'in the summer.2012-SU.the summer.2012-SU'
out_has 'Friday.2013-03-09.Friday.2013-03-08'

try 'a folder of TimeML is read whole, and what is none is named' 3 eval --timex "$times"
out_has '^gold 4, found 4'
err_has 'b.tml'
