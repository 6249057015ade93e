#include "ui/plots/flow_facts.h"

#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/service_names.h"
#include "ui/models/format.h"
#include "ui/plots/state_path.h"

#include <QtCore/QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

QString endWords(flow::EndReason reason)
{
    switch (reason) {
    case flow::EndReason::Fin:
        return tr("closed by FIN");
    case flow::EndReason::Rst:
        return tr("reset");
    case flow::EndReason::IdleTimeout:
        return tr("ended: idle");
    case flow::EndReason::Evicted:
        return tr("put out of the flow table, which was full");
    }
    return {};
}

/// Collects facts of one record; those without a value are left out.
class Facts {
public:
    Facts(const flow::FlowSnapshot& flows, const flow::FlowRecord& record)
        : m_row(flows, record)
    {
    }

    void add(const QString& name, const QString& value, std::optional<query::Field> field = {},
             const QString& exact = {}, bool fixedFont = false)
    {
        if (value.isEmpty())
            return;
        const QString filter = field ? toQString(pipeline::filterFor(m_row, *field)) : QString();
        m_facts.push_back({name, value, exact, filter, fixedFont});
    }
    std::vector<Fact> take() { return std::move(m_facts); }

private:
    pipeline::FlowRow m_row;
    std::vector<Fact> m_facts;
};

QString appWords(flow::App app)
{
    return QString::fromLatin1(flow::toString(app)).toUpper();
}

QString ttlWords(const flow::SideStats& side)
{
    if (side.packets == 0)
        return {};
    return side.firstTtl == side.lastTtl ? QString::number(side.firstTtl)
                                         : u"%1 … %2"_s.arg(side.firstTtl).arg(side.lastTtl);
}

} // namespace

QString flowTitle(const flow::FlowRecord& record)
{
    return formatEndpoint(record, flow::Side::Initiator) + u" → "_s + formatEndpoint(record, flow::Side::Responder);
}

QString flowKind(const flow::FlowRecord& record)
{
    const QString protocol = toQString(pipeline::protocolName(record.key.l4, record.key.protocol)).toUpper();
    if (record.ended)
        return protocol + u", "_s + endWords(record.endReason);
    if (record.key.l4 == decode::L4::Tcp)
        return protocol + u", "_s + stateWords(record.state);
    return protocol + u", "_s + tr("alive");
}

std::vector<Fact> factsOf(const flow::FlowSnapshot& flows, const flow::FlowRecord& record, const Focus& focus)
{
    using flow::Side;
    using query::Field;
    Facts facts(flows, record);
    const auto name = [&flows](StringId id) { return toQString(flows.name(id)); };
    facts.add(tr("Initiator ↑"), formatEndpoint(record, Side::Initiator), Field::Src, {}, true);
    facts.add(tr("Its name"), name(record.hostNames[0]));
    facts.add(tr("Responder ↓"), formatEndpoint(record, Side::Responder), Field::Dst, {}, true);
    facts.add(tr("Its name"), name(record.hostNames[1]));
    facts.add(tr("Server name (SNI)"), name(record.serverName), Field::Sni);
    facts.add(tr("HTTP host"), name(record.httpHost), Field::HttpHost);
    facts.add(tr("Usual service"), toQString(pipeline::serviceOf(record)), Field::Service);
    facts.add(tr("Spoken inside"), appWords(record.app), Field::App);
    const QString zone = u' ' + focus.zoneName(record.started);
    facts.add(tr("First packet"), focus.formatTime(record.started) + zone, {},
              focus.formatTime(record.started, 9) + zone);
    facts.add(tr("Last packet"), focus.formatTime(record.lastSeen) + zone, {},
              focus.formatTime(record.lastSeen, 9) + zone);
    facts.add(tr("Duration"), formatDuration(record.durationNs()), {},
              tr("%1 ns").arg(formatCount(static_cast<std::uint64_t>(record.durationNs()))));
    if (const double seconds = static_cast<double>(record.durationNs()) / 1e9; seconds > 0.0)
        facts.add(tr("Mean rate"), formatRate(static_cast<double>(record.originalBytes()) / seconds));
    if (record.handshakeRttNs != flow::kUnknownNs)
        facts.add(tr("Handshake round trip"), formatDuration(record.handshakeRttNs));
    if (record.vlan != decode::kNoVlan)
        facts.add(tr("VLAN"), QString::number(record.vlan), Field::Vlan);
    if (record.tunnel != decode::Tunnel::None)
        facts.add(tr("Inside tunnel"), QString::fromLatin1(decode::tunnelName(record.tunnel)), Field::Tunnel);
    return facts.take();
}

std::vector<SideFact> sideFacts(const flow::FlowRecord& record)
{
    const flow::SideStats& up = record.of(flow::Side::Initiator);
    const flow::SideStats& down = record.of(flow::Side::Responder);
    std::vector<SideFact> rows;
    const auto bytes = [&rows](const QString& name, std::uint64_t a, std::uint64_t b) {
        rows.push_back({name, formatBytes(a), formatBytes(b), formatCount(a) + u" B"_s, formatCount(b) + u" B"_s});
    };
    const auto count = [&rows](const QString& name, std::uint64_t a, std::uint64_t b) {
        rows.push_back({name, formatCount(a), formatCount(b), {}, {}});
    };
    count(tr("Packets"), up.packets, down.packets);
    bytes(tr("Bytes on the wire"), up.originalBytes, down.originalBytes);
    if (up.bytes != up.originalBytes || down.bytes != down.originalBytes)
        bytes(tr("Bytes captured"), up.bytes, down.bytes);
    bytes(tr("Payload"), up.payloadBytes, down.payloadBytes);
    if (record.key.l4 == decode::L4::Tcp) {
        count(tr("Retransmissions"), up.retransmissions, down.retransmissions);
        count(tr("Out of order"), up.outOfOrder, down.outOfOrder);
        count(tr("Zero windows"), up.zeroWindows, down.zeroWindows);
    }
    rows.push_back({tr("TTL, first … last"), ttlWords(up), ttlWords(down), {}, {}});
    const auto entropy = [](const flow::SideStats& side) {
        return side.meanEntropy() < 0.0 ? QString() : QString::number(side.meanEntropy(), 'f', 2);
    };
    rows.push_back({tr("Payload entropy (bit/B)"), entropy(up), entropy(down), {}, {}});
    return rows;
}

} // namespace timbre::ui
