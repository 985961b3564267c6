#!/usr/bin/env python3
"""Verifies a journal 留痕台账 without any code of the product: Python's standard library alone.

    python3 verify_journal.py JOURNAL [--checkpoint FILE]... [--key HEX]

JOURNAL is what `dabiao journal export` wrote (JSON lines), or the SQLite database itself.
With --checkpoint a checkpoint 存证点 kept elsewhere, which must be borne out; with --key the public key (hex)
known to be the system's. Checked: every entry's digest over all its columns, the links of every chain,
the global positions, every checkpoint's signature, chain and head, and of bulk acts every row's leaf, every
chunk and the root their entry names. Exit status: 0 all fits, 1 broken, 2 cannot be proven.
"""

import base64
import hashlib
import json
import re
import sqlite3
import sys
import zlib
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

CHUNK = ("id", "rows", "first", "last", "root", "target", "how")
ZEROS = "0" * 64
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{6})?")


def sm3(data):
    """Hex digest by the steps of GB/T 32905-2016, for Pythons whose OpenSSL lacks it."""
    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        state = [a ^ b for a, b in zip(state, compress(state, padded[start : start + 64]), strict=True)]
    return "".join(f"{word:08x}" for word in state)


def rotate(x, n):
    return ((x << n % 32) | (x >> (32 - n % 32))) & 0xFFFFFFFF


def compress(state, block):
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ rotate(words[j - 3], 15)
        words.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j, word in enumerate(words[:64]):
        early = j < 16
        ss1 = rotate(rotate(a, 12) + e + rotate(0x79CC4519 if early else 0x7A879D8A, j) & 0xFFFFFFFF, 7)
        ff, gg = (a ^ b ^ c, e ^ f ^ g) if early else ((a & b) | (a & c) | (b & c), (e & f) | (~e & g))
        tt1 = ff + d + (ss1 ^ rotate(a, 12)) + (word ^ words[j + 4]) & 0xFFFFFFFF
        tt2 = gg + h + ss1 + word & 0xFFFFFFFF
        a, b, c, d = tt1, a, rotate(b, 9), c
        e, f, g, h = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17), e, rotate(f, 19), g
    return a, b, c, d, e, f, g, h


def digest(data, algorithm):
    """Hex digest of bytes or text, or nothing for an algorithm the journal does not use."""
    data = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data
    if algorithm == "sm3" and "sm3" not in hashlib.algorithms_available:
        return sm3(data)
    return hashlib.new(algorithm, data).hexdigest() if algorithm in ("sha256", "sm3") else ""


# Ed25519 (RFC 8032), verification alone
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
    commitment, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(commitment + key + message).digest(), "little") % ORDER
    try:
        one, two = times(scalar, BASE), add(point(commitment), times(challenge, point(key)))
    except ValueError:
        return False
    return all((one[i] * two[2] - two[i] * one[2]) % P == 0 for i in (0, 1))


def read_database(path):
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    base.row_factory, base.text_factory = sqlite3.Row, lambda raw: raw.decode("utf-8", "surrogateescape")
    rows = base.execute("SELECT * FROM base_journal_entry")
    entries = [{**row, "received_at": canonical_moment(row["received_at"])} for row in rows]
    places = base.execute(
        "SELECT position, entry_id AS entry, head FROM base_journal_position ORDER BY position"
    )
    documents = [text for (text,) in base.execute("SELECT document FROM base_checkpoint ORDER BY last")]
    chunks = base.execute("SELECT *, batch_id AS batch FROM base_batch_chunk ORDER BY batch_id, number")
    return entries, places.fetchall(), documents, chunks


def canonical_moment(stored):
    """The moment as the digest has it, or nothing where it is spelled in any way but the product's."""
    found = MOMENT.fullmatch(str(stored))
    return f"{found[1]}T{found[2]}{found[3] or '.000000'}Z" if found and found[3] != ".000000" else ""


