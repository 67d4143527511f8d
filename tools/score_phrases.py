#!/usr/bin/env python3
"""Scores phrases that name a party against test/gold/phrases.tsv.

usage: score_phrases.py SENTOSA [FILE...]    prints country right, sector right, and a line for each phrase missed
"""
import json
import subprocess
import sys

GOLD = ["test/gold/phrases.tsv"]


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and line[0] != "#":
                phrase, code, sectors, date = line.rstrip("\n").split("\t")
                yield {"phrase": phrase, "date": date}, code.split("|"), sectors.split("|")


def main():
    gold = [row for path in sys.argv[2:] or GOLD for row in rows(path)]
    asked = "".join(json.dumps(phrase) + "\n" for phrase, _, _ in gold)
    told = subprocess.run([sys.argv[1], "resolve"], input=asked, capture_output=True, text=True, check=True).stdout
    countries = sectors = 0
    for (phrase, codes, wanted), line in zip(gold, told.splitlines()):
        got = json.loads(line)
        is_country = (got["code"] or "-") in codes
        is_sector = (got["sector"] or "-") in wanted
        countries += is_country
        sectors += is_sector
        if not (is_country and is_sector):
            print(f"{phrase['phrase']} ({phrase['date']}): {'|'.join(codes)} {'|'.join(wanted)}, "
                  f"got {got['code']} {got['sectors']} {got['actor']} by {got['rule']}")
    print(f"country right {countries / len(gold):.3f}\nsector right {sectors / len(gold):.3f}\nphrases {len(gold)}")


if __name__ == "__main__":
    main()
