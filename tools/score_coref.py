#!/usr/bin/env python3
"""Scores who pronouns, descriptions and repeated names point back at.

usage: score_coref.py [-v] SENTOSA FILE...

FILE is CoNLL-U with Entity= in MISC (GUM; news and interviews are read, trees are left out so that the
program's own are measured), or a marked report (test/coref/README.md says how). Prints, for each kind of
mention, how many there are, how many were linked, and the share linked right.

A CoNLL-U mention counts when it is a person, an organisation or a named place that was mentioned before
(a pronoun may be named later). Left out are indefinite and demonstrative pronouns and "you", the names of
places (no coreference is needed for them), names before the head of a longer phrase ("U.S. officials"), and
"I" and "we" outside quotes, since who speaks a turn of an interview stands in comments. It is right when most
other mentions of the actor are of the same entity (for sets, and for actors known by a noun alone, the nearest), or when it is an apposition read as one
mention with what it explains. A mark is right when its actors are those that its keys name.
"""
import argparse
import collections
import json
import re
import subprocess
import sys
import tempfile

TYPES = {"person", "organization", "place"}
LINE = re.compile(r"^\d+ (name|nominal|pronoun) by (.*?) ->(.*?)  (title|body) (\d+)-(\d+)  ?(.*)$")


def read_mentions(sentosa, path, options=()):
    """Spans in bytes of the body, with the actors' ids."""
    out = subprocess.run([sentosa, "explain", "--upto", "coref", *options, path], capture_output=True, text=True)
    if out.returncode:
        sys.exit(f"{path}: {out.stderr}")
    mentions = []
    for line in out.stdout.split("\n"):
        found = LINE.match(line)
        if found and found[4] == "body":
            actors = re.findall(r"(\S+) \[", found[3])
            mentions.append((int(found[5]), int(found[6]), found[1], found[2], frozenset(actors)))
    return mentions


class Tally:
    def __init__(self):
        self.count = collections.Counter()
        self.linked = collections.Counter()
        self.right = collections.Counter()

    def add(self, kind, is_linked, is_right):
        for key in (kind, "all"):
            self.count[key] += 1
            self.linked[key] += is_linked
            self.right[key] += is_right

    def show(self, name):
        for key in sorted(self.count):
            count, linked, right = self.count[key], self.linked[key], self.right[key]
            print(f"{name} {key}: {count} mentions, linked {linked}, right {right / count:.4f}, "
                  f"of the linked {right / max(linked, 1):.2f}")


# ---- marked reports ----

def parse_marks(text):
    """Plain text and marks (start, end, keys, is_anchor): "[he|kim]", "[Kim Jong Un|kim!]"."""
    plain, marks, open_at = [], [], []
    length = i = 0
    while i < len(text):
        letter = text[i]
        if letter == "[":
            open_at.append(length)
        elif letter == "|" and open_at:
            close = text.index("]", i)
            keys = text[i + 1:close]
            marks.append((open_at.pop(), length, keys.rstrip("!").split(","), keys.endswith("!")))
            i = close
        else:
            plain.append(letter)
            length += len(letter.encode())
        i += 1
    return "".join(plain), sorted(marks)


def read_report(path):
    date, lines = None, []
    for line in open(path, encoding="utf-8"):
        if line.startswith("@"):
            date = line[1:].strip()
        elif not line.startswith("#"):
            lines.append(line)
    return date, "".join(lines).strip() + "\n"


def score_report(sentosa, path, tally, verbose):
    date, marked = read_report(path)
    text, marks = parse_marks(marked)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        json.dump({"id": "r", "title": "", "text": text, "date": date}, file)
        file.write("\n")
        file.flush()
        mentions = read_mentions(sentosa, file.name)
    by_span = {(m[0], m[1]): m for m in mentions}

    def actors_of(start, end):
        if text.encode()[:end].endswith(b"'s"):
            end -= 2
        if (start, end) in by_span:
            return by_span[start, end]
        # A name and its apposition are read as one mention.
        longer = [m for m in mentions if m[0] == start and m[1] > end]
        if longer:
            return min(longer, key=lambda m: m[1])
        # The longest mention inside, else the shortest around it.
        inside = [m for m in mentions if start <= m[0] and m[1] <= end and m[1] == end]
        around = [m for m in mentions if m[0] <= start and end <= m[1] and m[1] == end]
        if inside:
            return max(inside, key=lambda m: m[1] - m[0])
        return min(around, key=lambda m: m[1] - m[0], default=None)

    known = {}
    for start, end, keys, is_anchor in marks:
        if is_anchor:
            mention = actors_of(start, end)
            known.setdefault(keys[0], mention[4] if mention else frozenset(["?" + keys[0]]))
            if verbose and not mention:
                print(f"{path}: no mention: {text.encode()[start:end].decode()}")
    for start, end, keys, is_anchor in marks:
        if is_anchor:
            continue
        words = text.encode()[start:end].decode()
        wanted = frozenset().union(*(known[key] for key in keys))
        mention = actors_of(start, end)
        got = mention[4] if mention else frozenset()
        kind = kind_of_words(words)
        tally.add(kind, bool(got), got == wanted)
        if verbose and got != wanted:
            near = text.encode()[max(0, start - 60):end + 30].decode(errors="ignore").replace("\n", " ")
            print(f"{path}: {words!r} is {'+'.join(sorted(wanted))}, read {'+'.join(sorted(got)) or '-'} "
                  f"by {mention[3] if mention else 'nothing'}: ...{near}")


