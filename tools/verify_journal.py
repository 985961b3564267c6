#!/usr/bin/env python3
"""Verifies a journal 留痕台账 without any code of the product: Python's standard library alone.

    python3 verify_journal.py JOURNAL [--checkpoint FILE]... [--key HEX]

JOURNAL is what `dabiao journal export` wrote (JSON lines), or the SQLite database itself.
--checkpoint  a checkpoint 存证点 kept elsewhere; the journal must bear it out.
--key         the public key (hex) you know to be the system's; without it, any key will do.

Exit status: 0 all fits, 1 broken, 2 cannot be proven. Checked are every entry's digest over all its columns,
the links of every chain, the global positions, every checkpoint's signature, chain and head.
"""

import argparse
import hashlib
import json
import re
import sqlite3
import sys
from pathlib import Path

ZEROS = "0" * 64
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{6})?")


# --- SM3 (GB/T 32905-2016), for Pythons whose OpenSSL lacks it ---


def rotate(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF


def sm3(data):
    """Hex digest by the standard's own steps."""
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        state = [a ^ b for a, b in zip(state, compress(state, padded[start : start + 64]), strict=True)]
    return "".join(f"{word:08x}" for word in state)


def expand(block):
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ rotate(words[j - 3], 15)
        words.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(words[j - 13], 7) ^ words[j - 6])
    return words


def compress(state, block):
    words = expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        early = j < 16
        ss1 = rotate(rotate(a, 12) + e + rotate(0x79CC4519 if early else 0x7A879D8A, j) & 0xFFFFFFFF, 7)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & g)
        tt1 = ff + d + (ss1 ^ rotate(a, 12)) + (words[j] ^ words[j + 4]) & 0xFFFFFFFF
        tt2 = gg + h + ss1 + words[j] & 0xFFFFFFFF
        a, b, c, d = tt1, a, rotate(b, 9), c
        e, f, g, h = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17), e, rotate(f, 19), g
    return a, b, c, d, e, f, g, h


def digest(text, algorithm):
    """Hex digest, or nothing for an algorithm the journal does not use."""
    data = text.encode("utf-8", "surrogateescape")
    if algorithm == "sha256":
        return hashlib.sha256(data).hexdigest()
    if algorithm != "sm3":
        return ""
    return hashlib.new("sm3", data).hexdigest() if "sm3" in hashlib.algorithms_available else sm3(data)


# --- Ed25519 verification (RFC 8032) ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(one, two):
    """Sum of two points in extended coordinates."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def same(one, two):
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def point(data):
    """The point 32 bytes stand for; ValueError where they stand for none."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("no such point")
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(key, signature, message):
    """Whether the signature (64 bytes) is the key's over the message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    commitment, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(commitment + key + message).digest(), "little") % ORDER
    try:
        return same(times(scalar, BASE), add(point(commitment), times(challenge, point(key))))
    except ValueError:
        return False


# --- reading ---

ENTRY = ("id", "chain", "seq", "previous", "algorithm", "act", "actor", "received_at", "body", "digest")


def read(path):
    """(entries, positions, checkpoint documents) of a database file or of exported lines."""
    with open(path, "rb") as file:
        return read_database(path) if file.read(16) == b"SQLite format 3\0" else read_lines(path)


def read_database(path):
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    base.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    entries = [
        {**dict(zip(ENTRY, row, strict=True)), "received_at": canonical_moment(row[7])}
        for row in base.execute(f"SELECT {', '.join(ENTRY)} FROM base_journal_entry")  # noqa: S608
    ]
    rows = base.execute("SELECT position, entry_id, head FROM base_journal_position ORDER BY position")
    positions = [dict(zip(("position", "entry", "head"), row, strict=True)) for row in rows]
    documents = [text for (text,) in base.execute("SELECT document FROM base_checkpoint ORDER BY last")]
    return entries, positions, documents


def canonical_moment(stored):
    """The moment as the digest has it, or nothing where it is spelled in any way but the product's."""
    found = MOMENT.fullmatch(stored) if isinstance(stored, str) else None
    if not found or found[3] == ".000000":
        return ""
    return f"{found[1]}T{found[2]}{found[3] or '.000000'}Z"


