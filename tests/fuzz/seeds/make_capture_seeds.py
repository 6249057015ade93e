#!/usr/bin/env python3
"""Writes the seeds of capture_fuzz into seeds/capture beside this file. The same bytes each time."""

import bz2
import gzip
import lzma
import pathlib
import struct
import zipfile

OUT = pathlib.Path(__file__).parent / "capture"


def pcap(order="<", magic=0xA1B2C3D4, version=(2, 4), link=1, swapped=False):
    data = struct.pack(order + "IHHiIII", magic, *version, 0, 0, 65535, link)
    for i, size in enumerate((0, 1, 60, 33)):
        lengths = (size + 4, size) if swapped else (size, size + 4)
        data += struct.pack(order + "IIII", 1700000000 + i, i, *lengths)
        if magic == 0xA1B2CD34:
            data += struct.pack(order + "IHBB", 1, 0x0800, 0, 0)
        data += bytes((i * 7 + k) & 0xFF for k in range(size))
    return data


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    length = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + length + body + length


def section(order):
    header = struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1)
    return block(order, 0x0A0D0D0A, header + option(order, 4, b"seed") + option(order, 0, b""))


def interface(order, link, *options):
    return block(order, 1, struct.pack(order + "HHI", link, 0, 96) + b"".join(options))


def packet(order, number, data, *options):
    body = struct.pack(order + "IIIII", number, 0x60, 0x1234, len(data), len(data) + 2)
    return block(order, 6, body + data + bytes(-len(data) % 4) + b"".join(options))


def pcapng(order):
    data = section(order) + interface(order, 1, option(order, 2, b"eth0"), option(order, 9, b"\x09"))
    data += packet(order, 0, b"hello", option(order, 1, b"a comment"), option(order, 0, b""))
    data += block(order, 3, struct.pack(order + "I", 4) + b"four")
    data += block(order, 2, struct.pack(order + "HHIIII", 0, 1, 0, 5, 3, 3) + b"old")
    data += interface(order, 113, option(order, 9, b"\x94"), option(order, 14, struct.pack(order + "q", -5)))
    data += packet(order, 1, b"second interface")
    data += block(order, 4, option(order, 1, b"\xc0\x00\x02\x01name.example\x00") + option(order, 0, b""))
    data += block(order, 5, struct.pack(order + "III", 0, 0, 9) + option(order, 4, struct.pack(order + "Q", 12)))
    data += block(order, 10, struct.pack(order + "II", 0x544C534B, 4) + b"KEYS")
    return data + block(order, 0x0BAD, b"custom")


def zipped(data):
    path = OUT / "seed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("a.txt", b"words"), ("b.pcap", data)):
            archive.writestr(zipfile.ZipInfo(name), content)


def main():
    OUT.mkdir(exist_ok=True)
    for name, data in {
        "micro.pcap": pcap(),
        "nano-big.pcap": pcap(">", 0xA1B23C4D),
        "modified.pcap": pcap(magic=0xA1B2CD34),
        "version-2-2.pcap": pcap(version=(2, 2), swapped=True),
        "version-2-3.pcap": pcap(version=(2, 3), swapped=True),
        "little.pcapng": pcapng("<"),
        "big.pcapng": pcapng(">"),
        "mixed.pcapng": pcapng("<") + pcapng(">"),
        "seed.pcap.gz": gzip.compress(pcap(), mtime=0),
        "seed.pcapng.xz": lzma.compress(pcapng("<"), preset=0),
        "seed.pcap.bz2": bz2.compress(pcap()),
        "snoop": b"snoop\0\0\0" + bytes(32),
    }.items():
        (OUT / name).write_bytes(data)
    zipped(pcap())


if __name__ == "__main__":
    main()
