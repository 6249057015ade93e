#!/usr/bin/env python3
"""Writes the seeds of dns_fuzz, tls_fuzz, http_fuzz, stream_head_fuzz, application_layers_fuzz, quic_fuzz, dtls_fuzz,
stun_fuzz and analysis_fuzz.

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


# ---- flows of datagrams, each behind a control byte and its length

def datagrams(*parts):
    return b"".join(bytes([control]) + counted(content) for control, content in parts)


def dtls_record(message, number):
    return b"\x16" + be16(0xfefd) + be16(0) + be16(0) + be32(number) + counted(message)


def dtls_fragment(offset, length):
    return b"\1" + be24(len(DTLS_BODY)) + be16(0) + be24(offset) + be24(length) + DTLS_BODY[offset:offset + length]


write("dtls", "whole", datagrams((0, DTLS)))
write("dtls", "cut-by-the-capture", datagrams((9, DTLS), (0, DTLS)))
write("dtls", "fragments", datagrams((0, dtls_record(dtls_fragment(30, len(DTLS_BODY) - 30), 1)),
                                     (0, dtls_record(dtls_fragment(0, 30), 2))))
write("dtls", "two-records", datagrams((0, dtls_record(dtls_fragment(0, 20), 1)
                                       + dtls_record(dtls_fragment(20, len(DTLS_BODY) - 20), 2))))


def stun(kind, attributes):
    return be16(kind) + be16(len(attributes)) + be32(0x2112a442) + bytes(range(12)) + attributes


def attribute(kind, value):
    return be16(kind) + counted(value) + bytes(-len(value) % 4)


BINDING = stun(1, attribute(6, b"abcd:efgh") + attribute(0x24, be32(1)) + attribute(0x802a, bytes(8))
               + attribute(8, bytes(20)) + attribute(0x8028, bytes(4)))
SUCCESS = stun(0x101, attribute(0x20, b"\0\1" + bytes(6)) + attribute(0x8022, b"made up"))
SIX = stun(0x101, attribute(0x20, b"\0\2" + bytes(18)))
ERROR = stun(0x113, attribute(9, b"\0\0\4\1Unauthorized") + attribute(0x14, b"realm") + attribute(0x15, b"nonce"))
SEND = stun(0x16, attribute(0x12, b"\0\1" + bytes(6)) + attribute(0x13, RTP))
CHANNEL = be16(0x4001) + counted(RTP)
write("stun", "binding", datagrams((0, BINDING), (0, SUCCESS)))
write("stun", "six", datagrams((0, SIX)))
write("stun", "error", datagrams((0, ERROR)))
write("stun", "send", datagrams((0, SEND), (0, CHANNEL)))
write("stun", "cut-by-the-capture", datagrams((12, BINDING), (30, SEND), (40, CHANNEL)))


# ---- QUIC: frames, which the fuzz program seals

def crypto(offset, data):
    return b"\6" + be16(0x4000 | offset) + be16(0x4000 | len(data)) + data


QUIC_HELLO = handshake(1, client_hello(b"quic.example"))
write("quic", "one", datagrams((0, crypto(0, QUIC_HELLO) + bytes(40))))
write("quic", "turned-round", datagrams((0, crypto(50, QUIC_HELLO[50:]) + b"\1" + crypto(0, QUIC_HELLO[:50]))))
write("quic", "two-packets", datagrams((16, crypto(60, QUIC_HELLO[60:])), (0, crypto(0, QUIC_HELLO[:60]))))
write("quic", "acknowledged", datagrams((0, b"\2\x04\x00\x01\x00\x00\x01" + crypto(0, QUIC_HELLO))))
write("quic", "cut-by-the-capture", datagrams((1, crypto(0, QUIC_HELLO)), (2, crypto(0, QUIC_HELLO)),
                                              (4, crypto(0, QUIC_HELLO))))
write("quic", "other-connection", datagrams((0, crypto(60, QUIC_HELLO[60:])), (8, crypto(0, QUIC_HELLO))))
write("quic", "not-sealed", QUIC)
write("quic", "versions", VERSIONS)


# ---- whole frames of raw IPv4, each behind its captured length and what is missing of it, in eights

def ipv4(protocol, there, segment):
    hosts = [bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])]
    return b"\x45\0" + be16(20 + len(segment)) + bytes(4) + b"\x40" + bytes([protocol]) + be16(0) \
        + hosts[0 if there else 1] + hosts[1 if there else 0] + segment


def udp(port, there, payload):
    ports = be16(40000) + be16(port) if there else be16(port) + be16(40000)
    return ipv4(17, there, ports + be16(8 + len(payload)) + be16(0) + payload)


def tcp(port, there, sequence, flags, payload):
    ports = be16(40000) + be16(port) if there else be16(port) + be16(40000)
    return ipv4(6, there, ports + be32(sequence) + be32(0) + bytes([0x50, flags]) + be16(0xffff) + bytes(4) + payload)


def frames(*parts, link=101):
    out = be16(link)
    for content, missing in parts:
        out += be16(len(content) - missing * 8) + bytes([missing]) + content[:len(content) - missing * 8]
    return out


def whole_and_cut(name, *contents):
    write("analysis", name, frames(*[(content, 0) for content in contents]))
    write("analysis", name + "-cut-by-the-capture", frames(*[(content, 1) for content in contents]))


def rtp(number):
    return b"\x80\x00" + be16(number) + be32(160 * number) + be32(9) + bytes(range(160))


whole_and_cut("dns", udp(53, True, DNS["query"]), udp(53, False, DNS["answer"]), udp(5353, False, DNS["mdns"]))
whole_and_cut("stun", udp(3478, True, BINDING), udp(3478, False, SUCCESS), udp(3478, True, SEND))
whole_and_cut("dtls", udp(4433, True, DTLS))
whole_and_cut("quic", udp(443, True, QUIC), udp(443, False, VERSIONS))
whole_and_cut("rtp", *[udp(5004, number % 2 == 0, rtp(number)) for number in range(12)], udp(5005, True, RTCP),
              udp(5005, False, RTCP))
whole_and_cut("tls", tcp(443, True, 9, 2, b""), tcp(443, False, 9, 0x12, b""),
              tcp(443, True, 10, 0x18, TLS["hello"]), tcp(443, False, 10, 0x18, TLS["server"]))
BODY = b"user=a&card=4111111111111111"
POST = b"POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
whole_and_cut("http", tcp(80, True, 9, 2, b""), tcp(80, False, 9, 0x12, b""), tcp(80, True, 10, 0x18, POST),
              tcp(80, False, 10, 0x18, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
              tcp(80, True, 10 + len(POST), 0x11, b""))
whole_and_cut("sip", udp(5060, True, TEXT["invite"]))

# ---- messages of which the capture has only the beginning

write("dns", "answer-cut-by-the-capture", DNS["answer"][:-5])
write("dns", "tcp-answer-cut-by-the-capture", counted(DNS["answer"])[:-5])
write("tls", "hello-cut-by-the-capture", TLS["hello"][:-20])
write("http", "get-cut-by-the-capture", b"\0" + TEXT["get"][:-12])
write("rtp", "cut-by-the-capture", b"\x0f" + rtp(7)[:40])
write("rtp", "report-cut-by-the-capture", b"\x08" + RTCP[:-8])
write("rtp", "channel-cut-by-the-capture", b"\x0c" + CHANNEL[:-12])
write("messages", "request-cut-by-the-capture", b"\xe0" + be16(30) + b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
      + b"\0" + be16(20) + b"GET /b HTTP/1.1\r\n\r\n")
