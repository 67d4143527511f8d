#!/usr/bin/env python3
"""A teacher for the English engine: MiniLM, fine-tuned on the treebanks, labels plain news.

usage: train/teacher.py fit MINILM OUT --gold FILE... --dev FILE... [--names FILE...]
                        [--epochs N | --steps N] [--start TEACHER] [--rate X] [--seed N]
       train/teacher.py label MINILM TEACHER IN.conllu OUT.conllu [--sure X]

MINILM is a folder with model.safetensors and vocab.txt of all-MiniLM-L6-v2; FILE is CoNLL-U as
`sentosa-train --list` writes it; a file without any NER= is taken as not annotated for names.
--names takes two columns, word and label (those of WikiGold and CrossNER; others are unknown).
`label` keeps the sentences that the teacher gives a projective tree of one root, surely enough.

Parser: biaffine arcs and labels (Dozat and Manning 2017) over a mix of MiniLM's layers.
"""
import argparse
import json
import random
import struct
import sys
import time
import unicodedata

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

WIDTH, HEADS, LAYERS = 384, 12, 6
SHAPES = 6
KINDS = ("PERSON", "ORG", "PLACE", "FAC", "NORP", "EVENT")
PLAIN_KINDS = {
    # WikiGold
    "PER": "PERSON", "ORG": "ORG", "LOC": "PLACE",
    # CrossNER
    "person": "PERSON", "politician": "PERSON", "scientist": "PERSON", "researcher": "PERSON",
    "writer": "PERSON", "musicalartist": "PERSON", "organisation": "ORG",
    "politicalparty": "ORG", "university": "ORG", "band": "ORG", "country": "PLACE",
    "location": "PLACE", "event": "EVENT", "election": "EVENT", "conference": "EVENT",
}
IGNORED = -100


# ---- treebanks ----

class Sentence:
    """Columns of one sentence; heads count from 1, 0 is the root."""

    def __init__(self):
        self.lines, self.forms, self.lemmas, self.tags = [], [], [], []
        self.heads, self.labels, self.names = [], [], []
        self.comments = []


def read_conllu(path):
    sentences, sentence, named = [], Sentence(), False
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line:
                if sentence.forms:
                    sentences.append(sentence)
                sentence = Sentence()
            elif line[0] == "#":
                sentence.comments.append(line)
            else:
                cells = line.split("\t")
                if not cells[0].isdigit():
                    continue
                sentence.lines.append(cells)
                sentence.forms.append(cells[1])
                sentence.lemmas.append(cells[2])
                sentence.tags.append(cells[3] + " " + cells[5])
                sentence.heads.append(int(cells[6]) if cells[6].isdigit() else IGNORED)
                sentence.labels.append(cells[7])
                name = [m[4:] for m in cells[9].split("|") if m.startswith("NER=")]
                named = named or bool(name)
                sentence.names.append(name[0] if name else "O")
    if not named:
        for sentence in sentences:
            sentence.names = None
    return sentences


def read_names(path):
    """Words and labels of two columns, without trees."""
    sentences, sentence = [], Sentence()
    with open(path, encoding="utf-8") as file:
        for line in file:
            cells = line.split()
            if len(cells) < 2:
                if sentence.forms:
                    sentences.append(sentence)
                sentence = Sentence()
                continue
            kind = cells[-1][2:]
            label = "O" if cells[-1] == "O" else PLAIN_KINDS.get(kind, "?")
            before = sentence.names[-1] if sentence.names else "O"
            if label not in "O?":
                goes_on = before[2:] == label and cells[-1][0] == "I"
                label = ("I-" if goes_on else "B-") + label
            sentence.forms.append(cells[0])
            sentence.names.append(label)
    return sentences


def script_of(form, lemma):
    """The lemma as an edit of the folded word, or of the word as written."""
    for written, word in ((0, form.lower()), (1, form)):
        common = 0
        while common < min(len(word), len(lemma)) and word[common] == lemma[common]:
            common += 1
        if common or lemma == word or len(word) <= 4:
            return f"{written} {len(word) - common} {lemma[common:]}"
    return None


def apply_script(script, form):
    written, strip, add = script.split(" ", 2)
    word = form if written == "1" else form.lower()
    strip = int(strip)
    return word[:len(word) - strip] + add if strip <= len(word) else word


