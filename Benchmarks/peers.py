#!/usr/bin/env python3
"""The whole copy path of newswatch beside datasketch and rensa: one run, one core, the same documents.

Writes documents of 500 words in which copies are planted, and lets each contestant take one after another: words,
shingles of three, MinHash of 128 values, look up, confirm by true containment on the sets, insert. Reading JSON is
nobody's part of the time. Peers run as their guides show them, at their default bands for a threshold of 0.5.

usage: peers.py NEWSWATCH [--documents N] [--rounds N]   (needs datasketch and rensa; `make bench` brings them)
"""
import argparse, json, os, random, statistics, subprocess, tempfile, time


def vocabulary(rng, size=30_000):
    syllables = ["ba", "cor", "den", "el", "fi", "gra", "hol", "in", "ka", "lo", "mi", "nes", "or", "pa", "qui",
                 "ran", "sto", "te", "ul", "ver", "wa", "xi", "yo", "zen"]
    words = set()
    while len(words) < size:
        words.add("".join(rng.choice(syllables) for _ in range(rng.choice((1, 2, 2, 3, 3, 4)))))
    return sorted(words, key=lambda word: (len(word), rng.random()))


def documents(count, seed=7, words=500):
    """Pairs of text and number of its original (None for an original). One in five is a copy."""
    rng = random.Random(seed)
    vocabulary_ = vocabulary(rng)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary_))]
    texts, origins = [], []
    for number in range(count):
        if number > 10 and number % 5 == 0:
            origin = rng.randrange(number)
            while origins[origin] is not None:
                origin = rng.randrange(number)
            source = texts[origin].split()
            kind = rng.randrange(4)
            if kind == 0:    # one word in twenty is another
                copy = [rng.choice(vocabulary_) if rng.random() < 0.05 else word for word in source]
            elif kind == 1:  # cut to three fifths, another outlet's lines around it
                copy = rng.choices(vocabulary_, k=20) + source[:300] + rng.choices(vocabulary_, k=20)
            elif kind == 2:  # a teaser of sixty words
                copy = source[:60] + ["read", "more"]
            else:            # half of it rewritten from the middle on
                copy = source[:260] + rng.choices(vocabulary_, weights, k=240)
            texts.append(" ".join(copy)), origins.append(origin)
        else:
            body = rng.choices(vocabulary_, weights, k=words)
            for start in range(0, words, 12):
                body[start] = body[start].capitalize()
                body[start - 1] += "."
            texts.append(" ".join(body)), origins.append(None)
    return texts, origins


def peer(texts, sketch, query, insert):
    """Seconds, and the nearest earlier text of each that shares half of the smaller set."""
    sets, nearest = [], []
    start = time.perf_counter()
    for number, text in enumerate(texts):
        words = text.lower().split()
        shingles = {" ".join(words[i:i + 3]) for i in range(max(1, len(words) - 2))}
        signature = sketch(shingles)
        best = (0, None)
        for candidate in query(signature):
            other = sets[candidate]
            containment = len(shingles & other) / min(len(shingles), len(other))
            if containment > best[0]:
                best = (containment, candidate)
        nearest.append(best[1] if best[0] >= 0.5 else None)
        sets.append(shingles)
        insert(number, signature)
    return time.perf_counter() - start, nearest


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=0.5, num_perm=128)

    def sketch(shingles):
        signature = MinHash(num_perm=128)
        signature.update_batch([shingle.encode() for shingle in shingles])
        return signature
    return peer(texts, sketch, lsh.query, lsh.insert)


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def sketch(shingles):
        signature = RMinHash(num_perm=128, seed=42)
        signature.update(list(shingles))
        return signature
    return peer(texts, sketch, lsh.query, lsh.insert)


def newswatch(program, path, count):
    totals = json.loads(subprocess.run([program, "fingerprint", path, "--stats"], check=True, capture_output=True).stdout)
    lines = subprocess.run([program, "fingerprint", path], check=True, capture_output=True, text=True).stdout
    answers = map(json.loads, lines.splitlines())
    nearest = [int(a["nearest"]) if a["containment"] >= 0.5 else None for a in answers]
    assert totals["documents"] == count
    return totals["seconds"], nearest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newswatch")
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts, origins = documents(arguments.documents)
    planted = [number for number, origin in enumerate(origins) if origin is not None]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for number, text in enumerate(texts):
            print(json.dumps({"id": str(number), "text": text}), file=file)
        file.flush()
        contestants = {
            "newswatch": lambda: newswatch(arguments.newswatch, file.name, len(texts)),
            "rensa": lambda: rensa(texts),
            "datasketch": lambda: datasketch(texts),
        }
        seconds = {name: [] for name in contestants}
        found = {}
        for _ in range(arguments.rounds):  # by turns, so that a busy minute is everybody's
            for name, run in contestants.items():
                taken, nearest = run()
                seconds[name].append(taken)
                found[name] = nearest
    ours = statistics.median(seconds["newswatch"])
    print(f"{len(texts)} documents, {len(planted)} copies planted, one core, median of {arguments.rounds}")
    print(f"{'':12} {'documents/s':>12} {'times slower':>13} {'copies':>7} {'planted ones':>13}")
    for name, nearest in found.items():
        taken = statistics.median(seconds[name])
        hits = sum(nearest[number] is not None for number in planted)
        print(f"{name:12} {len(texts) / taken:12.0f} {taken / ours:13.1f} "
              f"{sum(n is not None for n in nearest):7} {hits:13}")


if __name__ == "__main__":
    main()
