// DNS messages, good and hostile, and the table of names they fill.

#include "engine/protocol/dns.h"
#include "engine/protocol/host_table.h"
#include "tests/protocol/messages.h"

#include <QTest>

using namespace timbre;
using namespace timbre::protocol;
using namespace timbre::test;

namespace {

IpAddress address(const char* text)
{
    return *IpAddress::parse(text);
}

/// The name at `position`, or "refused".
std::string nameAt(const Wire& message, std::size_t position)
{
    std::string name;
    return DnsReader::readName(asBytes(message), position, name) ? name : "refused";
}

} // namespace

class DnsTest : public QObject {
    Q_OBJECT

private slots:
    void namesAreReadAndEscaped()
    {
        QCOMPARE(nameAt(dnsName("WWW.Example.ORG"), 0), std::string("www.example.org"));
        QCOMPARE(nameAt(be8(0), 0), std::string("."));
        QCOMPARE(nameAt(be8(3) + "a.b" + be8(2) + "\xc3\xa9" + be8(0), 0), std::string("a\\046b.\\195\\169"));
        QCOMPARE(nameAt(be8(3) + Wire("a\n\\") + be8(0), 0), std::string("a\\010\\092"));
    }

    void pointersLeadBackwardsOnly()
    {
        const Wire base = dnsName("example.org");
        const Wire withPointer = base + be8(3) + "www" + be16(0xc000);
        QCOMPARE(nameAt(withPointer, base.size()), std::string("www.example.org"));
        std::string name;
        std::size_t position = base.size();
        QVERIFY(DnsReader::readName(asBytes(withPointer), position, name));
        QCOMPARE(position, withPointer.size());

        QCOMPARE(nameAt(be16(0xc000), 0), std::string("refused"));                // to itself
        QCOMPARE(nameAt(be16(0xc002) + be16(0xc000), 2), std::string("refused")); // to each other
        QCOMPARE(nameAt(be16(0xc002) + dnsName("a"), 0), std::string("refused")); // forward
        QCOMPARE(nameAt(be8(1) + "a" + be16(0xc000), 0), std::string("refused")); // a loop that grows
    }

    void pointerChainsAreBounded()
    {
        Wire message = dnsName("a");
        std::size_t last = 0;
        for (std::size_t i = 0; i < kMaxDnsPointers; ++i) {
            const std::size_t here = message.size();
            message += be16(0xc000 + last);
            last = here;
        }
        QCOMPARE(nameAt(message, last), std::string("a"));
        message += be16(0xc000 + last);
        QCOMPARE(nameAt(message, message.size() - 2), std::string("refused"));
    }

    void longNames()
    {
        const Wire label(63, 'x');
        // 3 · 64 + 62 + 1 = 255 bytes: the longest name there is (RFC 1035 2.3.4)
        const Wire longest = be8(63) + label + be8(63) + label + be8(63) + label + be8(61) + Wire(61, 'y') + be8(0);
        QCOMPARE(longest.size(), std::size_t{255});
        QCOMPARE(nameAt(longest, 0).size(), std::size_t{253});
        const Wire tooLong = be8(63) + label + be8(63) + label + be8(63) + label + be8(62) + Wire(62, 'y') + be8(0);
        QCOMPARE(nameAt(tooLong, 0), std::string("refused"));
        QCOMPARE(nameAt(be8(64) + Wire(64, 'z') + be8(0), 0), std::string("refused"));
        QCOMPARE(nameAt(be8(5) + "abc", 0), std::string("refused"));
        QCOMPARE(nameAt(be8(1) + "a", 0), std::string("refused")); // no end
    }

    void questionsAndRecordsWithTheirPlaces()
    {
        const Wire question = dnsQuestion("example.org");
        const Wire message = dnsHeader(0x8180, 1, 1) + question + dnsRecord(be16(0xc00c), kDnsA, ipv4(192, 0, 2, 1));
        DnsReader reader(asBytes(message));
        QVERIFY(reader.ok());
        QVERIFY(reader.header().response());
        DnsQuestion asked;
        QVERIFY(reader.next(asked));
        QCOMPARE(asked.name, std::string("example.org"));
        QCOMPARE(asked.offset, kDnsHeaderBytes);
        QCOMPARE(asked.length, question.size());
        DnsRecord record;
        QVERIFY(reader.next(record));
        QCOMPARE(record.name, std::string("example.org"));
        QCOMPARE(record.ttl, 300U);
        QCOMPARE(record.dataOffset, message.size() - 4);
        QCOMPARE(record.offset + record.length, message.size());
        QVERIFY(!reader.next(record));
        for (std::size_t cut = 0; cut < message.size(); ++cut) {
            DnsReader shorter(asBytes(std::string_view(message).substr(0, cut)));
            QVERIFY(!(shorter.ok() && shorter.next(asked) && shorter.next(record)));
        }
    }

