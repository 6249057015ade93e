#include "engine/base/bounded_queue.h"
#include "engine/base/bytes.h"
#include "engine/base/entropy.h"
#include "engine/base/ip_address.h"
#include "engine/base/json_writer.h"
#include "engine/base/string_pool.h"
#include "engine/base/timestamp.h"

#include <QTest>

#include <arpa/inet.h>

#include <cmath>
#include <map>
#include <random>
#include <thread>

using namespace timbre;

namespace {

double plainEntropy(const std::string& text)
{
    std::map<char, double> counts;
    for (const char c : text)
        ++counts[c];
    double entropy = 0;
    for (const auto& [byte, count] : counts) {
        const double share = count / static_cast<double>(text.size());
        entropy -= share * std::log2(share);
    }
    return entropy;
}

} // namespace

class BaseTest : public QObject {
    Q_OBJECT

private slots:
    void readerStopsAtTheEnd()
    {
        ByteReader reader(asBytes("\x01\x02\x03\x04\x05"));
        QCOMPARE(reader.be16(), 0x0102);
        QCOMPARE(reader.le16(), 0x0403);
        QCOMPARE(reader.be32(), 0U);
        QVERIFY(!reader.ok());
        QCOMPARE(reader.u8(), 0); // stays failed, though a byte is left
        QVERIFY(reader.bytes(1).empty());
    }

    void addressesFollowRfc5952_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const std::pair<const char*, const char*> rows[] = {
            {"192.0.2.1", "192.0.2.1"},
            {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
            {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
            {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
            {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
            {"::", "::"},
            {"::1", "::1"},
            {"1::", "1::"},
            {"0:0:1:2:3:4:5:0", "::1:2:3:4:5:0"},
            {"::ffff:1.2.3.4", "::ffff:1.2.3.4"},
        };
        for (const auto& [text, canonical] : rows)
            QTest::newRow(text) << text << canonical;
    }

    void addressesFollowRfc5952()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const auto address = IpAddress::parse(text.toStdString());
        QVERIFY(address);
        QCOMPARE(QString::fromStdString(toString(*address)), canonical);
    }

    void everyAddressReadsBack()
    {
        std::mt19937_64 random(3);
        for (int i = 0; i < 20'000; ++i) {
            IpAddress address{IpFamily::V6, {}};
            for (auto& octet : address.octets)
                octet = random() % 3 == 0 ? static_cast<std::uint8_t>(random()) : 0;
            QVERIFY2(IpAddress::parse(toString(address)) == address, toString(address).c_str());
        }
        QVERIFY(!IpAddress::parse("1.2.3"));
        QVERIFY(!IpAddress::parse(""));
        QVERIFY(!IpAddress::parse(std::string(100, '1')));
    }

    void prefixes()
    {
        const auto net = IpPrefix::parse("10.1.2.3/20");
        QVERIFY(net);
        QVERIFY(net->contains(*IpAddress::parse("10.1.15.255")));
        QVERIFY(!net->contains(*IpAddress::parse("10.1.16.0")));
        QVERIFY(!net->contains(*IpAddress::parse("::1")));
        QVERIFY(IpPrefix::parse("::/0")->contains(*IpAddress::parse("2001:db8::9")));
        QVERIFY(!IpPrefix::parse("10.0.0.0/33"));
        QVERIFY(!IpPrefix::parse("10.0.0.0/x"));
    }

    void entropyEqualsThePlainSum()
    {
        QCOMPARE(payloadEntropy({}), 0.0F);
        QCOMPARE(payloadEntropy(asBytes(std::string(1500, 'x'))), 0.0F);
        std::string all;
        for (int i = 0; i < 256; ++i)
            all += static_cast<char>(i);
        QCOMPARE(payloadEntropy(asBytes(all)), 8.0F);
        std::mt19937 random(11);
        for (std::size_t length : {1U, 2U, 7U, 8U, 9U, 100U, 191U, 1023U, 1024U, 1025U, 1460U, 9000U, 60'000U, 65'535U, 65'536U, 200'000U}) {
            std::string text;
            for (std::size_t i = 0; i < length; ++i)
                text += static_cast<char>(random() % (1 + length % 250));
            const double difference = static_cast<double>(payloadEntropy(asBytes(text))) - plainEntropy(text);
            QVERIFY2(std::abs(difference) < 1e-6, qPrintable(QString::number(length)));
        }
    }

    void poolKeepsEachNameOnce()
    {
        StringPool pool;
        const StringId one = pool.intern("example.org");
        QCOMPARE(pool.intern(std::string("example") + ".org"), one);
        QCOMPARE(pool.intern(""), 0U);
        QVERIFY(pool.text(one) == "example.org");
        QVERIFY(pool.text(999).empty());
        QVERIFY(pool.text(pool.intern(std::string(5000, 'a'))).size() == StringPool::kMaxNameBytes);
        QCOMPARE(pool.cut(), 1U);
        for (std::size_t i = pool.size(); i < StringPool::kChunkSize * StringPool::kMaxChunks; ++i)
            pool.intern(std::to_string(i));
        QCOMPARE(pool.intern("one too many"), 0U);
        QCOMPARE(pool.refused(), 1U);
        QVERIFY(pool.text(one) == "example.org");
    }

    void jsonIsValidWhateverTheText()
    {
        std::string out;
        JsonWriter json(out);
        json.beginObject().member("a", "x\"\\\n\x01").member("bad", "\xff\xc3\xa9\xed\xa0\x80").key("list").beginArray();
        json.value(1).value(-0.5).value(true).value(std::nan("")).endArray().endObject();
        QCOMPARE(QString::fromStdString(out),
                 QString::fromUtf8("{\"a\":\"x\\\"\\\\\\n\\u0001\",\"bad\":\"\uFFFD\u00e9\uFFFD\uFFFD\uFFFD\","
                                   "\"list\":[1,-0.5,true,null]}"));
    }

    void timesAsText()
    {
        QCOMPARE(formatUtc({0}), "1970-01-01T00:00:00.000000000Z");
        QCOMPARE(formatUtc({-1}), "1969-12-31T23:59:59.999999999Z");
        QCOMPARE(formatUtc({1'700'000'000'225'393'000}), "2023-11-14T22:13:20.225393000Z");
        QCOMPARE(formatEpochSeconds({1'700'000'000'225'393'999}), "1700000000.225393");
        QCOMPARE(formatEpochSeconds({-1'500'000'000}), "-1.500000");
        QCOMPARE(elapsedNs(Timestamp::min(), Timestamp::max()), std::numeric_limits<std::int64_t>::max());
    }

    void queuePassesEverythingInOrderAndCloses()
    {
        BoundedQueue<int> queue(3);
        std::jthread producer([&] {
            for (int i = 0; i < 1000; ++i)
                queue.push(i);
            queue.close();
        });
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(queue.pop().value_or(-1), i);
        QVERIFY(!queue.pop());
        QVERIFY(!queue.push(1));
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