def bilou(names):
    """BIO names as BILOU numbers: 0, then 4 for each kind."""
    if names is None:
        return None
    out = []
    for i, name in enumerate(names):
        if name in "O?":
            out.append(0 if name == "O" else IGNORED)
            continue
        kind = KINDS.index(name[2:])
        goes_on = i + 1 < len(names) and names[i + 1] == "I-" + name[2:]
        place = (0 if goes_on else 3) if name[0] == "B" else (1 if goes_on else 2)
        out.append(1 + 4 * kind + place)
    return out


# ---- word pieces ----

class Pieces:
    """Greedy longest match over the vocabulary, words folded and without accents."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.numbers = {line.rstrip("\n"): i for i, line in enumerate(file)}
        self.known = {}
        self.unknown = self.numbers["[UNK]"]
        self.first, self.last = self.numbers["[CLS]"], self.numbers["[SEP]"]

    def parts(self, word):
        text = unicodedata.normalize("NFD", word.lower())
        text = "".join(c for c in text if unicodedata.category(c) != "Mn")
        text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'})
        parts, run = [], ""
        for c in text:
            if unicodedata.category(c)[0] in "PS":
                parts += [run, c] if run else [c]
                run = ""
            elif not c.isspace():
                run += c
        return parts + [run] if run else parts

    def of(self, word):
        if word in self.known:
            return self.known[word]
        found = []
        for part in self.parts(word)[:8]:
            at = 0
            while at < len(part):
                end = min(len(part), at + 30)
                while end > at:
                    piece = ("##" if at else "") + part[at:end]
                    if piece in self.numbers:
                        break
                    end -= 1
                if end == at:
                    found.append(self.unknown)
                    break
                found.append(self.numbers[piece])
                at = end
        self.known[word] = (found or [self.unknown])[:12]
        return self.known[word]


def shape_of(word):
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 0 if any(c.isdigit() for c in word) else 1
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 2
    if upper == len(letters):
        return 3 if len(letters) > 1 else 4
    return 4 if letters[0].isupper() and upper == 1 else 5


# ---- the network ----

class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out, self.norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + drop(self.out(seen.transpose(1, 2).reshape(b, t, WIDTH)), self))
        return self.norm2(x + drop(self.narrow(F.gelu(self.wide(x))), self))


def drop(x, module, share=0.1):
    return F.dropout(x, share, module.training)


class Teacher(nn.Module):
    def __init__(self, inventory):
        super().__init__()
        self.words, self.places = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))
        self.join = nn.Linear(2 * WIDTH, 512)
        self.tag = nn.Linear(512, len(inventory["tags"]))
        self.script = nn.Linear(512, len(inventory["scripts"]))
        self.name = nn.Linear(512, 1 + 4 * len(KINDS))
        self.arc_dep, self.arc_head = nn.Linear(512, 320), nn.Linear(512, 320)
        self.lab_dep, self.lab_head = nn.Linear(512, 128), nn.Linear(512, 128)
        self.root = nn.Parameter(torch.zeros(512))
        self.arc = nn.Parameter(torch.randn(320, 320) * 0.02)
        self.arc_prior = nn.Linear(320, 1)
        labels = len(inventory["labels"])
        self.lab = nn.Parameter(torch.randn(labels, 129, 129) * 0.02)

    def load(self, path):
        """MiniLM's weights (safetensors)."""
        with open(path, "rb") as file:
            size = struct.unpack("<Q", file.read(8))[0]
            header = json.loads(file.read(size))
            data = file.read()

        def get(name):
            item = header[name]
            begin, end = item["data_offsets"]
            assert item["dtype"] == "F32"
            array = np.frombuffer(data[begin:end], np.float32).reshape(item["shape"])
            return torch.from_numpy(array.copy())

        e = "embeddings."
        with torch.no_grad():
            self.words.weight.copy_(get(e + "word_embeddings.weight"))
            self.places.weight.copy_(get(e + "position_embeddings.weight") +
                                     get(e + "token_type_embeddings.weight")[0])
            pairs = [(self.norm, e + "LayerNorm")]
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    getattr(layer.qkv, part).copy_(torch.cat(
                        [get(f"{at}attention.self.{n}.{part}")
                         for n in ("query", "key", "value")]))
                pairs += [(layer.out, at + "attention.output.dense"),
                          (layer.norm, at + "attention.output.LayerNorm"),
                          (layer.wide, at + "intermediate.dense"),
                          (layer.narrow, at + "output.dense"),
                          (layer.norm2, at + "output.LayerNorm")]
            for module, name in pairs:
                module.weight.copy_(get(name + ".weight"))
                module.bias.copy_(get(name + ".bias"))

    def encode(self, batch):
        places = torch.arange(batch["pieces"].shape[1])
        x = self.words(batch["pieces"]) + self.places(places) + self.shapes(batch["shapes"])
        x = drop(self.norm(x), self)
        mask = batch["mask"][:, None, None, :]
        share = F.softmax(self.mix, 0)
        mixed = share[0] * x
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            mixed = mixed + share[i + 1] * x
        mixed = mixed * 2 + x
        rows = torch.arange(x.shape[0])[:, None]
        both = torch.cat([mixed[rows, batch["starts"]], mixed[rows, batch["ends"]]], 2)
        return drop(F.gelu(self.join(drop(both, self))), self, 0.25)

    def forward(self, batch):
        h = self.encode(batch)
        rooted = torch.cat([self.root.expand(h.shape[0], 1, -1), h], 1)
        dep = drop(F.gelu(self.arc_dep(h)), self, 0.25)
        head = drop(F.gelu(self.arc_head(rooted)), self, 0.25)
        arcs = (dep @ self.arc) @ head.transpose(1, 2) + \
            self.arc_prior(head).transpose(1, 2)
        arcs = arcs.masked_fill(~batch["heads_mask"][:, None, :], -1e9)
        return (self.tag(h), self.script(h), self.name(h), arcs,
                drop(F.gelu(self.lab_dep(h)), self, 0.25),
                drop(F.gelu(self.lab_head(rooted)), self, 0.25))

    def label_scores(self, dep, head):
        """Of each word with the head that was chosen for it: n x 128 each."""
        one = dep.new_ones(dep.shape[0], 1)
        dep, head = torch.cat([dep, one], 1), torch.cat([head, one], 1)
        return torch.einsum("ni,lij,nj->nl", dep, self.lab, head)


