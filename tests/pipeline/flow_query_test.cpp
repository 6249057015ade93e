#include "engine/pipeline/first_page.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/flow_query.h"
#include "engine/query/fold.h"
#include "tests/support/synthetic_flows.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

using namespace timbre;
using namespace timbre::pipeline;
using query::Field;
using query::Value;

namespace {

const std::shared_ptr<const flow::FlowSnapshot>& sample()
{
    static const auto snapshot = timbre::testing::makeFlows({3000, 200, 11});
    return snapshot;
}

bool less(const Value& a, const Value& b)
{
    const auto* textA = std::get_if<std::string_view>(&a);
    const auto* textB = std::get_if<std::string_view>(&b);
    return textA != nullptr && textB != nullptr ? lessName(*textA, *textB) : a < b;
}

/// -1, 0 or 1 as the order of two rows under one key, worked out the plainest way.
int compare(const flow::FlowSnapshot& flows, std::uint32_t a, std::uint32_t b, SortKey key)
{
    const Value x = primaryValue(FlowRow(flows, flows[a]), key.field);
    const Value y = primaryValue(FlowRow(flows, flows[b]), key.field);
    const bool noX = std::holds_alternative<std::monostate>(x);
    const bool noY = std::holds_alternative<std::monostate>(y);
    if (noX || noY)
        return static_cast<int>(noX) - static_cast<int>(noY);
    if (key.field == Field::History)
        return query::compareFolded(std::get<std::string_view>(x), std::get<std::string_view>(y)) *
               (key.descending ? -1 : 1);
    const int order = less(x, y) ? -1 : less(y, x) ? 1 : 0;
    return key.descending ? -order : order;
}

std::vector<std::uint32_t> plainSort(const flow::FlowSnapshot& flows, std::vector<std::uint32_t> rows,
                                     const std::vector<SortKey>& keys)
{
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        for (const SortKey& key : keys)
            if (const int order = compare(flows, a, b, key); order != 0)
                return order < 0;
        return false;
    });
    return rows;
}

std::vector<std::uint32_t> allRows(const flow::FlowSnapshot& flows)
{
    std::vector<std::uint32_t> rows(flows.size());
    std::iota(rows.begin(), rows.end(), std::uint32_t{0});
    return rows;
}

FlowQueryRequest ask(const char* filter, std::vector<SortKey> sort = {})
{
    FlowQueryRequest request;
    request.snapshot = sample();
    request.filter = query::Filter::compile(filter).filter;
    request.sort = std::move(sort);
    return request;
}

std::vector<std::uint32_t> rowsOf(const FlowQueryRequest& request)
{
    NameRanks ranks;
    return *answer(request, ranks, {}, {})->rows;
}

/// Waits for what the worker's threads deliver.
template<typename Result>
class Inbox {
public:
    void put(Result result)
    {
        {
            std::lock_guard lock(m_mutex);
            m_results.push_back(std::move(result));
        }
        m_arrived.notify_all();
    }
    /// True once a final result with this number is there.
    bool waitFor(std::uint64_t number)
    {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, std::chrono::seconds(60),
                                  [&] { return !m_results.empty() && m_results.back().number == number; });
    }
    std::vector<Result> take()
    {
        std::lock_guard lock(m_mutex);
        return std::exchange(m_results, {});
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<Result> m_results;
};

} // namespace

class FlowQueryTest : public QObject {
    Q_OBJECT

private slots:
    void wordsOfTheLanguageAreThoseOfTheEngine();
    void everyFieldIsReadFromARecord();
    void filterForACellFindsTheCell_data();
    void filterForACellFindsTheCell();
    void sortedLikeAPlainSort_data();
    void sortedLikeAPlainSort();
    void severalKeysCountInOrder();
    void extremeValuesKeepTheirOrder();
    void firstPageIsTheBeginningOfTheWhole();
    void namesAreRankedAgainWhenThePoolGrew();
    void totalsAreOfWhatMatches();
    void rangeTakesFlowsWithAMomentInIt();
    void valuesAreCounted();
    void stoppedWorkGivesNothing();
    void newestRequestWins();
    void workerStopsWhenDestroyed();
};