def read_lines(path):
    found = {"entry": [], "position": [], "checkpoint": [], "chunk": []}
    with open(path, encoding="utf-8") as file:
        for one in map(json.loads, file):
            found[one["kind"]].append(one)
    chunks = ({**one, "packed": base64.b64decode(one["packed"])} for one in found["chunk"])
    return found["entry"], found["position"], [one["document"] for one in found["checkpoint"]], chunks


def material(entry):
    """What an entry's digest covers, or None where a column holds a type it cannot have."""
    texts = ("chain", "previous", "algorithm", "act", "received_at", "body", "digest")
    actor = "" if entry["actor"] is None else entry["actor"]
    numbers = {type(entry[name]) for name in ("id", "seq", "actor") if entry[name] is not None}
    if {type(entry[name]) for name in texts} != {str} or numbers != {int}:
        return None
    named = ("algorithm", "previous", "chain", "seq", "id", "act")
    return "\n".join(map(str, [*(entry[name] for name in named), actor, entry["received_at"], entry["body"]]))


def check_entries(entries):
    """Digests, and links within each chain."""
    chains = {}
    for entry in entries:
        text = material(entry)
        if text is None or digest(text, entry["algorithm"]) != entry["digest"]:
            yield f"条目 {entry['id']}（{entry['chain']}）：内容与摘要不符"
        chains.setdefault(entry["chain"], []).append(entry)
    for chain, links in chains.items():
        links.sort(key=lambda one: str(one["seq"]).zfill(20))
        last = links[0]["previous"]  # zeros, or the leaf of a row of a bulk act
        for number, entry in enumerate(links, 1):
            if (entry["seq"], entry["previous"]) != (number, last):
                yield f"条目 {entry['id']}（{chain}）：链内序号应为 {number}，或与前一条的衔接不符"
            last = entry["digest"]