# ---- batches ----

def prepare(sentences, pieces, inventory):
    """Numbers of each sentence; those too long are left out."""
    tags = {t: i for i, t in enumerate(inventory["tags"])}
    scripts = {s: i for i, s in enumerate(inventory["scripts"])}
    labels = {name: i for i, name in enumerate(inventory["labels"])}
    items = []
    for s in sentences:
        parts = [pieces.of(form) for form in s.forms]
        if sum(map(len, parts)) > 240:
            continue
        count = len(parts)
        has_tree = bool(s.tags)
        items.append({
            "parts": parts, "shapes": [shape_of(f) for f in s.forms], "from": s,
            "tags": [tags.get(t, IGNORED) for t in s.tags] or [IGNORED] * count,
            "scripts": [scripts.get(script_of(f, l), IGNORED)
                        for f, l in zip(s.forms, s.lemmas)] or [IGNORED] * count,
            "names": bilou(s.names) or [IGNORED] * count,
            "heads": s.heads if has_tree else [IGNORED] * count,
            "labels": [labels.get(n, IGNORED) for n in s.labels] or [IGNORED] * count,
        })
    return items


def batches(items, size, shuffle):
    order = list(range(len(items)))
    if shuffle:
        random.shuffle(order)
    chunks = [order[i:i + 2000] for i in range(0, len(order), 2000)] if shuffle else [order]
    out = []
    for chunk in chunks:
        chunk.sort(key=lambda i: sum(map(len, items[i]["parts"])))
        batch, widest = [], 0
        for i in chunk:
            width = sum(map(len, items[i]["parts"])) + 2
            if batch and max(widest, width) * (len(batch) + 1) > size:
                out.append([items[j] for j in batch])
                batch, widest = [], 0
            batch.append(i)
            widest = max(widest, width)
        out.append([items[j] for j in batch])
    if shuffle:
        random.shuffle(out)
    return out


