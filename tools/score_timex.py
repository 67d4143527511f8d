#!/usr/bin/env python3
"""Scores the reading of times against TimeML documents, as TempEval-3 does.

usage: score_timex.py [--program build/sentosa] [--misses N] [--date] FILE.tml ...

The words of <TEXT> are read by `sentosa explain --upto time --json` with the document's creation time
as its day. Printed: precision, recall and F1 of strict spans, of overlapping (relaxed) spans, and value
F1: relaxed F1 times the share of overlapping pairs whose TIMEX3 value is the same. --misses prints the
first N differences.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
import xml.sax.saxutils as xml


def read_gold(path):
    source = open(path, encoding="utf-8").read()
    created = re.search(r"<DCT>.*?value=\"([^\"]*)\"", source, re.S)
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.S).group(1)
    text, gold, at = "", [], 0
    for tag in re.finditer(r"<TIMEX3([^>]*)>(.*?)</TIMEX3>", body, re.S):
        text += xml.unescape(re.sub(r"<[^>]*>", "", body[at:tag.start()]), {"&quot;": '"', "&apos;": "'"})
        words = xml.unescape(re.sub(r"<[^>]*>", "", tag.group(2)), {"&quot;": '"', "&apos;": "'"})
        value = re.search(r"value=\"([^\"]*)\"", tag.group(1))
        start = len(text)
        text += words
        gold.append((start, len(text), value.group(1) if value else "", words))
        at = tag.end()
    text += xml.unescape(re.sub(r"<[^>]*>", "", body[at:]), {"&quot;": '"', "&apos;": "'"})
    return text, gold, created.group(1)[:10] if created else None


def read_times(program, text, day):
    """Found times in characters of the text, whatever part they stand in."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [program, "explain", "--upto", "time", "--json", file.name]
        if day:
            command += ["--date", day]
        done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    raw = text.encode()
    found = []
    for line in done.stdout.decode().splitlines():
        at = 0
        for time in json.loads(line)["times"]:
            words = time["text"].encode()
            start, end = time["span"]
            if raw[start:end] != words:
                start = raw.find(words, at)
                end = start + len(words)
            at = start
            found.append((len(raw[:start].decode()), len(raw[:end].decode()), time["value"] or "",
                          time["text"]))
    return found


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--program", default="build/sentosa")
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("files", nargs="+")
    args = options.parse_args()
    gold_count = found_count = strict = relaxed = same = 0
    misses = []
    for path in args.files:
        text, gold, day = read_gold(path)
        found = read_times(args.program, text, day)
        gold_count += len(gold)
        found_count += len(found)
        used = set()
        for g in gold:
            hits = [i for i, f in enumerate(found) if f[0] < g[1] and g[0] < f[1] and i not in used]
            exact = [i for i in hits if found[i][:2] == g[:2]]
            if not hits:
                misses.append(("missed", path[-18:], g[3], g[2], "", ""))
                continue
            hit = (exact or hits)[0]
            used.add(hit)
            relaxed += 1
            strict += bool(exact)
            same += found[hit][2] == g[2]
            if not exact or found[hit][2] != g[2]:
                misses.append(("span" if found[hit][2] == g[2] else "value", path[-18:], g[3], g[2],
                               found[hit][3], found[hit][2]))
        for i, f in enumerate(found):
            if i not in used:
                misses.append(("extra", path[-18:], "", "", f[3], f[2]))
    for miss in misses[:args.misses]:
        print("\t".join(word.replace("\n", " ") for word in miss))

    def f1(hits):
        precision, recall = hits / max(found_count, 1), hits / max(gold_count, 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)

    print(f"gold {gold_count}, found {found_count}")
    for name, hits in (("strict", strict), ("relaxed", relaxed), ("value", same)):
        print("{:8} P {:.3f}  R {:.3f}  F1 {:.3f}".format(name, *f1(hits)))


if __name__ == "__main__":
    main()
