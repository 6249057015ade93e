#!/usr/bin/env python3
"""Writes the seeds of dns_fuzz, tls_fuzz, http_fuzz, stream_head_fuzz and application_layers_fuzz.

All messages are made up here. Run from the tree's root.
"""
import pathlib
import struct

ROOT = pathlib.Path("tests/fuzz/seeds")


def be16(value):
    return struct.pack(">H", value)


def be24(value):
    return struct.pack(">I", value)[1:]


def be32(value):
    return struct.pack(">I", value)


def counted(content):
    return be16(len(content)) + content


def write(folder, name, content):
    path = ROOT / folder
    path.mkdir(exist_ok=True)
    (path / name).write_bytes(content)


def dns_name(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def dns(flags, questions, answers, body):
    return struct.pack(">HHHHHH", 0x1234, flags, questions, answers, 0, 0) + body


def record(name, kind, data):
    return name + struct.pack(">HHI", kind, 1, 300) + counted(data)


QUESTION = dns_name("www.example.org") + be16(1) + be16(1)
DNS = {
    "query": dns(0x0100, 1, 0, QUESTION),
    "answer": dns(0x8180, 1, 2, QUESTION + record(b"\xc0\x0c", 5, dns_name("cdn.example"))
                  + record(dns_name("cdn.example"), 1, bytes([192, 0, 2, 1]))),
    "mail": dns(0x8180, 1, 2, QUESTION + record(b"\xc0\x0c", 15, be16(10) + b"\xc0\x0c")
                + record(b"\xc0\x0c", 16, b"\x05hello\x02yo")),
    "mdns": dns(0x8400, 0, 2, record(dns_name("_ipp._tcp.local"), 12, b"\x07printer\xc0\x0c")
                + record(dns_name("printer.local"), 33, be16(0) + be16(0) + be16(631) + b"\xc0\x0c")),
    "six": dns(0x8180, 1, 1, QUESTION + record(b"\xc0\x0c", 28, bytes.fromhex("20010db8") + bytes(11) + b"\x01")),
}


def extension(kind, body):
    return be16(kind) + counted(body)


def client_hello(name, dtls=False):
    extensions = extension(0, counted(b"\0" + counted(name))) + extension(16, counted(b"\x02h2")) \
        + extension(10, counted(be16(29) + be16(23))) + extension(43, b"\x04" + be16(0x0304) + be16(0x0303)) \
        + extension(13, counted(be16(0x0403)))
    return be16(0xfefd if dtls else 0x0303) + bytes(32) + b"\0" + (b"\0" if dtls else b"") \
        + counted(be16(0x1301) + be16(0xc02f)) + b"\1\0" + counted(extensions)


def records(message, size, kind=22):
    parts = [message[at:at + size] for at in range(0, len(message), size)]
    return b"".join(bytes([kind]) + be16(0x0301) + counted(part) for part in parts)


def handshake(kind, body):
    return bytes([kind]) + be24(len(body)) + body


HELLO = handshake(1, client_hello(b"www.example.org"))
SERVER = handshake(2, be16(0x0303) + bytes(32) + b"\0" + be16(0x1301) + b"\0" + counted(extension(43, be16(0x0304))))
TLS = {
    "hello": records(HELLO, 16384),
    "hello-split": records(HELLO, 40),
    "hello-bytes": records(HELLO, 1),
    "server": records(SERVER, 16384) + records(b"\1", 1, 20) + records(bytes(40), 40, 23),
    "alert": records(b"\2\x28", 2, 21),
    "old": be16(0x8000 + 26) + b"\1" + be16(0x0301) + be16(3) + be16(0) + be16(16) + bytes(19),
}

TEXT = {
    "get": b"GET /a?b HTTP/1.1\r\nAccept: */*\r\nHost: Www.Example.org:8080\r\n\r\n",
    "absolute": b"GET http://user@example.org:80/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "connect": b"CONNECT example.org:443 HTTP/1.1\r\n\r\n",
    "six": b"POST / HTTP/1.0\nHost: [2001:db8::1]:80\n\n",
    "response": b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nbody",
    "invite": b"INVITE sip:b@example.org SIP/2.0\r\nFrom: <sip:a@example.org>\r\n\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "mail": b"220-mail.example ESMTP\r\n220 ready\r\n",
    "search": b"M-SEARCH * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\n\r\n",
}

DTLS_BODY = client_hello(b"dtls.example", dtls=True)
DTLS = b"\x16" + be16(0xfeff) + bytes(8) + counted(b"\1" + be24(len(DTLS_BODY)) + be16(0) + be24(0)
                                                  + be24(len(DTLS_BODY)) + DTLS_BODY)
STUN = be16(0x0101) + be16(12) + be32(0x2112a442) + bytes(12) + be16(0x20) + counted(b"\0\1" + bytes(6))
QUIC = b"\xc0" + be32(1) + b"\x08" + bytes(8) + b"\x04" + bytes(4) + b"\0" + be16(0x4064) + bytes(100)
VERSIONS = b"\x80" + be32(0) + b"\0\x08" + bytes(8) + be32(1) + be32(0x6b3343cf)
RTP = b"\x91\x88" + be16(7) + be32(160) + be32(9) + be32(1) + be16(0xbede) + be16(1) + bytes(44)
RTCP = b"\x80\xc8" + be16(6) + be32(7) + bytes(20) + b"\x81\xca" + be16(2) + be32(7) + b"\1\1ab"
DHCP = b"\2\1\6\0" + bytes(232) + be32(0x63825363) + b"\x35\1\2\x03\4" + bytes([192, 0, 2, 1]) + b"\x0c\4desk\xff"
NTP = b"\x23" + bytes(47)

PORTS = [53, 443, 80, 5353, 123, 67, 5060, 1900, 21, 25, 5004, 5355]


def packet(tcp, port, payload, app=0):
    return bytes([0 if tcp else 1, PORTS.index(port), app]) + payload


for name, content in DNS.items():
    write("dns", name, content)
    write("dns", "tcp-" + name, counted(content) + counted(content))
    write("application_layers", "dns-" + name, packet(False, 53, content))
for name, content in TLS.items():
    write("tls", name, content)
    write("application_layers", "tls-" + name, packet(True, 443, content))
    write("stream_head", "tls-" + name, be32(0xffffff80) + be16(443) + b"\2" + bytes([0, 9, 0, 30, 0, 3, 0, 20]) + content)
for number, (name, content) in enumerate(TEXT.items()):
    write("http", name, bytes([number % 6]) + content)
    write("application_layers", "text-" + name, packet(name != "search", 1900 if name == "search" else 80, content))
    write("stream_head", "text-" + name, be32(1000) + be16(80) + b"\1" + bytes([0, 20, 0, 30]) + content)
write("stream_head", "dns", be32(1) + be16(53) + b"\1" + bytes([0, 20, 0, 30]) + counted(DNS["answer"]) + counted(DNS["six"]))
for name, content, port, app in [("dtls", DTLS, 443, 0), ("stun", STUN, 443, 0), ("quic", QUIC, 443, 0),
                                 ("versions", VERSIONS, 443, 0), ("rtp", RTP, 5004, 7), ("rtcp", RTCP, 5004, 7),
                                 ("dhcp", DHCP, 67, 0), ("ntp", NTP, 123, 0)]:
    write("application_layers", name, packet(False, port, content, app))
