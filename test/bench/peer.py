#!/usr/bin/env python3
"""peer.py: tokens a second of `sentosa parse` beside UDPipe 1, in one run on one core.

Wants ufal.udpipe from PyPI. The model is trained here for its speed alone: one epoch over part of EWT, with the sizes
that UDPipe's own English models have (hidden layer 200, forms of 50); its answers are worth nothing, its steps are the
same as a good model's.

usage: taskset -c 0 test/bench/peer.py SENTOSA TREEBANK.conllu TEXT
"""
import subprocess
import sys
import time

from ufal.udpipe import (InputFormat, Model, Pipeline, ProcessingError, Sentence, Sentences, Trainer)

TRAIN = 3000  # sentences
PARSER = ("iterations=1;embedding_upostag=20;embedding_feats=20;embedding_form=50;embedding_deprel=20;hidden_layer=200;"
          "batch_size=10;transition_system=projective;transition_oracle=dynamic;structured_interval=8")


def train(treebank, path):
    with open(treebank, encoding="utf-8") as file:
        text = "\n\n".join(file.read().split("\n\n")[:TRAIN]) + "\n\n"
    reader, sentences, error = InputFormat.newConlluInputFormat(), Sentences(), ProcessingError()
    reader.setText(text)
    sentence = Sentence()
    while reader.nextSentence(sentence, error):
        sentences.append(sentence)
        sentence = Sentence()
    model = Trainer.train("morphodita_parsito", sentences, Sentences(), "epochs=1", "iterations=2", PARSER, error)
    with open(path, "wb") as file:
        file.write(model if isinstance(model, bytes) else model.encode("utf-8", "surrogateescape"))


def tokens(conllu):
    return sum(line.split("\t", 1)[0].isdigit() for line in conllu.split("\n"))


def main():
    program, treebank, path = sys.argv[1:4]
    train(treebank, "build/peer.model")
    model = Model.load("build/peer.model")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    pipeline = Pipeline(model, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")
    begun = time.time()
    theirs = tokens(pipeline.process(text[:200000], ProcessingError()))
    peer = theirs / (time.time() - begun)
    begun = time.time()
    ours = tokens(subprocess.run([program, "parse", path], capture_output=True, text=True, check=True).stdout)
    own = ours / (time.time() - begun)
    print(f"sentosa {own:.0f} tokens a second, UDPipe {peer:.0f}: {own / peer:.1f} times")


if __name__ == "__main__":
    main()