PRONOUNS = set("""he him his himself she her hers herself it its itself they them their theirs themselves who whom
whose which that i me my myself we us our ourselves each_other both you your this""".split())


def kind_of_words(words):
    if words.lower() in PRONOUNS:
        return "pronoun"
    return "nominal" if words[0].islower() or words.split()[0].lower() in ("the", "both", "his", "her", "its", "their") else "name"


# ---- CoNLL-U ----

class Mention:
    def __init__(self, entity, kind, minspan, first):
        self.entity, self.kind, self.minspan, self.first, self.end, self.head = entity, kind, minspan, first, None, None


class Document:
    def __init__(self, name):
        self.name, self.lines, self.tokens, self.mentions = name, [], [], []
        self.open = collections.defaultdict(list)
        self.length = 0
        self.has_open_quote = False

    def add_sentence(self, lines, is_new_paragraph):
        if is_new_paragraph:
            self.has_open_quote = False
        base, ranges = len(self.tokens), {}
        words, at = [], self.length
        for cells in lines:
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                for k in range(first, last + 1):
                    ranges[k] = cells
        done = set()
        for cells in lines:
            if not cells[0].isdigit():
                continue
            number = int(cells[0])
            written = ranges.get(number, cells)
            if id(written) not in done:
                done.add(id(written))
                start, at = at, at + len(written[1].encode())
                span, split = (start, at), start
                if "SpaceAfter=No" not in written[9]:
                    at += 1
            if written is not cells and written[1].startswith(cells[1], split - start):
                span = (split, split + len(cells[1]))
                split += len(cells[1])
            if cells[1] in ('"', "\u201c", "\u201d"):
                self.has_open_quote = cells[1] == "\u201c" or (cells[1] == '"' and not self.has_open_quote)
            self.tokens.append({"span": span, "form": cells[1], "is_quoted": self.has_open_quote, "upos": cells[3], "xpos": cells[4],
                                "head": base + int(cells[6]) - 1 if cells[6] != "0" else None, "deprel": cells[7]})
            self.read_entities(cells[9], base + number - 1)
        self.length = max(t["span"][1] for t in self.tokens) + 1
        for cells in lines:
            misc = "SpaceAfter=No" if "SpaceAfter=No" in cells[9] else "_"
            self.lines.append("\t".join([cells[0], cells[1]] + ["_"] * 7 + [misc]))
        self.lines.append("")

    def read_entities(self, misc, token):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        if not found:
            return
        for opened, closed in re.findall(r"\(([^()]+\)?)|([^()]+)\)", found[1]):
            if closed:
                mention = self.open[closed].pop()
                mention.end = token + 1
                continue
            cells = opened.rstrip(")").split("-")
            mention = Mention(cells[0], cells[1], cells[4] if len(cells) > 4 else "", token)
            self.mentions.append(mention)
            if opened.endswith(")"):
                mention.end = token + 1
            else:
                self.open[cells[0]].append(mention)

    def set_heads(self):
        for mention in self.mentions:
            mention.end = mention.end or mention.first + 1
            mention.head = self.head_of(mention.first, mention.end)

    def head_of(self, first, end):
        for i in range(first, end):
            head = self.tokens[i]["head"]
            if self.tokens[i]["deprel"] != "punct" and (head is None or not first <= head < end):
                return i
        return end - 1


def documents(path):
    document, sentence, is_new_paragraph = None, [], False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            if document:
                yield document
            document = Document(line[14:])
        elif line.startswith("# newpar"):
            is_new_paragraph = True
        elif line and not line.startswith("#"):
            sentence.append(line.split("\t"))
        elif not line and sentence:
            document.add_sentence(sentence, is_new_paragraph)
            sentence, is_new_paragraph = [], False
    if document:
        yield document