def noised(item):
    """Capitals as in headlines, a lost stop: shapes and the count of words to keep."""
    shapes, keep, dice = item["shapes"], len(item["parts"]), random.random()
    if dice < 0.04:
        shapes = [3 if s >= 2 else s for s in shapes]
    elif dice < 0.09:
        shapes = [4 if s == 2 else s for s in shapes]
    elif dice < 0.13:
        shapes = [2 if s > 2 else s for s in shapes]
    if random.random() < 0.08 and keep > 2 and item["from"].forms[-1] in ".?!" and \
            keep not in item["heads"] and item["heads"][-1] != 0:
        keep -= 1
    return shapes, keep


def tensors(chunk, pieces, noise):
    varied = [noised(i) if noise else (i["shapes"], len(i["parts"])) for i in chunk]
    longest = max(keep for _, keep in varied)
    widest = max(sum(map(len, i["parts"][:k])) for i, (_, k) in zip(chunk, varied)) + 2
    b = len(chunk)
    out = {"pieces": np.zeros((b, widest), np.int64), "shapes": np.ones((b, widest), np.int64),
           "mask": np.zeros((b, widest), bool), "starts": np.zeros((b, longest), np.int64),
           "ends": np.zeros((b, longest), np.int64),
           "heads_mask": np.zeros((b, longest + 1), bool)}
    for key in ("tags", "scripts", "names", "heads", "labels"):
        out[key] = np.full((b, longest), IGNORED, np.int64)
    for row, (item, (shapes, keep)) in enumerate(zip(chunk, varied)):
        at = 1
        out["pieces"][row, 0] = pieces.first
        for w in range(keep):
            part = item["parts"][w]
            out["pieces"][row, at:at + len(part)] = part
            out["shapes"][row, at:at + len(part)] = shapes[w]
            out["starts"][row, w], out["ends"][row, w] = at, at + len(part) - 1
            at += len(part)
        out["pieces"][row, at] = pieces.last
        out["mask"][row, :at + 1] = True
        out["heads_mask"][row, :keep + 1] = True
        for key in ("tags", "scripts", "names", "heads", "labels"):
            out[key][row, :keep] = item[key][:keep]
    return {key: torch.from_numpy(value) for key, value in out.items()}


# ---- training ----

def loss_of(model, batch):
    tags, scripts, names, arcs, dep, head = model(batch)
    total = 0
    for scores, key in ((tags, "tags"), (scripts, "scripts"), (names, "names"),
                        (arcs, "heads")):
        gold = batch[key].reshape(-1)
        if (gold >= 0).any():
            total = total + F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold,
                                            ignore_index=IGNORED)
    rows, columns = torch.where((batch["labels"] >= 0) & (batch["heads"] >= 0))
    if len(rows):
        scores = model.label_scores(dep[rows, columns],
                                    head[rows, batch["heads"][rows, columns]])
        total = total + F.cross_entropy(scores, batch["labels"][rows, columns])
    return total


@torch.no_grad()
def measure(model, items, pieces, inventory, title):
    model.eval()
    seen = dict.fromkeys(("words", "upos", "tags", "scripts", "heads", "labels"), 0)
    gold_names = found = right = 0
    for chunk in batches(items, 3000, False):
        batch = tensors(chunk, pieces, False)
        tags, scripts, names, arcs, dep, head = model(batch)
        heads, tag, script = arcs.argmax(2), tags.argmax(2), scripts.argmax(2)
        known = batch["heads"] >= 0
        rows, columns = torch.where(known)
        label = model.label_scores(dep[rows, columns], head[rows, heads[rows, columns]])
        good = (heads == batch["heads"])[rows, columns]
        seen["words"] += len(rows)
        seen["heads"] += int(good.sum())
        seen["labels"] += int((good & (label.argmax(1) == batch["labels"][rows, columns]))
                              .sum())
        seen["tags"] += int((tag == batch["tags"])[rows, columns].sum())
        seen["scripts"] += int((script == batch["scripts"])[rows, columns].sum())
        for r, c in zip(rows.tolist(), columns.tolist()):
            gold = int(batch["tags"][r, c])
            seen["upos"] += gold >= 0 and inventory["tags"][gold].split()[0] == \
                inventory["tags"][int(tag[r, c])].split()[0]
        name = names.argmax(2)
        marked = batch["names"] >= 0
        gold_names += int(((batch["names"] > 0) & marked).sum())
        found += int(((name > 0) & marked).sum())
        right += int(((name == batch["names"]) & (name > 0) & marked).sum())
    n = max(seen["words"], 1) / 100
    print(f"  {title}: UPOS {seen['upos'] / n:.2f} tag {seen['tags'] / n:.2f} lemma "
          f"{seen['scripts'] / n:.2f} UAS {seen['heads'] / n:.2f} LAS "
          f"{seen['labels'] / n:.2f} name labels F1 "
          f"{200 * right / max(gold_names + found, 1):.2f}", flush=True)
    model.train()