def read_lines(path):
    found = {"entry": [], "position": [], "checkpoint": []}
    with open(path, encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            found[one["kind"]].append(one)
    return found["entry"], found["position"], [one["document"] for one in found["checkpoint"]]


# --- checking ---


def material(entry):
    """What an entry's digest covers, or None where a column holds a type it cannot have."""
    texts = ("chain", "previous", "algorithm", "act", "received_at", "body", "digest")
    numbers = [entry["id"], entry["seq"]] + ([] if entry["actor"] is None else [entry["actor"]])
    if {type(entry[name]) for name in texts} != {str} or {type(number) for number in numbers} != {int}:
        return None
    actor = "" if entry["actor"] is None else entry["actor"]
    head = [entry["algorithm"], entry["previous"], entry["chain"], entry["seq"], entry["id"]]
    return "\n".join(map(str, [*head, entry["act"], actor, entry["received_at"], entry["body"]]))


def check_entries(entries):
    """Digests and links."""
    chains = {}
    for entry in entries:
        text = material(entry)
        if text is None or digest(text, entry["algorithm"]) != entry["digest"]:
            yield f"条目 {entry['id']}（{entry['chain']}）：内容与摘要不符"
        chains.setdefault(entry["chain"], []).append(entry)
    for chain, links in chains.items():
        yield from check_chain(chain, links)


def check_chain(chain, links):
    last = ZEROS
    for number, entry in enumerate(sorted(links, key=lambda one: str(one["seq"]).zfill(20)), 1):
        if entry["seq"] != number:
            yield f"条目 {entry['id']}（{chain}）：链内序号应为 {number}，实为 {entry['seq']}"
        if entry["previous"] != last:
            yield f"条目 {entry['id']}（{chain}）：与前一条的衔接不符"
        last = entry["digest"]


def check_positions(positions, entries):
    """The global order: none missing, each head over the one before and the entry's digest."""
    by_id, head = {entry["id"]: entry for entry in entries}, ZEROS
    for number, place in enumerate(positions, 1):
        entry = by_id.get(place["entry"], {"digest": "", "algorithm": ""})
        if place["position"] != number:
            yield f"全局次序缺第 {number} 位"
        if place["head"] != digest(f"{head}\n{place['position']}\n{entry['digest']}", entry["algorithm"]):
            yield f"全局次序第 {place['position']} 位与条目 {place['entry']} 不符"
        head = place["head"]


def open_document(text):
    """A checkpoint's statement, or None where text or signature are not as they were issued."""
    try:
        statement = json.loads(text)
        signature = bytes.fromhex(statement["signature"])
        if spell(statement) != text or statement["format"] != "dabiao.checkpoint/1":
            return None
        message = spell({name: value for name, value in statement.items() if name != "signature"}).encode()
        return statement if signed_by(bytes.fromhex(statement["public_key"]), signature, message) else None
    except (ValueError, KeyError, TypeError):
        return None


def spell(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def check_stored(documents, heads):
    """The journal's own checkpoints: signature, chain, head."""
    last, before = 0, ""
    for number, text in enumerate(documents, 1):
        one = open_document(text)
        if one is None:
            yield f"第 {number} 个存证点：内容被改动或签名无效"
            continue
        linked = digest(before, one["algorithm"]) if before else ZEROS
        if (one["number"], one["first"], one["previous"]) != (number, last + 1, linked):
            yield f"第 {number} 个存证点：与前一个的衔接不符"
        if heads.get(one["last"]) != one["head"]:
            yield f"第 {number} 个存证点：与台账第 {one['last']} 位不符"
        last, before = one["last"], text


def check_given(texts, heads, key):
    """(broken, unprovable) of checkpoints kept elsewhere."""
    broken, unprovable = [], []
    for text in texts:
        one = open_document(text.strip())
        if one is None or (key and one["public_key"] != key):
            unprovable.append("给出的存证点签名无效，或不是所给密钥签发的")
        elif one["last"] not in heads:
            unprovable.append(f"存证点止于第 {one['last']} 位，而数据只到第 {max(heads, default=0)} 位")
        elif heads[one["last"]] != one["head"]:
            broken.append(f"第 {one['last']} 位及以前的台账与给出的存证点不符，有条目被整体改写")
    return broken, unprovable


def verify(path, given=(), key=""):
    """(broken, unprovable, number of entries)."""
    entries, positions, documents = read(path)
    heads = {place["position"]: place["head"] for place in positions}
    broken, unprovable = check_given(given, heads, key)
    broken += [*check_entries(entries), *check_positions(positions, entries), *check_stored(documents, heads)]
    keys = {one["public_key"] for one in map(open_document, documents) if one}
    if key and keys - {key}:
        unprovable.append(f"有存证点由别的密钥签发：{'、'.join(sorted(keys - {key}))}")
    return broken, unprovable, len(entries)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("journal")
    parser.add_argument("--checkpoint", action="append", default=[])
    parser.add_argument("--key", default="")
    options = parser.parse_args()
    texts = [Path(name).read_text("utf-8") for name in options.checkpoint]
    broken, unprovable, count = verify(options.journal, texts, options.key)
    status = "broken" if broken else "unprovable" if unprovable else "ok"
    report = {"status": status, "entries": count, "broken": broken, "unprovable": unprovable}
    print(json.dumps(report, ensure_ascii=False))
    return {"ok": 0, "broken": 1, "unprovable": 2}[status]


if __name__ == "__main__":
    sys.exit(main())