def tree(leaves, algorithm):
    """Merkle root (RFC 6962) over digests in hex."""
    nodes = [bytes.fromhex(leaf) for leaf in leaves]
    while len(nodes) > 1:
        pairs, odd = zip(nodes[::2], nodes[1::2], strict=False), nodes[len(nodes) // 2 * 2 :]
        nodes = [bytes.fromhex(digest(b"\1" + one + two, algorithm)) for one, two in pairs] + odd
    return nodes[0] if nodes else b""


def open_chunk(chunk, algorithm):
    """(leaf, chain) of every row; ValueError or the like where a column differs from what the bytes say."""
    head, *lines = zlib.decompress(chunk["packed"]).split(b"\n")
    said, keys = json.loads(head), [json.loads(line)[0] for line in lines]
    leaves = [digest(b"\0" + head + b"\n" + line, algorithm) for line in lines]
    packed = bytes.fromhex(digest(chunk["packed"], algorithm))
    root = digest(b"\2" + tree(leaves, algorithm) + packed, algorithm)
    place = chunk["batch"] * 1_000_000 + chunk["number"]
    found = (place, len(keys), min(keys), max(keys), root, said["target"], said["how"])
    if found != tuple(chunk[name] for name in CHUNK):
        raise ValueError(place)
    return {(leaf, f"{said['target']}:{key}") for leaf, key in zip(leaves, keys, strict=True)}


def check_bulk(chunks, entries):
    """Bulk acts: what their entries say against their chunks, and chains that begin with a row of theirs."""
    bodies = [json.loads(one["body"]) for one in entries if one["chain"].startswith("base_batch:")]
    acts = {one["bulk"]["batch"]: one["bulk"] for one in bodies if "root" in one.get("bulk", ())}
    begun = {(one["previous"], one["chain"]) for one in entries if one["seq"] == 1}
    roots = {batch: [] for batch in acts}
    for chunk in (one for one in chunks if one["batch"] in acts):
        try:
            begun -= open_chunk(chunk, acts[chunk["batch"]]["algorithm"])
            roots[chunk["batch"]].append(chunk["root"])
        except (ValueError, KeyError, TypeError, zlib.error):
            yield f"行块 {chunk['id']}：内容、摘要或各列不相符"
    for batch, bulk in acts.items():
        if tree(roots[batch], bulk["algorithm"]).hex() != bulk["root"]:
            yield f"整批办理 {batch}：各行块与条目中的总摘要不符"
    yield from (f"{chain}：链首所指的整批办理中没有这一行" for leaf, chain in begun if leaf != ZEROS)


def check_positions(positions, entries):
    """The global order: none missing, each head over the one before and the entry's digest."""
    by_id, head = {entry["id"]: entry for entry in entries}, ZEROS
    for number, place in enumerate(positions, 1):
        entry = by_id.get(place["entry"], {"digest": "", "algorithm": ""})
        reckoned = digest(f"{head}\n{number}\n{entry['digest']}", entry["algorithm"])
        if (place["position"], place["head"]) != (number, reckoned):
            yield f"全局次序第 {number} 位缺失，或与条目 {place['entry']} 不符"
        head = place["head"]


def open_document(text):
    """A checkpoint's statement, or None where text or signature are not as they were issued."""
    try:
        statement = json.loads(text)
        message = {name: value for name, value in statement.items() if name != "signature"}
        key, signature = (bytes.fromhex(statement[name]) for name in ("public_key", "signature"))
        issued = spell(statement) == text and statement["format"] == "dabiao.checkpoint/1"
        return statement if issued and signed_by(key, signature, spell(message).encode()) else None
    except (ValueError, KeyError, TypeError, AttributeError):
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
        before = digest(before, one["algorithm"]) if before else ZEROS
        if (one["number"], one["first"], one["previous"]) != (number, last + 1, before):
            yield f"第 {number} 个存证点：与前一个的衔接不符"
        if heads.get(one["last"]) != one["head"]:
            yield f"第 {number} 个存证点：与台账第 {one['last']} 位不符"
        last, before = one["last"], text


def check_given(text, heads, key):
    """(broken, unprovable) of a checkpoint kept elsewhere: what is wrong, or nothing."""
    one = open_document(text.strip())
    if one is None or (key and one["public_key"] != key):
        return "", "给出的存证点签名无效，或不是所给密钥签发的"
    if one["last"] not in heads:
        return "", f"存证点止于第 {one['last']} 位，而数据只到第 {max(heads, default=0)} 位"
    rewritten = f"第 {one['last']} 位及以前的台账与给出的存证点不符，有条目被整体改写"
    return "" if heads[one["last"]] == one["head"] else rewritten, ""


def verify(path, given=(), key=""):
    """(broken, unprovable, number of entries)."""
    with open(path, "rb") as file:
        read = read_database if file.read(16) == b"SQLite format 3\0" else read_lines
    entries, positions, documents, chunks = read(path)
    heads = {place["position"]: place["head"] for place in positions}
    found = [check_given(text, heads, key) for text in given]
    broken, unprovable = ([what[i] for what in found if what[i]] for i in (0, 1))
    broken += [*check_entries(entries), *check_positions(positions, entries), *check_stored(documents, heads)]
    broken += check_bulk(chunks, entries) if not broken else ()  # needs entries that can be read
    keys = {one["public_key"] for one in map(open_document, documents) if one}
    if key and keys - {key}:
        unprovable.append(f"有存证点由别的密钥签发：{'、'.join(sorted(keys - {key}))}")
    return broken, unprovable, len(entries)


def main():
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("journal")
    parser.add_argument("--checkpoint", action="append", default=[])
    parser.add_argument("--key", default="")
    asked = parser.parse_args()
    texts = (Path(name).read_text("utf-8") for name in asked.checkpoint)
    broken, unprovable, count = verify(asked.journal, texts, asked.key)
    status = "broken" if broken else "unprovable" if unprovable else "ok"
    print(spell({"status": status, "entries": count, "broken": broken, "unprovable": unprovable}))
    return ("ok", "broken", "unprovable").index(status)


if __name__ == "__main__":
    sys.exit(main())