void FlowQueryTest::wordsOfTheLanguageAreThoseOfTheEngine()
{
    const auto expectWords = [](Field field, const std::vector<std::string>& words) {
        const auto known = query::enumValues(field);
        QCOMPARE(std::vector<std::string>(known.begin(), known.end()), words);
    };
    std::vector<std::string> apps, states, reasons, tunnels;
    for (int i = 1; i < static_cast<int>(flow::App::Count); ++i)
        apps.emplace_back(flow::toString(static_cast<flow::App>(i)));
    for (int i = 0; i <= static_cast<int>(flow::TcpState::Reset); ++i)
        states.emplace_back(flow::toString(static_cast<flow::TcpState>(i)));
    for (int i = 0; i <= static_cast<int>(flow::EndReason::Evicted); ++i)
        reasons.emplace_back(flow::toString(static_cast<flow::EndReason>(i)));
    for (int i = 1; i <= static_cast<int>(decode::Tunnel::Capwap); ++i)
        tunnels.emplace_back(decode::tunnelName(static_cast<decode::Tunnel>(i)));
    expectWords(Field::App, apps);
    expectWords(Field::State, states);
    expectWords(Field::EndReason, reasons);
    expectWords(Field::Tunnel, tunnels);
    for (const std::string_view word : query::enumValues(Field::Proto)) {
        bool found = false;
        for (int i = 1; i <= static_cast<int>(decode::L4::Sctp); ++i)
            found = found || decode::l4Name(static_cast<decode::L4>(i), 0) == word;
        QVERIFY(found);
    }
    QCOMPARE(std::string(protocolName(decode::L4::Other, 47)), decode::l4Name(decode::L4::Other, 47));
}