def fit(o):
    random.seed(o.seed)
    torch.manual_seed(o.seed)
    pieces = Pieces(o.minilm + "/vocab.txt")
    gold = [read_conllu(path) for path in o.gold]
    everything = [s for bank in gold for s in bank]

    def common(values, least):
        counts = {}
        for value in values:
            counts[value] = counts.get(value, 0) + 1
        return sorted(v for v, n in counts.items() if n >= least and v is not None)

    inventory = {
        "tags": common((t for s in everything for t in s.tags), 1),
        "scripts": common((script_of(f, l) for s in everything
                           for f, l in zip(s.forms, s.lemmas)), 3),
        "labels": common((n for s in everything for n in s.labels), 1),
    }
    items = prepare(everything, pieces, inventory)
    for path in o.names or []:
        items += prepare(read_names(path), pieces, inventory)
    dev = [(path, prepare(read_conllu(path), pieces, inventory)) for path in o.dev]
    model = Teacher(inventory)
    model.load(o.minilm + "/model.safetensors")
    model.words.requires_grad_(False)
    model.places.requires_grad_(False)
    own = [p for n, p in model.named_parameters()
           if n.split(".")[0] in ("norm", "layers")]
    new = [p for n, p in model.named_parameters()
           if n.split(".")[0] not in ("words", "places", "norm", "layers")]
    if o.start:
        model.load_state_dict(torch.load(o.start, weights_only=True)["weights"])
    steps = o.steps or o.epochs * len(batches(items, o.batch, True))
    optimiser = torch.optim.AdamW([{"params": own, "lr": o.rate}, {"params": new, "lr": 10 * o.rate}],
                                  betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(s / (0.06 * steps), max(0.0, (steps - s) / (0.94 * steps)))
        if s else 0.01)
    print(f"{len(items)} sentences, {steps} steps", flush=True)
    model.train()
    done, begun, mean = 0, time.time(), 0
    epoch = 0
    while done < steps:
        epoch += 1
        for chunk in batches(items, o.batch, True)[:steps - done]:
            loss = loss_of(model, tensors(chunk, pieces, True))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            done += 1
            mean = 0.98 * mean + 0.02 * float(loss.detach())
            if done % 50 == 0:
                print(f"step {done} of {steps}, loss {mean:.3f}, "
                      f"{(time.time() - begun) / done:.2f} s a step", flush=True)
        print(f"epoch {epoch}, {time.time() - begun:.0f} s")
        for path, part in dev:
            measure(model, part, pieces, inventory, path)
        torch.save({"inventory": inventory, "weights": model.state_dict()}, o.out)


# ---- labelling ----

def is_projective(heads):
    """Whether heads (from 1, 0 the root) are one tree of one root without crossing arcs."""
    count = len(heads)
    if sum(h == 0 for h in heads) != 1:
        return False
    for i in range(count):
        at, steps = i + 1, 0
        while at and steps <= count:
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    arcs = [(min(i + 1, h), max(i + 1, h)) for i, h in enumerate(heads)]
    reach = np.array(arcs)
    for low, high in arcs:
        inside = ((reach > low) & (reach < high)).sum(1)
        outside = ((reach < low) | (reach > high)).sum(1)
        if ((inside == 1) & (outside == 1)).any():
            return False
    return True


