#!/usr/bin/env python3
"""Draws sentences at random from CoNLL-U for a teacher to label: so many words of each file."""
import argparse
import random

LEAST, MOST = 5, 60  # words of a sentence


def read(path):
    """Sentences as their words and their lines; those too short, too long or without a word of
    letters are left out."""
    lines = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line:
                lines.append(line)
                continue
            words = tuple(row.split("\t")[1] for row in lines if row[0] != "#")
            if LEAST <= len(words) <= MOST and any(word.isalpha() for word in words):
                yield words, lines
            lines = []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("source", nargs="+", metavar="WORDS:FILE")
    parser.add_argument("--besides", nargs="*", default=[], metavar="FILE",
                        help="sentences drawn before, which are not drawn again")
    parser.add_argument("--seed", type=int, default=1)
    o = parser.parse_args()
    random.seed(o.seed)
    seen = {words for path in o.besides for words, _ in read(path)}
    with open(o.out, "w", encoding="utf-8") as out:
        for source in o.source:
            wanted, path = source.split(":", 1)
            sentences = list(read(path))
            random.shuffle(sentences)
            drawn = 0
            for words, lines in sentences:
                if drawn >= int(wanted):
                    break
                if words in seen:
                    continue
                seen.add(words)
                drawn += len(words)
                out.write("\n".join(lines) + "\n\n")
            print(f"{path}: {drawn} words")


if __name__ == "__main__":
    main()
