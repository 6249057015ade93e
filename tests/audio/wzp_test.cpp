// The parts of the WZP wire format that the vectors do not cover.

#include "engine/protocol/wzp.h"

#include <QTest>

using namespace timbre;
using namespace timbre::protocol;

namespace {

using Buffer = std::vector<std::byte>;

Buffer buffer(std::initializer_list<unsigned> values)
{
    Buffer bytes;
    for (const unsigned value : values)
        bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

Buffer operator+(Buffer left, const Buffer& right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

const Buffer kHeader = buffer({2, 0, 0, 3, 7, 0, 0, 0, 0, 9, 0, 0, 1, 0, 0, 0});

} // namespace

class WzpTest : public QObject {
    Q_OBJECT

private slots:
    void unknownVersionTypeAndCodecAreNoMedia()
    {
        QVERIFY(parseWzpHeader(kHeader));
        for (const auto& [at, value] : {std::pair{0, 3}, {0, 1}, {2, 4}, {3, 10}}) {
            Buffer bytes = kHeader;
            bytes[static_cast<std::size_t>(at)] = static_cast<std::byte>(value);
            QVERIFY(!parseWzpHeader(bytes));
        }
        QVERIFY(!parseWzpHeader(Bytes(kHeader).first(15)));
    }

    void oldHeader()
    {
        // version 0, repair, codec 4, quality, FEC ratio 0b1000001
        const Buffer bytes =
            buffer({0x40 | 4 << 2 | 2 | 1, 0x04, 0x12, 0x34, 0x00, 0x01, 0x00, 0x02, 0x55, 0x66, 0x00, 0x03});
        const auto header = parseOldWzpHeader(bytes);
        QVERIFY(header);
        QCOMPARE(int(header->version), 1);
        QVERIFY(header->repair && header->hasQuality);
        QCOMPARE(int(header->codec), 4);
        QCOMPARE(int(header->fecRatio), 0x41);
        QCOMPARE(header->sequence, 0x1234U);
        QCOMPARE(header->timestampMs, 0x00010002U);
        QCOMPARE(int(header->fecBlock), 0x55);
        QCOMPARE(int(header->fecSymbol), 0x66);
        QCOMPARE(int(header->contributors), 3);
        QCOMPARE(header->type, WzpMediaType::Audio);
        QVERIFY(!parseOldWzpHeader(Bytes(bytes).first(11)));

        Buffer video = bytes;
        video[0] = static_cast<std::byte>(9 << 2);
        QCOMPARE(parseOldWzpHeader(video)->type, WzpMediaType::Video);
        video[0] = static_cast<std::byte>(10 << 2);
        QVERIFY(!parseOldWzpHeader(video));
        video[0] = std::byte{0x80};
        QVERIFY(!parseOldWzpHeader(video));
    }

    void qualityTrailerIsNoPayload()
    {
        WzpHeader header = *parseWzpHeader(kHeader);
        const Buffer rest = buffer({1, 2, 3, 51, 25, 7, 64});
        QCOMPARE(splitWzpPacket(header, rest)->payload.size(), std::size_t{7});
        header.hasQuality = true;
        const auto packet = splitWzpPacket(header, rest);
        QCOMPARE(packet->payload.size(), std::size_t{3});
        QCOMPARE(packet->quality->loss, 0.2);
        QCOMPARE(packet->quality->roundTripMs, 100U);
        QCOMPARE(packet->quality->jitterMs, 7U);
        QCOMPARE(packet->quality->capKbps, 64U);
        QVERIFY(!splitWzpPacket(header, Bytes(rest).first(3)));
    }

    void compactFraming()
    {
        const Buffer full = buffer({0}) + kHeader + buffer({1, 2});
        const Buffer mini = buffer({1, 0, 20, 0, 3, 9, 9, 9});
        WzpCompactReader reader;
        QVERIFY(!reader.read(mini)); // before any full header
        QVERIFY(!reader.read({}));
        QCOMPARE(reader.read(full)->payload.size(), std::size_t{2});
        const auto packet = reader.read(mini);
        QVERIFY(packet);
        QCOMPARE(packet->header.sequence, 10U);
        QCOMPARE(packet->header.timestampMs, 256U + 20U);
        QCOMPARE(int(packet->header.codec), 3);
        QCOMPARE(packet->payload.size(), std::size_t{3});
        QVERIFY(!reader.read(Bytes(mini).first(7))); // shorter than it says
        for (unsigned i = 1; i < WzpCompactReader::kMaxMiniFrames; ++i)
            QVERIFY(reader.read(mini));
        QVERIFY(!reader.read(mini));
        QVERIFY(reader.read(full));
        QVERIFY(reader.read(mini));
    }

    void trunk()
    {
        const Buffer trunk = buffer({0, 2, 0, 7, 0, 3, 1, 2, 3, 0, 8, 0, 0});
        std::vector<WzpTrunkEntry> entries;
        QVERIFY(parseWzpTrunk(trunk, entries));
        QCOMPARE(entries.size(), std::size_t{2});
        QCOMPARE(int(entries[0].session), 7);
        QCOMPARE(entries[0].bytes.size(), std::size_t{3});
        QCOMPARE(entries[1].bytes.size(), std::size_t{0});
        QVERIFY(!parseWzpTrunk(trunk + buffer({0}), entries)); // a rest
        for (std::size_t length = 0; length < trunk.size(); ++length)
            QVERIFY(!parseWzpTrunk(Bytes(trunk).first(length), entries));
        QVERIFY(!parseWzpTrunk(buffer({0, 0}), entries));
    }
};

QTEST_GUILESS_MAIN(WzpTest)
#include "wzp_test.moc"