void FlowQueryTest::everyFieldIsReadFromARecord()
{
    auto names = std::make_shared<StringPool>();
    flow::FlowRecord r;
    r.key = {{10, 0, 0, 1}, {203, 0, 113, 9}, 40000, 443, decode::L4::Tcp, 6, IpFamily::V4, 0};
    r.started = {1'700'000'000 * kNsPerSecond};
    r.lastSeen = {r.started.ns + 2'500'000'000};
    r.sides[0] = {3, 300, 330, 100, 12.0, 2, 1, 2, 3, 64, 63};
    r.sides[1] = {4, 4000, 4670, 2000, 31.5, 4, 10, 20, 30, 58, 58};
    r.firstPacket = 17;
    r.lastPacket = 170;
    r.handshakeRttNs = 12'300'000;
    r.hostNames = {names->intern("laptop.example"), names->intern("web.example")};
    r.serverName = names->intern("www.example.org");
    r.httpHost = names->intern("plain.example.org");
    r.mask = names->intern("voip");
    r.resonance = 87.5F;
    r.outerFlow = 5;
    r.interfaceIndex = 2;
    r.vlan = 20;
    r.history = {'S', 's', 'D'};
    r.historyLength = 3;
    r.state = flow::TcpState::Established;
    r.endReason = flow::EndReason::Rst;
    r.ended = true;
    r.app = flow::App::Tls;
    r.tunnel = decode::Tunnel::Vxlan;
    auto chunk = std::make_shared<flow::FlowSnapshot::Chunk>(1, r);
    auto traits = std::make_shared<flow::FlowTraitList::Chunk>();
    (*traits)[0] = {names->intern("t13d1516h2_x_y"), names->intern("aa50c12a"), names->intern("curl/8"),
                    names->intern("00ff"), 1U << 1U | 1U << 4U};
    auto risks = std::make_shared<flow::FlowTraitList::Risks>();
    (*risks)[*IpAddress::parse("10.0.0.1")] = 75;
    const auto remarks = std::make_shared<const flow::FlowRemarks>(
        flow::FlowRemarks{{0, {std::string("first") + query::kListSeparator + "second", "ours"}}});
    flow::FlowSnapshot flows =
        flow::FlowSnapshot({chunk}, 1, names)
            .withTraits(std::make_shared<flow::FlowTraitList>(flow::FlowTraitList::Chunks{traits}, risks))
            .withRemarks(remarks);
    flows.setMarks(std::make_shared<flow::FlowMarks>(std::vector<flow::VerdictMark>{{0, "suspect", 0.75}}));
    flows.setRates(std::make_shared<flow::FlowRates>(std::vector<flow::FlowRate>{{0, 1500.0F}}));
    const FlowRow row(flows, flows[0]);
    const std::map<Field, std::pair<const char*, const char*>> expected = {
        {Field::Addr, {"10.0.0.1", "10.0.0.1"}},
        {Field::Src, {"10.0.0.1", "10.0.0.1"}},
        {Field::Dst, {"203.0.113.9", "203.0.113.9"}},
        {Field::Port, {"443", "443"}},
        {Field::SrcPort, {"40000", "40000"}},
        {Field::DstPort, {"443", "443"}},
        {Field::Proto, {"tcp", "tcp"}},
        {Field::Service, {"https", "https"}},
        {Field::App, {"tls", "tls"}},
        {Field::State, {"established", "established"}},
        {Field::Ended, {"true", "yes"}},
        {Field::EndReason, {"rst", "rst"}},
        {Field::History, {"SsD", "SsD"}},
        {Field::Bytes, {"4300", "4.30 kB"}},
        {Field::BytesUp, {"300", "300 B"}},
        {Field::BytesDown, {"4000", "4.00 kB"}},
        {Field::Packets, {"7", "7"}},
        {Field::PacketsUp, {"3", "3"}},
        {Field::PacketsDown, {"4", "4"}},
        {Field::Payload, {"2100", "2.10 kB"}},
        {Field::PayloadUp, {"100", "100 B"}},
        {Field::PayloadDown, {"2000", "2.00 kB"}},
        {Field::Wire, {"5000", "5.00 kB"}},
        {Field::WireUp, {"330", "330 B"}},
        {Field::WireDown, {"4670", "4.67 kB"}},
        {Field::Age, {"2.500000000", "2.500 s"}},
        {Field::Start, {"2023-11-14T22:13:20.000000000Z", "2023-11-14 22:13:20.000000"}},
        {Field::End, {"2023-11-14T22:13:22.500000000Z", "2023-11-14 22:13:22.500000"}},
        {Field::Rate, {"2000.000000", "2.00 kB/s"}},
        {Field::RateNow, {"1500.000000", "1.50 kB/s"}},
        {Field::Rtt, {"0.012300000", "12.3 ms"}},
        {Field::Retransmissions, {"11", "11"}},
        {Field::OutOfOrder, {"22", "22"}},
        {Field::ZeroWindows, {"33", "33"}},
        {Field::Ttl, {"64", "64"}},
        {Field::Vlan, {"20", "20"}},
        {Field::Host, {"web.example", "web.example"}},
        {Field::Sni, {"www.example.org", "www.example.org"}},
        {Field::HttpHost, {"plain.example.org", "plain.example.org"}},
        {Field::Entropy, {"7.250000", "7.250"}},
        {Field::EntropyUp, {"6.000000", "6.000"}},
        {Field::EntropyDown, {"7.875000", "7.875"}},
        {Field::Resonance, {"87.500000", "87.500"}},
        {Field::Mask, {"voip", "voip"}},
        {Field::Verdict, {"suspect", "suspect"}},
        {Field::VerdictConfidence, {"0.750000", "0.750"}},
        {Field::Tunnel, {"vxlan", "vxlan"}},
        {Field::Inner, {"true", "yes"}},
        {Field::OuterFlow, {"5", "5"}},
        {Field::Interface, {"2", "2"}},
        {Field::FirstPacket, {"17", "17"}},
        {Field::LastPacket, {"170", "170"}},
        {Field::Index, {"0", "0"}},
        {Field::NoteText, {"first; second", "first · second"}},
        {Field::Tag, {"ours", "ours"}},
        {Field::Ja4, {"t13d1516h2_x_y", "t13d1516h2_x_y"}},
        {Field::Ja3, {"aa50c12a", "aa50c12a"}},
        {Field::UserAgent, {"curl/8", "curl/8"}},
        {Field::TokenHash, {"00ff", "00ff"}},
        {Field::Anomaly, {"true", "yes"}},
        {Field::AnomalyKind, {"session_sharing", "session_sharing"}},
        {Field::EntityRisk, {"75", "75"}}};
    QCOMPARE(expected.size(), query::kFieldCount);
    for (const auto& [field, texts] : expected) {
        const char* name = query::info(field).name.data();
        QVERIFY2(exactText(row, field) == texts.first, name);
        QVERIFY2(displayText(row, field, Zone::Utc) == texts.second, name);
    }
    const flow::FlowSnapshot none({std::make_shared<flow::FlowSnapshot::Chunk>(1)}, 1, names);
    for (const Field field : {Field::Port,
                              Field::Service,
                              Field::App,
                              Field::State,
                              Field::EndReason,
                              Field::History,
                              Field::Rate,
                              Field::RateNow,
                              Field::Rtt,
                              Field::Retransmissions,
                              Field::Ttl,
                              Field::Vlan,
                              Field::Host,
                              Field::Sni,
                              Field::HttpHost,
                              Field::Entropy,
                              Field::EntropyUp,
                              Field::Verdict,
                              Field::VerdictConfidence,
                              Field::Tunnel,
                              Field::OuterFlow,
                              Field::Ja4,
                              Field::UserAgent,
                              Field::TokenHash,
                              Field::AnomalyKind,
                              Field::EntityRisk})
        QVERIFY2(exactText(FlowRow(none, none[0]), field).empty(), query::info(field).name.data());
}

void FlowQueryTest::filterForACellFindsTheCell_data()
{
    QTest::addColumn<int>("field");
    for (const query::FieldInfo& field : query::allFields())
        QTest::newRow(std::string(field.name).c_str()) << static_cast<int>(field.id);
}

void FlowQueryTest::filterForACellFindsTheCell()
{
    QFETCH(int, field);
    for (std::uint32_t row = 0; row < 200; ++row) {
        const std::string text = filterFor(FlowRow(*sample(), (*sample())[row]), static_cast<Field>(field));
        const auto compiled = query::Filter::compile(text);
        QVERIFY2(compiled.filter, text.c_str());
        const auto rows = rowsOf(ask(text.c_str()));
        QVERIFY2(std::binary_search(rows.begin(), rows.end(), row), text.c_str());
    }
}

void FlowQueryTest::sortedLikeAPlainSort_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<bool>("descending");
    for (const query::FieldInfo& field : query::allFields())
        for (const bool descending : {false, true})
            QTest::addRow("%s %s", std::string(field.name).c_str(), descending ? "down" : "up")
                << static_cast<int>(field.id) << descending;
}

void FlowQueryTest::sortedLikeAPlainSort()
{
    QFETCH(int, field);
    QFETCH(bool, descending);
    const std::vector<SortKey> keys = {{static_cast<Field>(field), descending}};
    QVERIFY(rowsOf(ask("", keys)) == plainSort(*sample(), allRows(*sample()), keys));
}

void FlowQueryTest::severalKeysCountInOrder()
{
    const std::vector<SortKey> keys = {
        {Field::Proto, true}, {Field::Sni, false}, {Field::Ended, true}, {Field::Bytes, true}};
    QVERIFY(rowsOf(ask("", keys)) == plainSort(*sample(), allRows(*sample()), keys));
    QCOMPARE(rowsOf(ask("")), allRows(*sample()));
}

void FlowQueryTest::extremeValuesKeepTheirOrder()
{
    flow::FlowSnapshot::Chunk chunk(7);
    const std::int64_t starts[] = {0, Timestamp::max().ns, Timestamp::min().ns, -1, 1, Timestamp::max().ns - 2, 0};
    for (std::size_t i = 0; i < chunk.size(); ++i)
        chunk[i].started = chunk[i].lastSeen = {starts[i]};
    FlowQueryRequest request;
    request.snapshot = std::make_shared<flow::FlowSnapshot>(
        std::vector{std::make_shared<const flow::FlowSnapshot::Chunk>(chunk)}, chunk.size(), nullptr);
    request.sort = {{Field::Start, false}};
    QCOMPARE(rowsOf(request), (std::vector<std::uint32_t>{2, 3, 0, 6, 4, 5, 1}));
    request.sort = {{Field::Start, true}};
    QCOMPARE(rowsOf(request), (std::vector<std::uint32_t>{1, 5, 4, 0, 6, 3, 2}));
    request.sort = {{Field::Sni, true}};
    QCOMPARE(rowsOf(request), (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6}));
}

