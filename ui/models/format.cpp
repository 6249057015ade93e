#include "ui/models/format.h"

namespace timbre::ui {

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString formatCount(std::uint64_t count)
{
    return toQString(pipeline::formatCount(count));
}

QString formatCounted(std::uint64_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(formatCount(count));
}

QString formatBytes(std::uint64_t bytes)
{
    return toQString(pipeline::formatBytes(bytes));
}

QString formatDuration(std::int64_t ns)
{
    return toQString(pipeline::formatDuration(ns));
}

QString formatRate(double bytesPerSecond)
{
    return toQString(pipeline::formatRate(bytesPerSecond));
}

QString formatEndpoint(const flow::FlowRecord& flow, flow::Side side)
{
    const IpAddress address = flow.address(side);
    const QString host = toQString(toString(address));
    const bool hasPorts = flow.key.l4 == decode::L4::Tcp || flow.key.l4 == decode::L4::Udp;
    if (!hasPorts)
        return host;
    const QString port = QString::number(flow.port(side));
    return address.family == IpFamily::V6 ? QLatin1Char('[') + host + QStringLiteral("]:") + port
                                          : host + QLatin1Char(':') + port;
}

} // namespace timbre::ui