SPOKEN = set("i me my mine myself we us our ours ourselves".split())
INDEFINITE = set("""you your yours yourself yourselves someone somebody anyone anybody everyone everybody no-one
nobody one all some many others this that these those what""".split())


def is_scored(document, mention):
    head = document.tokens[mention.head]
    form = head["form"].lower()
    if form in INDEFINITE or (form in SPOKEN and not head["is_quoted"]):
        return None
    if head["upos"] in ("PRON", "DET"):
        return "pronoun" if head["upos"] == "PRON" or head["xpos"] == "PRP$" else None
    if head["upos"] == "PROPN":
        is_inner = head["deprel"] in ("compound", "amod", "flat", "nmod:desc", "nmod:unmarked")
        return None if mention.kind == "place" or is_inner else "name"
    first = document.tokens[mention.first]["form"].lower()
    is_definite = first in ("the", "this", "that", "these", "those", "both") or any(
        document.tokens[i]["head"] == mention.head and document.tokens[i]["deprel"] == "nmod:poss"
        for i in range(mention.first, mention.head))
    return "nominal" if head["upos"] == "NOUN" and is_definite else None


def score_document(sentosa, document, tally, verbose):
    document.set_heads()
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
        file.write("\n".join(document.lines) + "\n")
        file.flush()
        read = read_mentions(sentosa, file.name)
    actors, spans = {}, []
    for start, end, kind, rule, ids in read:
        inside = [i for i, t in enumerate(document.tokens) if t["span"][0] >= start and t["span"][1] <= end]
        if inside:
            actors.setdefault(document.head_of(inside[0], inside[-1] + 1), (ids, rule))
            spans.append((inside[0], inside[-1] + 1))
    seen = collections.Counter()
    ordered = sorted(document.mentions, key=lambda m: (m.first, -m.end))
    total = collections.Counter(m.entity for m in ordered)
    named = {m.entity for m in ordered if document.tokens[m.head]["upos"] == "PROPN"}
    for at, mention in enumerate(ordered):
        kind = is_scored(document, mention)
        is_first = not seen[mention.entity]
        seen[mention.entity] += 1
        if mention.kind not in TYPES or not kind or (is_first and (kind != "pronoun" or total[mention.entity] < 2)):
            continue
        if mention.kind == "place" and mention.entity not in named:
            continue
        ids, rule = actors.get(mention.head, (frozenset(), "nothing"))
        # Who the actors are is voted by their other mentions: names and nouns before pronouns. Nested mentions
        # may share a head ("the parents" in "the parents here"): each has a vote.
        votes = collections.Counter()
        for other in ordered:
            if ids and other.head != mention.head and actors.get(other.head, (None,))[0] == ids:
                votes[other.entity] += 1 if document.tokens[other.head]["upos"] == "PRON" else 100
        is_voted = bool(votes) and votes[mention.entity] == max(votes.values())
        if len(ids) != 1 or not re.match(r"(person|state|org|report)/", min(ids)):
            # Sets and actors that are no more than a noun: the nearest before it says which.
            near = next((m for m in reversed(ordered[:at]) if m.head != mention.head and ids and
                         actors.get(m.head, (None,))[0] == ids), None)
            is_voted = near is not None and any(m.entity == mention.entity for m in ordered if m.head == near.head)
        is_apposition = document.tokens[mention.head]["deprel"] == "appos" and any(
            first <= document.tokens[mention.head]["head"] < mention.head < end for first, end in spans)
        is_right = is_apposition or is_voted
        tally.add(kind, bool(ids) or is_apposition, is_right)
        if verbose and not is_right:
            words = [t["form"] for t in document.tokens[mention.first:mention.end]]
            before = " ".join(t["form"] for t in document.tokens[max(0, mention.first - 12):mention.first])
            after = " ".join(t["form"] for t in document.tokens[mention.end:mention.end + 5])
            true = next((m for m in ordered if m.entity == mention.entity), None)
            true_words = " ".join(t["form"] for t in document.tokens[true.first:true.end][:6])
            print(f"{document.name[4:]} {kind} {mention.kind}: {before} [[{' '.join(words[:10])}]] {after}\n"
                  f"      is {true_words!r}, read {'+'.join(sorted(ids)) or '-'} by {rule}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", action="store_true")
    parser.add_argument("--genres", default="news,interview")
    parser.add_argument("sentosa")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    tally = Tally()
    for path in args.files:
        if not path.endswith(".conllu"):
            score_report(args.sentosa, path, tally, args.v)
            continue
        for document in documents(path):
            if any(f"_{genre}_" in document.name for genre in args.genres.split(",")):
                score_document(args.sentosa, document, tally, args.v)
    tally.show("coref")


main()