void FlowQueryTest::firstPageIsTheBeginningOfTheWhole()
{
    const auto flows = timbre::testing::makeFlows({110'000, 110'000, 3});
    for (const bool descending : {false, true}) {
        FlowQueryRequest request;
        request.snapshot = flows;
        request.sort = {{Field::Host, descending}};
        std::vector<std::uint32_t> page;
        NameRanks ranks;
        const auto whole = answer(request, ranks, {}, [&](const FlowQueryResult& result) {
            QVERIFY(result.partial);
            page = *result.rows;
        });
        QVERIFY(whole && !whole->partial);
        QCOMPARE(page.size(), FlowQuery::kPageRows);
        QVERIFY(std::equal(page.begin(), page.end(), whole->rows->begin()));
        const auto& rows = *whole->rows;
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const int order = compare(*flows, rows[i - 1], rows[i], request.sort.front());
            QVERIFY(order < 0 || (order == 0 && rows[i - 1] < rows[i]));
        }
        bool again = false;
        QVERIFY(answer(request, ranks, {}, [&](const FlowQueryResult&) { again = true; }));
        QVERIFY(!again); // names are ranked now
    }
}

void FlowQueryTest::namesAreRankedAgainWhenThePoolGrew()
{
    auto names = std::make_shared<StringPool>();
    NameRanks ranks;
    const StringId m = names->intern("m");
    QVERIFY(ranks.prepare(names, {}));
    const StringId a = names->intern("a"), upper = names->intern("M"), longer = names->intern("mm");
    QVERIFY(!ranks.prepared(names));
    QVERIFY(ranks.prepare(names, {}));
    QVERIFY(ranks.rank(a) < ranks.rank(upper) && ranks.rank(upper) < ranks.rank(m) &&
            ranks.rank(m) < ranks.rank(longer));
    QVERIFY(ranks.prepare(nullptr, {}));
}