def name_path(scores):
    """The best legal sequence of BILOU labels (Viterbi): labels of a word."""
    kinds = len(KINDS)
    best = np.full(kinds + 1, -1e9)
    best[0] = 0
    back = []
    for row in scores:
        whole = row[4::4]
        only = int(whole.argmax())
        choice = [(best[0] + max(row[0], whole[only]), 0,
                   0 if row[0] >= whole[only] else 4 + 4 * only)]
        for k in range(kinds):
            end = best[k + 1] + row[3 + 4 * k]
            if end > choice[0][0]:
                choice[0] = (end, k + 1, 3 + 4 * k)
        for k in range(kinds):
            begin, go_on = best[0] + row[1 + 4 * k], best[k + 1] + row[2 + 4 * k]
            choice.append((go_on, k + 1, 2 + 4 * k) if go_on > begin else
                          (begin, 0, 1 + 4 * k))
        best = np.array([c[0] for c in choice])
        back.append(choice)
    state, out = 0, []
    for choice in reversed(back):
        out.append(choice[state][2])
        state = choice[state][1]
    return out[::-1]


def write_labelled(s, answer, inventory, out):
    heads, labels, tags, scripts, names = answer
    for line in s.comments:
        out.write(line + "\n")
    for i, cells in enumerate(s.lines):
        upos, feats = inventory["tags"][tags[i]].split(" ", 1)
        lemma = apply_script(inventory["scripts"][scripts[i]], s.forms[i]) or s.forms[i]
        misc = [m for m in cells[9].split("|") if m == "SpaceAfter=No"]
        if names[i]:
            kind, place = divmod(names[i] - 1, 4)
            misc.insert(0, f"NER={'B' if place in (0, 3) else 'I'}-{KINDS[kind]}")
        label = "root" if heads[i] == 0 else inventory["labels"][labels[i]]
        out.write("\t".join([cells[0], cells[1], lemma, upos, "_", feats, str(heads[i]),
                             label, "_", "|".join(misc) or "_"]) + "\n")
    out.write("\n")


@torch.no_grad()
def label(o):
    saved = torch.load(o.teacher, weights_only=True)
    inventory = saved["inventory"]
    pieces = Pieces(o.minilm + "/vocab.txt")
    model = Teacher(inventory)
    model.load_state_dict(saved["weights"])
    model.eval()
    items = prepare(read_conllu(o.source), pieces, inventory)
    begun, read, kept, words = time.time(), 0, 0, 0
    root = inventory["labels"].index("root")
    with open(o.out, "w", encoding="utf-8") as out:
        for at in range(0, len(items), 4000):
            for chunk in batches(items[at:at + 4000], 4000, False):
                batch = tensors(chunk, pieces, False)
                tags, scripts, names, arcs, dep, head = model(batch)
                sure, heads = F.log_softmax(arcs, 2).max(2)
                for row, item in enumerate(chunk):
                    n = len(item["parts"])
                    read += 1
                    best = heads[row, :n].tolist()
                    if float(sure[row, :n].mean()) < -o.sure or not is_projective(best):
                        continue
                    scores = model.label_scores(dep[row, :n], head[row, heads[row, :n]])
                    scores[:, root] = -1e9
                    answer = (best, scores.argmax(1).tolist(),
                              tags[row, :n].argmax(1).tolist(),
                              scripts[row, :n].argmax(1).tolist(),
                              name_path(names[row, :n].numpy()))
                    write_labelled(item["from"], answer, inventory, out)
                    kept += 1
                    words += n
            print(f"{read} sentences read, {kept} kept, {words} words, "
                  f"{time.time() - begun:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    tasks = parser.add_subparsers(dest="task", required=True)
    parser.add_argument("--threads", type=int, default=1)
    one = tasks.add_parser("fit")
    one.add_argument("minilm")
    one.add_argument("out")
    one.add_argument("--gold", nargs="+", required=True)
    one.add_argument("--dev", nargs="+", required=True)
    one.add_argument("--names", nargs="*")
    one.add_argument("--epochs", type=int, default=2)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--start", help="weights of a teacher to go on from")
    one.add_argument("--steps", type=int, help="instead of whole epochs")
    one.add_argument("--batch", type=int, default=800)
    one.add_argument("--rate", type=float, default=1.5e-4)
    two = tasks.add_parser("label")
    two.add_argument("minilm")
    two.add_argument("teacher")
    two.add_argument("source")
    two.add_argument("out")
    two.add_argument("--sure", type=float, default=0.25)
    o = parser.parse_args()
    torch.set_num_threads(o.threads)
    fit(o) if o.task == "fit" else label(o)
    return 0


if __name__ == "__main__":
    sys.exit(main())
