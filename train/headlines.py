#!/usr/bin/env python3
"""headlines.py: gold sentences rewritten as headlines, with their trees, so that the engine learns their grammar.

Articles and the auxiliary "be" go, "will" becomes "to", "and" between parties a comma, the past of the main verbs the
present, the final stop goes: "Kenya and Chad will meet on the border." -> "Kenya, Chad to meet on border".
Deterministic: what is done to a sentence hangs on its place alone. Names are left out (they are not annotated anew).

usage: headlines.py TREEBANK.conllu... > headlines.conllu
"""
import sys

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)
SHORTEST, LONGEST = 4, 32
SINGULAR = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
PLURAL = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
IRREGULAR = {"be": ("is", "are"), "have": ("has", "have"), "do": ("does", "do"), "go": ("goes", "go")}


def sentences(path):
    rows = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield rows
                rows = []
            elif line[0] != "#":
                cells = line.split("\t")
                if cells[ID].isdigit():
                    rows.append(cells)
    if rows:
        yield rows


def present(lemma, is_singular):
    if lemma in IRREGULAR:
        return IRREGULAR[lemma][0 if is_singular else 1]
    if not is_singular:
        return lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and len(lemma) > 2 and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def is_main(rows, cells):
    """The root, or a verb joined to it."""
    return cells[HEAD] == "0" or (cells[DEPREL] == "conj" and rows[int(cells[HEAD]) - 1][HEAD] == "0")


def is_dropped(rows, children, cells, number, turn):
    if children[number]:
        return False
    relation, lemma = cells[DEPREL], cells[LEMMA].lower()
    if relation == "det" and lemma in ("a", "an", "the"):
        return True
    if relation in ("aux", "aux:pass") and lemma in ("be", "have"):
        beside = [rows[n - 1] for n in children[int(cells[HEAD])] if rows[n - 1][DEPREL].startswith("aux")]
        lemmas = {aux[LEMMA].lower() for aux in beside}
        return "be" in lemmas and lemmas <= {"be", "have"}  # "may be killed" keeps both
    if relation == "cop" and lemma == "be":
        return turn % 2 == 0
    return number == len(rows) and cells[UPOS] == "PUNCT"


def rewrite(rows, turn):
    children = {n: [] for n in range(len(rows) + 1)}
    for number, cells in enumerate(rows, 1):
        children[int(cells[HEAD])].append(number)
    root = children[0][0]
    subjects = [n for n in children[root] if rows[n - 1][DEPREL] in ("nsubj", "nsubj:pass")]
    if not subjects or rows[subjects[0] - 1][UPOS] == "PRON" or subjects[0] > root:
        return None
    is_singular = "Number=Plur" not in rows[subjects[0] - 1][FEATS] and not any(
        rows[n - 1][DEPREL] == "conj" for n in children[subjects[0]])
    kept, changed = [], 0
    for number, cells in enumerate(rows, 1):
        cells = list(cells)
        if is_dropped(rows, children, cells, number, turn):
            changed += 1
            continue
        head = int(cells[HEAD])
        lemma = cells[LEMMA].lower()
        if cells[DEPREL] == "aux" and lemma == "will" and not children[number]:
            cells[FORM:FEATS + 1] = ["to", "to", "PART", "TO", "_"]
            cells[DEPREL] = "mark"
            changed += 1
        elif (cells[DEPREL] == "cc" and lemma == "and" and not children[number] and
              rows[head - 1][DEPREL] == "conj" and int(rows[head - 1][HEAD]) in subjects):
            cells[FORM:FEATS + 1] = [",", ",", "PUNCT", ",", "_"]
            cells[DEPREL] = "punct"
            changed += 1
        elif (cells[UPOS] == "VERB" and "Tense=Past" in cells[FEATS] and "VerbForm=Fin" in cells[FEATS] and
              is_main(rows, cells) and turn % 4):
            cells[FORM] = present(cells[LEMMA], is_singular)
            cells[XPOS], cells[FEATS] = ("VBZ", SINGULAR) if is_singular else ("VBP", PLURAL)
            changed += 1
        kept.append((number, cells))
    if changed < 2 or len(kept) < SHORTEST:
        return None
    places = {number: at for at, (number, _) in enumerate(kept, 1)}
    places[0] = 0
    out = []
    for number, cells in kept:
        cells[ID] = str(places[number])
        cells[HEAD] = str(places[int(cells[HEAD])])
        cells[DEPS] = cells[MISC] = "_"
        out.append(cells)
    first = out[0][FORM]
    out[0][FORM] = first[:1].upper() + first[1:]
    return out


def main(paths):
    turn = 0
    for path in paths:
        for rows in sentences(path):
            turn += 1
            if len(rows) > LONGEST:
                continue
            headline = rewrite(rows, turn)
            if not headline:
                continue
            print(f"# sent_id = headline-{turn}")
            print("# text = " + " ".join(cells[FORM] for cells in headline))
            for cells in headline:
                print("\t".join(cells))
            print()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__.strip().splitlines()[-1])
    main(sys.argv[1:])