void FlowQueryTest::totalsAreOfWhatMatches()
{
    FlowTotals expected;
    for (std::uint32_t row = 0; row < sample()->size(); ++row) {
        const flow::FlowRecord& record = (*sample())[row];
        if (record.key.l4 != decode::L4::Udp)
            continue;
        ++expected.flows;
        expected.packets += record.packets();
        expected.bytes += record.bytes();
        expected.wireBytes += record.originalBytes();
    }
    NameRanks ranks;
    const auto result = answer(ask("proto == udp"), ranks, {}, {});
    QVERIFY(expected.flows > 300 && result->totals == expected);
    QCOMPARE(result->rows->size(), expected.flows);
    FlowQueryRequest empty;
    empty.snapshot = std::make_shared<const flow::FlowSnapshot>();
    empty.sort = {{Field::Sni, false}, {Field::Bytes, true}};
    QCOMPARE(rowsOf(empty).size(), std::size_t{0});
}

void FlowQueryTest::rangeTakesFlowsWithAMomentInIt()
{
    flow::FlowSnapshot::Chunk chunk(4);
    const std::pair<std::int64_t, std::int64_t> lives[] = {
        {10, 20}, {30, 40}, {25, 15}, {21, 29}}; // the third runs backwards
    for (std::size_t i = 0; i < chunk.size(); ++i) {
        chunk[i].started = {lives[i].first};
        chunk[i].lastSeen = {lives[i].second};
    }
    FlowQueryRequest request;
    request.snapshot = std::make_shared<flow::FlowSnapshot>(
        std::vector{std::make_shared<const flow::FlowSnapshot::Chunk>(chunk)}, chunk.size(), nullptr);
    const auto within = [&](std::int64_t begin, std::int64_t end) {
        request.range = TimeRange{{begin}, {end}};
        return rowsOf(request);
    };
    using Rows = std::vector<std::uint32_t>;
    QCOMPARE(within(20, 20), (Rows{0, 2}));
    QCOMPARE(within(26, 27), (Rows{3}));
    QCOMPARE(within(41, 50), Rows{});
    QCOMPARE(within(0, 100), (Rows{0, 1, 2, 3}));
}

