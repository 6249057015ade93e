#!/usr/bin/env python3
"""Writes the seeds of decode_fuzz: link type, then frames with their lengths, as decode_fuzz.cpp describes.

The frames come from the flow vectors (Ethernet) and from the few bytes of headers written here. Run from the tree's root.
"""
import pathlib
import struct

OUT = pathlib.Path("tests/fuzz/seeds/decode")
VECTORS = pathlib.Path("tests/vectors/flow")
FRAMES_PER_SEED = 8


def seed(name, link_type, frames):
    body = struct.pack(">H", link_type)
    for frame in frames:
        body += struct.pack(">H", len(frame)) + frame
    (OUT / name).write_bytes(body)


def frames_of(path):
    data = path.read_bytes()
    at = 24
    while at + 16 <= len(data):
        captured = struct.unpack_from("<I", data, at + 8)[0]
        yield data[at + 16:at + 16 + captured]
        at += 16 + captured


def ipv4(protocol, body, fragment=0):
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), 7, fragment, 64, protocol, 0)
    return head + bytes([10, 0, 0, 1, 10, 0, 0, 2]) + body


def udp(port, payload):
    return struct.pack(">HHHH", 50000, port, 8 + len(payload), 0) + payload


def ethernet(ether_type, body):
    return bytes.fromhex("020000000002020000000001") + struct.pack(">H", ether_type) + body


def main():
    OUT.mkdir(exist_ok=True)
    for name in ("ipv6", "vlan_qinq", "ipv4_fragments", "ipv4_header_edges", "truncated", "garbage", "icmp_and_other"):
        seed(name, 1, list(frames_of(VECTORS / f"{name}.pcap"))[:FRAMES_PER_SEED])
    inner = ipv4(17, udp(53, b"x" * 12))
    frame = ethernet(0x0800, inner)
    llc = bytes.fromhex("aaaa030000000800") + inner
    h = bytes.fromhex
    tunnels = [ipv4(4, inner), ipv4(47, h("300008000000000100000002") + inner),
               ipv4(47, h("100088be000000011001000200000000") + frame),
               ipv4(17, udp(4789, h("0800000000000100") + frame)),
               ipv4(17, udp(6081, h("010065580000010000000000") + frame)),
               ipv4(17, udp(2152, h("34ff000000000001000000850100090000") + inner)),
               ipv4(17, udp(5247, h("0010000000000000") + frame)),
               ipv4(17, udp(6635, h("00010140") + inner))]
    seed("tunnels", 101, tunnels)
    seed("fragments", 101, [ipv4(17, udp(4789, b"y" * 56), 0x2000), ipv4(17, b"z" * 64, 0x2008), ipv4(17, b"w" * 9, 16)])
    for name, link_type, head in (("null", 0, "02000000"), ("ppp", 9, "ff030021"), ("pppoe", 51, "1100000100220021"),
                                  ("hdlc", 104, "0f000800"), ("cooked", 113, "00000001000602000000000100000800"),
                                  ("cooked2", 276, "0800000000000002000100060200000000010000")):
        seed(name, link_type, [h(head) + inner])
    seed("wireless", 127, [h("0000090002000000208802 0000".replace(" ", "")) + bytes(20) + h("0000ffff") + llc])
    seed("nflog", 239, [h("02000000080001000000000024000900") + inner])
    seed("ppi", 192, [h("0000080001000000") + frame])
    seed("mpls", 1, [ethernet(0x8847, h("0001004000020140") + inner)])


if __name__ == "__main__":
    main()
