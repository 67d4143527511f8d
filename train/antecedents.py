#!/usr/bin/env python3
"""Fits data/en/antecedents.tsv: how likely a pronoun means what was spoken of before.

usage: antecedents.py [--only COLUMN] SENTOSA UD-FOLDER MARKED... > antecedents.tsv
       --only fits one column, person, thing or several, and prints the others as the table has them.
       SENTOSA is built with the trace of the ranker:
           make BUILD=build/trace EXTRA_CFLAGS='-O2 -DCOREF_TRACE' build/trace/sentosa build/trace/sentosa.pack
       UD-FOLDER holds en_gum-train.conllu and en_gum-dev.conllu; MARKED are the reports of test/coref.

A conditional logit: of the entries that a pronoun may mean, and nobody, the probability of each is proportional to
exp(sum of the weights of what is true of it). The likelihood of those that the corpus calls the same is raised by
AdaGrad towards a prior, the weights set by hand of PRIOR, from which a column strays as far as its data carry it.
News counts more than other genres. Prints the table; on standard error, for each column, how many pronouns are right
before and after, on the training part, on the marked reports and on the dev part (which is never fitted).
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COLUMNS = ("person", "thing", "several")
PRIOR = {
    "both subjects": (8, 8, 8), "gender not known": (-3, 0, 0), "in the main clause": (6, 6, 6),
    "itself a pronoun": (4, 4, 4), "joined": (12, 12, 12), "known by a noun alone": (-8, -6, 0),
    "modifier": (-25, -25, -25), "no party": (14, 14, 14), "nobody": (39, 39, 39), "object": (8, 8, 8),
    "one for many": (0, 0, -12), "owner": (4, 4, 4), "owner and no party": (-22, -22, -22),
    "owner and subject of its clause": (16, 16, 16), "root": (12, 12, 12), "same sentence": (60, 60, 60),
    "sentence before": (52, 52, 52), "subject": (25, 25, 25), "subject of the verb of saying above": (16, 16, 16),
    "three sentences before": (15, 15, 15), "times named": (2, 1, 1), "two sentences before": (30, 30, 30),
}
SCALE = 3.5       # of the prior, whose numbers were made for another scale
PULL = 1.0        # towards the prior
ROUNDS, RATE = 250, 0.1
GENRES = collections.defaultdict(lambda: 0.7, news=3, interview=2, speech=2, court=2, bio=1, own=8)
UNSAID = 0.3      # weight of an "it" that means nothing the corpus marks


def scorer():
    """The readers of tools/score_coref.py."""
    with open(os.path.join(ROOT, "tools/score_coref.py"), encoding="utf-8") as file:
        source = file.read().replace("\nmain()\n", "\n")
    names = {}
    exec(compile(source, "score_coref", "exec"), names)
    return names


def trait_names():
    with open(os.path.join(ROOT, "src/stage/coref_rank.c"), encoding="utf-8") as file:
        table = file.read().split("trait_names[TRAIT_COUNT] = {")[1].split("};")[0]
    return re.findall(r'= "([^"]+)"', table)


def trace(sentosa, path):
    """(byte of the pronoun, column) -> [(byte of the entry, traits, actors)]."""
    out = subprocess.run([sentosa, "explain", "--upto", "coref", path], capture_output=True, text=True)
    found = collections.OrderedDict()
    for line in out.stderr.split("\n"):
        if line.startswith("trace\t"):
            _, pronoun, entry, column, traits, actors = line.split("\t")
            row = (int(entry), [int(x) for x in traits.split()], frozenset(actors.split()))
            found.setdefault((int(pronoun), int(column)), []).append(row)
    return found


def of_corpus(sentosa, names, path):
    """[(genre, column, traits of each entry, is each the pronoun's)]"""
    pronouns = []
    for document in names["documents"](path):
        document.set_heads()
        with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
            file.write("\n".join(document.lines) + "\n")
            file.flush()
            traced = trace(sentosa, file.name)
        entities = collections.defaultdict(set)
        for mention in document.mentions:
            entities[document.tokens[mention.head]["span"][0]].add(mention.entity)
        genre = document.name.split("_")[1]
        for (pronoun, column), rows in traced.items():
            same = [bool(entities[pronoun] & entities[entry]) for entry, _, _ in rows]
            pronouns.append((genre, column, numpy.array([r[1] for r in rows], float), numpy.array(same)))
    return pronouns


def of_reports(sentosa, names, paths):
    pronouns = []
    for path in paths:
        date, marked = names["read_report"](path)
        text, marks = names["parse_marks"](marked)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            json.dump({"id": "r", "title": "", "text": text, "date": date}, file)
            file.write("\n")
            file.flush()
            mentions = names["read_mentions"](sentosa, file.name)
            traced = trace(sentosa, file.name)
        known = {}
        for start, end, keys, is_anchor in marks:
            near = [m for m in mentions if m[0] <= start and m[1] >= end] if is_anchor else []
            if near:
                known.setdefault(keys[0], min(near, key=lambda m: m[1] - m[0])[4])
        meant = {start: frozenset().union(*(known[key] for key in keys))
                 for start, _, keys, is_anchor in marks if not is_anchor and all(key in known for key in keys)}
        for (pronoun, column), rows in traced.items():
            if pronoun in meant:
                same = [actors == meant[pronoun] for _, _, actors in rows]
                pronouns.append(("own", column, numpy.array([r[1] for r in rows], float), numpy.array(same)))
    return pronouns


def right(pronouns, column, weights):
    """How many that have an antecedent are led to it."""
    count = hits = 0
    for _, mine, traits, same in pronouns:
        if mine != column or not same.any():
            continue
        points = traits @ weights
        best = int(points.argmax())
        count += 1
        hits += bool(points[best] > weights[-1] and same[best])
    return f"{hits} of {count}"


def fit(pronouns, column, prior):
    weights, steepness = prior.copy(), numpy.full(len(prior), 1e-6)
    mine = []
    for genre, its, traits, same in pronouns:
        if its != column or not (same.any() or column == 1):
            continue
        nobody = numpy.zeros(len(prior))
        nobody[-1] = 1
        factor = GENRES[genre] if same.any() else GENRES[genre] * UNSAID
        mine.append((factor, numpy.vstack([traits, nobody]), numpy.append(same, not same.any())))
    for _ in range(ROUNDS):
        slope = -PULL * (weights - prior)
        for factor, traits, same in mine:
            odds = numpy.exp(traits @ weights - (traits @ weights).max())
            wanted = numpy.where(same, odds, 0)
            slope += factor * ((wanted / wanted.sum() - odds / odds.sum()) @ traits)
        steepness += slope * slope
        weights = weights + RATE * slope / numpy.sqrt(steepness)
    return weights


def table():
    """The head of the table, and trait -> the weights that it has."""
    with open(os.path.join(ROOT, "data/en/antecedents.tsv"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    rows = [line.split("\t") for line in lines if line[0] != "#"]
    return [line for line in lines if line[0] == "#"], {row[0]: [int(x) for x in row[1:]] for row in rows}


def main():
    arguments = sys.argv[1:]
    only = arguments[1] if arguments[:1] == ["--only"] else None
    sentosa, folder, *marked = arguments[2:] if only else arguments
    if not marked or (only and only not in COLUMNS):
        sys.exit(__doc__.split("\n\n")[1])
    head, known = table()
    names, traits = scorer(), trait_names()
    train = of_corpus(sentosa, names, os.path.join(folder, "en_gum-train.conllu"))
    dev = of_corpus(sentosa, names, os.path.join(folder, "en_gum-dev.conllu"))
    own = of_reports(sentosa, names, marked)
    fitted = []
    for column, name in enumerate(COLUMNS):
        if only and name != only:
            fitted.append([known.get(trait, [0, 0, 0])[column] for trait in traits])
            continue
        prior = numpy.array([PRIOR.get(trait, (0, 0, 0))[column] * SCALE / 100 for trait in traits])
        weights = fit(train + own, column, prior)
        fitted.append(numpy.round(100 * weights).astype(int))
        for part, pronouns in (("train", train), ("reports", own), ("dev", dev)):
            print(f"{name} {part}: {right(pronouns, column, prior)} right, then "
                  f"{right(pronouns, column, weights)}", file=sys.stderr)
    print("\n".join(head))
    for row in sorted("\t".join([trait] + [str(w[i]) for w in fitted]) for i, trait in enumerate(traits)):
        print(row)


main()
