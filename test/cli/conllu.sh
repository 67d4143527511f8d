# conllu.sh: trees printed, and trees held against trees.
# shellcheck shell=sh disable=SC2154

gold=$tmp/gold.conllu
{
    printf '1-2\tdon'"'"'t\t_\t_\t_\t_\t_\t_\t_\t_\n'
    printf '1\tdo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n'
    printf '2\tn'"'"'t\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n'
    printf '3\tshoot\tshoot\tVERB\t_\t_\t0\troot\t_\t_\n'
    printf '4\tAbu\tAbu\tPROPN\t_\t_\t3\tobj\t_\tNER=B-PERSON\n'
    printf '5\tBakr\tBakr\tPROPN\t_\t_\t4\tflat\t_\tNER=I-PERSON|SpaceAfter=No\n\n'
    printf '1\tStop\tstop\tVERB\t_\t_\t0\troot\t_\t_\n\n'
} > "$gold"
system=$tmp/system.conllu
{
    printf '1\tdo\tdo\tAUX\t_\t_\t3\taux:pass\t_\tSpaceAfter=No\n'
    printf '2\tn'"'"'t\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n'
    printf '3\tshoot\tShoot\tNOUN\t_\t_\t0\troot\t_\t_\n'
    printf '4\tAbu\tAbu\tPROPN\t_\t_\t5\tcompound\t_\tNER=B-PERSON\n'
    printf '5\tBakr\tBakr\tPROPN\t_\t_\t3\tobj\t_\t_\n'
    printf '6\tStop\tstop\tVERB\t_\t_\t3\tparataxis\t_\t_\n\n'
} > "$system"

try 'gold against itself is right in all' 0 eval --conllu "$gold" "$gold"
out_has '^Sentences +100.00 +100.00 +100.00'
out_has '^LAS +100.00 +100.00 +100.00'
out_has '^Names +100.00 +100.00 +100.00'

# Six words; of the heads those of do, n't, shoot are right; subtypes do not count.
try 'words of a token are paired by form, subtypes are cut, names are whole' 0 eval --conllu "$gold" "$system"
out_has '^Sentences +0.00 +0.00 +0.00'
out_has '^Words +100.00 +100.00 +100.00'
out_has '^UPOS +83.33 '
out_has '^Lemmas +83.33 '
out_has '^UAS +50.00 '
out_has '^LAS +50.00 '
out_has '^  PERSON +0.00 '

{
    printf '1\tdon\t_\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n'
    printf '2\t'"'"'t\t_\tX\t_\t_\t1\tdep\t_\t_\n'
    printf '3\tshoot\t_\tX\t_\t_\t1\tdep\t_\t_\n'
    printf '4\tAbu\t_\tX\t_\t_\t1\tdep\t_\t_\n'
    printf '5\tBakrStop\t_\tX\t_\t_\t1\tdep\t_\t_\n\n'
} > "$tmp/cut.conllu"
try 'words cut in another way are not paired' 0 eval --conllu "$gold" "$tmp/cut.conllu"
out_has '^Words +40.00 +33.33 +36.36'

sed 's/Stop/Go/' "$gold" > "$tmp/other.conllu"
try 'two texts cannot be compared' 4 eval --conllu "$gold" "$tmp/other.conllu"
err_has 'differ after 17 bytes'
out_is_empty

printf '1\ta\t_\n' > "$tmp/short.conllu"
try 'a short line is named' 4 eval --conllu "$gold" "$tmp/short.conllu"
err_has 'short.conllu:1: a word needs ten columns'

try 'a file that is not there is named' 4 eval --conllu "$gold" "$tmp/none.conllu"
err_has 'none.conllu'

try 'two files are needed' 2 eval --conllu "$gold"
err_has '^usage: sentosa eval --conllu'

if ! has_engine; then
    skip 'parse' 'there are no weights'
    return 0
fi
printf 'Friday, May 8, 2009\n\nRABAT (Reuters) - Mali and Niger met.\n\nShare this article\n\n%s\n' \
    'Wir haben das nicht gewusst, und das ist auch gut so. Alles ist gesagt.' > "$tmp/all.txt"
try 'parse leaves nothing out' 0 parse "$tmp/all.txt"
for word in Friday 2009 RABAT Reuters met Share article gewusst gesagt; do
    out_has "^[0-9]+	$word	"
done

# Every token one line of ten columns, in well-formed UTF-8.
try_parsed() {
    try "$1" 0 parse "$2"
    out_lacks '^[0-9]+	[^	]*$'
    iconv -f UTF-8 -t UTF-8 "$tmp/out" > /dev/null 2>&1 || fault 'the output is not UTF-8'
}

i=0
while [ "$i" -lt 1000 ]; do
    printf 'the ministers of Kenya and Sudan said that troops '
    i=$((i + 1))
done > "$tmp/long.txt"
try_parsed 'nine thousand words without a stop are read in stretches' "$tmp/long.txt"
out_has '^[0-9]+	troops	'

{
    printf '\360\237\230\200\360\237\230\200 Kenya \360\237\207\260\360\237\207\252 won.\n\nword\n\n.\n\n'
    printf '\331\202\330\247\331\204 \330\247\331\204\330\261\330\246\331\212\330\263. \327\251\327\234\327\225\327\235\n\n'
    printf 'Sudan\007 said\033[31m red \342\200\256end\342\200\254.\n\n'
    i=0
    while [ "$i" -lt 200 ]; do
        printf 'e\314\201\314\201\303\251(('
        i=$((i + 1))
    done
} > "$tmp/odd.txt"
try_parsed 'emoji, right-to-left scripts, control characters and long words are read' "$tmp/odd.txt"
out_has '^1	word	'
out_has '	Kenya	'