void FlowQueryTest::valuesAreCounted()
{
    for (const Field field :
         {Field::Sni, Field::Host, Field::Port, Field::App, Field::Addr, Field::Vlan, Field::Ended}) {
        std::map<std::string, std::uint64_t> expected;
        for (const std::uint32_t row : rowsOf(ask("not inner"))) {
            const auto values = query::readValues(FlowRow(*sample(), (*sample())[row]), field);
            std::set<std::string> distinct;
            for (std::size_t i = 0; i < values.count; ++i)
                distinct.insert(exactText(field, values.items[i]));
            for (const std::string& text : distinct)
                ++expected[text];
        }
        const auto counted = countValues({ask("not inner"), field, 100'000}, {});
        QCOMPARE(counted->values.size(), expected.size());
        QCOMPARE(counted->distinct, expected.size());
        for (std::size_t i = 0; i < counted->values.size(); ++i) {
            const ValueCount& value = counted->values[i];
            QCOMPARE(value.flows, expected[value.text]);
            QVERIFY(i == 0 || counted->values[i - 1].flows >= value.flows);
            const auto found = rowsOf(ask(("not inner and " + value.filter).c_str()));
            QVERIFY2(found.size() == value.flows || field == Field::Sni || field == Field::Host, value.filter.c_str());
        }
        const auto top = countValues({ask("not inner"), field, 2}, {});
        QCOMPARE(top->values.size(), std::min<std::size_t>(2, expected.size()));
    }
}

void FlowQueryTest::stoppedWorkGivesNothing()
{
    std::stop_source stop;
    stop.request_stop();
    NameRanks ranks;
    QVERIFY(!answer(ask("", {{Field::Sni, false}}), ranks, stop.get_token(), {}));
    QVERIFY(!countValues({ask(""), Field::Sni, 10}, stop.get_token()));
    auto names = std::make_shared<StringPool>();
    names->intern("a");
    QVERIFY(!ranks.prepare(names, stop.get_token()));
    QVERIFY(!ranks.prepared(names));
}

void FlowQueryTest::newestRequestWins()
{
    Inbox<FlowQueryResult> rows;
    Inbox<ValueCountsResult> values;
    FlowQuery worker([&](FlowQueryResult result) { rows.put(std::move(result)); },
                     [&](ValueCountsResult result) { values.put(std::move(result)); });
    std::uint64_t newest = 0;
    for (int i = 0; i < 200; ++i)
        newest = worker.ask(ask(i % 2 == 0 ? "port == 443" : "port == 80", {{Field::Bytes, true}}));
    const std::uint64_t counted = worker.askValues({ask(""), Field::App, 5});
    QVERIFY(rows.waitFor(newest) && values.waitFor(counted));
    const auto results = rows.take();
    QCOMPARE(results.back().number, newest);
    QVERIFY(std::is_sorted(results.begin(), results.end(),
                           [](const auto& a, const auto& b) { return a.number < b.number; }));
    QVERIFY(*results.back().rows == rowsOf(ask("port == 80", {{Field::Bytes, true}})));
    QCOMPARE(results.back().snapshot, sample());

    const std::uint64_t after = worker.ask(ask("port == 443"));
    QVERIFY(after > newest && rows.waitFor(after));
    QCOMPARE(*rows.take().back().rows, rowsOf(ask("port == 443")));
}

void FlowQueryTest::workerStopsWhenDestroyed()
{
    std::atomic<int> delivered = 0;
    for (int i = 0; i < 50; ++i) {
        FlowQuery worker([&](FlowQueryResult) { ++delivered; }, [&](ValueCountsResult) { ++delivered; });
        worker.ask(ask("", {{Field::Sni, false}}));
        worker.askValues({ask(""), Field::Addr, 5});
        if (i % 2 == 0)
            worker.cancel();
    }
    QVERIFY(delivered <= 100);
}

QTEST_GUILESS_MAIN(FlowQueryTest)
#include "flow_query_test.moc"
