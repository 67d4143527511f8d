# train.sh: the trainer of the weights, on a treebank of a few words.
# shellcheck shell=sh disable=SC2154,SC2034

trainer=$PWD/$build/sentosa-train
if ! [ -x "$trainer" ]; then
    skip 'train' 'the trainer is not built'
    return 0
fi

row() {
    printf '%s\t%s\t%s\t%s\t_\t_\t%s\t%s\t_\t%s\n' "$@"
}

mkdir -p "$tmp/bank"
i=0
while [ "$i" -lt 40 ]; do
    row 1 Kenya Kenya PROPN 2 nsubj Entity='(1-place-giv:act-1-coref)'
    row 2 warned warn VERB 0 root _
    row 3 Sudan Sudan PROPN 2 obj Entity='(2-place-giv:act-1-coref)'
    row 4 . . PUNCT 2 punct _
    echo
    row 1 Troops troop NOUN 2 nsubj _
    row 2 left leave VERB 0 root _
    row 3 . . PUNCT 2 punct _
    echo
    i=$((i + 1))
done > "$tmp/bank/en_gum-train.conllu"
for file in en_gum-dev en_ewt-train en_ewt-dev; do
    cp "$tmp/bank/en_gum-train.conllu" "$tmp/bank/$file.conllu"
done
sed 's/Entity=.*/NER=B-PLACE/; s/warned/told/' "$tmp/bank/en_gum-train.conllu" > "$tmp/silver.conllu"
echo '{"dimensions":2,"words":["kenya","left"],"vectors":{"kenya":[1,0],"left":[0,1]}}' > "$tmp/words.json"
python3 train/vectors.py "$tmp/words.json" "$tmp/words.bin" 2

learn() { # weights, further options
    out=$1
    shift
    "$trainer" --data "$tmp/bank" --vectors "$tmp/words.bin" --silver "$tmp/silver.conllu" \
        --epochs 3 --out "$out" "$@" > "$tmp/out" 2> "$tmp/err" || fault 'the trainer failed'
}

close_test
name='a seed gives the same weights in one run and in a run that was stopped' bad=
learn "$tmp/whole.bin"
learn "$tmp/parts.bin" --checkpoint "$tmp/run.ck" --until 2
learn "$tmp/parts.bin" --checkpoint "$tmp/run.ck"
cmp -s "$tmp/whole.bin" "$tmp/parts.bin" || fault 'the weights differ'

close_test
name='a run starts from weights that were written before' bad=
learn "$tmp/again.bin" --start "$tmp/whole.bin" --until 0
[ "$(stat -c %s "$tmp/whole.bin")" = "$(stat -c %s "$tmp/again.bin")" ] || fault 'another size'

close_test
name='another seed gives other weights' bad=
learn "$tmp/other.bin" --seed 2
! cmp -s "$tmp/whole.bin" "$tmp/other.bin" || fault 'the weights are the same'
rm -f "$tmp"/*.bin "$tmp/run.ck"
