#include "ui/docks/flows_copy.h"

#include "engine/base/json_writer.h"
#include "engine/pipeline/flow_fields.h"
#include "ui/models/format.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr std::size_t kRowsBetweenStops = 1024;

std::string endpointText(const flow::FlowRecord& record, flow::Side side)
{
    return formatEndpoint(record, side).toStdString();
}

std::string cellText(const flow::FlowSnapshot& flows, const flow::FlowRecord& record, FlowColumn column)
{
    if (column == FlowColumn::Client)
        return endpointText(record, flow::Side::Initiator);
    if (column == FlowColumn::Server)
        return endpointText(record, flow::Side::Responder);
    return pipeline::exactText({flows, record}, columnInfo(column).field);
}

/// Tabs and line ends would break the table apart; names from a capture may hold anything.
void appendCell(std::string& out, const std::string& text)
{
    for (const char c : text)
        out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

void appendTsvRow(std::string& out, const CopyRequest& request, const flow::FlowRecord& record)
{
    bool first = true;
    for (const FlowColumn column : request.columns) {
        if (!std::exchange(first, false))
            out += '\t';
        appendCell(out, cellText(*request.flows, record, column));
    }
    out += '\n';
}

bool isWholeNumber(query::FieldType type)
{
    return type == query::FieldType::Integer || type == query::FieldType::Bytes || type == query::FieldType::Port;
}

void appendJsonRow(std::string& out, const CopyRequest& request, const flow::FlowRecord& record)
{
    JsonWriter json(out);
    json.beginObject();
    for (const FlowColumn column : request.columns) {
        const FlowColumnInfo& info = columnInfo(column);
        const pipeline::FlowRow row(*request.flows, record);
        const query::Value value = pipeline::primaryValue(row, info.field);
        if (const auto* number = std::get_if<std::int64_t>(&value);
            number != nullptr && isWholeNumber(query::info(info.field).type)) {
            json.member(info.id, *number);
        } else if (const std::string text = cellText(*request.flows, record, column); !text.empty()) {
            json.member(info.id, std::string_view(text));
        }
    }
    json.endObject();
    out += '\n';
}

QString joined(const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows, const auto& term)
{
    QStringList terms;
    for (const std::uint32_t row : rows)
        terms << QLatin1Char('(') + term(flows[row]) + QLatin1Char(')');
    terms.removeDuplicates();
    return terms.size() == 1 ? terms.first().mid(1, terms.first().size() - 2) : terms.join(QStringLiteral(" or "));
}

bool hasPorts(const flow::FlowRecord& record)
{
    return record.key.l4 == decode::L4::Tcp || record.key.l4 == decode::L4::Udp;
}

QString addressText(const flow::FlowRecord& record, flow::Side side)
{
    return QString::fromStdString(toString(record.address(side)));
}

QString bpfTerm(const flow::FlowRecord& record)
{
    QString term = QStringLiteral("host %1 and host %2")
                       .arg(addressText(record, flow::Side::Initiator), addressText(record, flow::Side::Responder));
    if (!hasPorts(record)) {
        const char16_t* keyword = record.key.family == IpFamily::V6 ? u" and ip6 proto %1" : u" and ip proto %1";
        return term + QString::fromUtf16(keyword).arg(record.key.protocol);
    }
    term += record.key.l4 == decode::L4::Tcp ? QStringLiteral(" and tcp") : QStringLiteral(" and udp");
    return term + QStringLiteral(" and port %1 and port %2")
                      .arg(record.port(flow::Side::Initiator))
                      .arg(record.port(flow::Side::Responder));
}

QString wiresharkTerm(const flow::FlowRecord& record)
{
    const QString ip = record.key.family == IpFamily::V6 ? QStringLiteral("ipv6") : QStringLiteral("ip");
    QString term = QStringLiteral("%1.addr == %2 && %1.addr == %3")
                       .arg(ip, addressText(record, flow::Side::Initiator), addressText(record, flow::Side::Responder));
    if (!hasPorts(record))
        return term +
               QStringLiteral(" && %1 == %2")
                   .arg(record.key.family == IpFamily::V6 ? QStringLiteral("ipv6.nxt") : QStringLiteral("ip.proto"))
                   .arg(record.key.protocol);
    const QString l4 = record.key.l4 == decode::L4::Tcp ? QStringLiteral("tcp") : QStringLiteral("udp");
    return term + QStringLiteral(" && %1.port == %2 && %1.port == %3")
                      .arg(l4)
                      .arg(record.port(flow::Side::Initiator))
                      .arg(record.port(flow::Side::Responder));
}

} // namespace

std::string copyText(const CopyRequest& request, const std::stop_token& stop)
{
    std::string out;
    if (request.format == CopyFormat::Tsv) {
        for (const FlowColumn column : request.columns)
            out += (out.empty() ? "" : "\t") + columnTitle(column).toStdString();
        out += '\n';
    }
    std::size_t count = 0;
    for (const std::uint32_t row : request.rows) {
        if (++count % kRowsBetweenStops == 0 && stop.stop_requested())
            break;
        const flow::FlowRecord& record = (*request.flows)[row];
        if (request.format == CopyFormat::Tsv)
            appendTsvRow(out, request, record);
        else
            appendJsonRow(out, request, record);
    }
    return out;
}

FlowsCopier::FlowsCopier(QObject* parent)
    : QObject(parent)
{
    m_job = std::make_unique<pipeline::NewestJob<CopyRequest>>(
        "copy", [this](std::uint64_t, const CopyRequest& request, const std::stop_token& stop) {
            QString text = QString::fromStdString(copyText(request, stop));
            if (stop.stop_requested())
                return;
            const auto rows = static_cast<qsizetype>(request.rows.size());
            QMetaObject::invokeMethod(
                this,
                [this, text = std::move(text), rows] {
                    QGuiApplication::clipboard()->setText(text);
                    emit copied(rows);
                },
                Qt::QueuedConnection);
        });
}

FlowsCopier::~FlowsCopier() = default;

void FlowsCopier::copy(CopyRequest request)
{
    m_job->start(std::move(request));
}

QString bpfFilter(const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows)
{
    return joined(flows, rows, bpfTerm);
}

QString wiresharkFilter(const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows)
{
    return joined(flows, rows, wiresharkTerm);
}

} // namespace timbre::ui