    void addressesGetTheNameThatWasAsked()
    {
        StringPool names;
        HostTable hosts(names);
        const Wire chain = dnsHeader(0x8180, 1, 3) + dnsQuestion("WWW.shop.example") +
                           dnsRecord(be16(0xc00c), kDnsCname, dnsName("cdn.example")) +
                           dnsRecord(dnsName("cdn.example"), kDnsA, ipv4(192, 0, 2, 7)) +
                           dnsRecord(dnsName("other.example"), kDnsA, ipv4(192, 0, 2, 8));
        QVERIFY(looksLikeDns(asBytes(chain)));
        collectDnsHosts(asBytes(chain), false, hosts);
        QCOMPARE(names.text(hosts.lookup(address("192.0.2.7"))), std::string_view("www.shop.example"));
        QCOMPARE(names.text(hosts.lookup(address("192.0.2.8"))), std::string_view("other.example"));

        const Wire v6 = dnsHeader(0x8180, 1, 1) + dnsQuestion("six.example", kDnsAaaa) +
                        dnsRecord(be16(0xc00c), kDnsAaaa, be32(0x20010db8) + be32(0) + be32(0) + be32(1));
        collectDnsHosts(asBytes(v6), false, hosts);
        QCOMPARE(names.text(hosts.lookup(address("2001:db8::1"))), std::string_view("six.example"));
    }

    void queriesFailuresAndOtherSectionsGiveNothing()
    {
        StringPool names;
        HostTable hosts(names);
        const Wire record = dnsRecord(dnsName("a.example"), kDnsA, ipv4(192, 0, 2, 9));
        collectDnsHosts(asBytes(dnsHeader(0x0100, 0, 1) + record), false, hosts);
        collectDnsHosts(asBytes(dnsHeader(0x8183, 0, 1) + record), false, hosts);
        collectDnsHosts(asBytes(dnsHeader(0x8180, 0, 0, 1) + record), false, hosts);
        collectDnsHosts(asBytes(dnsHeader(0x8180, 0, 1) + dnsRecord(dnsName("a"), kDnsA, "xyz")), false, hosts);
        QCOMPARE(hosts.size(), std::size_t{0});
        // mDNS answers without a question, in any section, with the cache-flush bit
        collectDnsHosts(asBytes(dnsHeader(0x8400, 0, 0, 1) +
                                dnsRecord(dnsName("Printer.local"), kDnsA, ipv4(192, 168, 0, 9), 0x8001)),
                        true, hosts);
        QCOMPARE(names.text(hosts.lookup(address("192.168.0.9"))), std::string_view("printer.local"));
    }

    void whatIsNoDnsIsSaidToBeNone()
    {
        QVERIFY(!looksLikeDns(asBytes(Wire(11, '\0'))));
        QVERIFY(!looksLikeDns(asBytes(Wire("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))));
        QVERIFY(!looksLikeDns(asBytes(Wire(40, '\xff'))));
        QVERIFY(looksLikeDns(asBytes(dnsHeader(0x0100, 1, 0) + dnsQuestion("a.example"))));
    }

    void latestNameWins()
    {
        StringPool names;
        HostTable hosts(names);
        hosts.add(address("198.51.100.1"), "old.example");
        const StringId old = hosts.lookup(address("198.51.100.1"));
        hosts.add(address("198.51.100.1"), "new.example");
        QCOMPARE(names.text(old), std::string_view("old.example"));
        QCOMPARE(names.text(hosts.lookup(address("198.51.100.1"))), std::string_view("new.example"));
        QCOMPARE(hosts.size(), std::size_t{1});
        QVERIFY(hosts.add("198.51.100.2", "from.file"));
        QVERIFY(!hosts.add("no address", "x"));
        QCOMPARE(names.text(hosts.lookup(address("198.51.100.2"))), std::string_view("from.file"));
    }

    void addressesOfNoHostAreNotNamed()
    {
        StringPool names;
        HostTable hosts(names);
        for (const char* text : {"0.0.0.0", "127.0.0.1", "224.0.0.251", "255.255.255.255", "::", "::1", "ff02::fb"})
            hosts.add(address(text), "sinkhole.example");
        QCOMPARE(hosts.size(), std::size_t{0});
        // The same bytes in the other family are another address.
        hosts.add(address("10.0.0.1"), "four.example");
        QCOMPARE(hosts.lookup(address("a00:1::")), StringId{0});
        QCOMPARE(hosts.lookup(IpAddress{}), StringId{0});
    }

    void tableIsCappedAndCounts()
    {
        StringPool names;
        HostTable hosts(names, {.maxAddresses = 1000});
        for (unsigned i = 0; i < 1500; ++i) {
            const Wire bytes = be32(0x0a000000U + i);
            hosts.add(IpAddress::fromBytes(asBytes(bytes)), "host" + std::to_string(i));
        }
        QCOMPARE(hosts.size(), std::size_t{1000});
        QCOMPARE(hosts.refused(), std::uint64_t{500});
        for (unsigned i = 0; i < 1500; ++i) {
            const Wire bytes = be32(0x0a000000U + i);
            const std::string expected = i < 1000 ? "host" + std::to_string(i) : "";
            QCOMPARE(names.text(hosts.lookup(IpAddress::fromBytes(asBytes(bytes)))), std::string_view(expected));
        }
        hosts.add(address("10.0.0.5"), "renamed"); // known ones still change
        QCOMPARE(names.text(hosts.lookup(address("10.0.0.5"))), std::string_view("renamed"));
    }
};

QTEST_GUILESS_MAIN(DnsTest)
#include "dns_test.moc"
