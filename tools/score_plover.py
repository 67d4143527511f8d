#!/usr/bin/env python3
"""Scores events on sentences coded after the PLOVER codebook.

usage: score_plover.py GOLD.jsonl PREDICTED.jsonl    prints F1 of the type and of the type with both parties

The gold follows the codebook, where a promised or future meeting is AGREE and an announced attack THREATEN;
sentosa keeps the act and says so in the status. So the codebook's convention is applied to what it printed.
"""
import collections
import json
import sys

FUTURE = {"scheduled", "expected", "intended"}
PROMISED = dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE")
ANNOUNCED = dict.fromkeys(("SANCTION", "COERCE", "MOBILIZE", "ASSAULT"), "THREATEN")
MUTUAL = {"CONSULT", "AGREE", "COOPERATE", "ASSAULT", "SUPPORT"}
ODD = {"JAP": "JPN", "RUF": "RUS"}


def coded_type(event):
    if event["status"] in FUTURE:
        table = {**PROMISED, **ANNOUNCED, "RETREAT": "CONCEDE"}
        return table.get(event["type"], event["type"])
    return event["type"]


def codes(parties):
    return {ODD.get(party["code"], party["code"]) for party in parties if party.get("code")}


def fits(want, got):
    """Any organisation's code meets gold that says only IGO or NGO; gold without a code asks nothing."""
    return not want or bool(want & got) or bool(want & {"IGO", "NGO"} and got)


def parties_fit(gold, event):
    actors, recipients = codes(gold["actors"]), codes(gold["recipients"])
    got_actors, got_recipients = codes(event["actors"]), codes(event["recipients"])
    if fits(actors, got_actors) and fits(recipients, got_recipients):
        return True
    both = got_actors | got_recipients
    return gold["type"] in MUTUAL and fits(actors, both) and fits(recipients, both)


def f1(gold, predicted, with_parties):
    right = missed = extra = 0
    for report, wanted in gold.items():
        left = list(predicted[report])
        for want in wanted:
            match = next((e for e in left if want["type"] in (e["type"], coded_type(e))
                          and (not with_parties or parties_fit(want, e))), None)
            if match is None:
                missed += 1
            else:
                left.remove(match)
                right += 1
        extra += len(left)
    return 2 * right / (2 * right + missed + extra) if right else 0.0


def main():
    gold = {row["id"]: row["events"] for row in map(json.loads, open(sys.argv[1], encoding="utf-8"))}
    predicted = collections.defaultdict(list)
    for line in open(sys.argv[2], encoding="utf-8"):
        event = json.loads(line)
        predicted[event["report"]["id"]].append(event)
    print(f"type F1 {f1(gold, predicted, False):.3f}")
    print(f"type+parties F1 {f1(gold, predicted, True):.3f}")


main()
