#include "ui/models/captures_model.h"

#include "ui/models/format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

bool hasDamage(const pipeline::CaptureSnapshot& snapshot)
{
    return std::any_of(snapshot.messages.begin(), snapshot.messages.end(),
                       [](const auto& message) { return message.severity != capture::Severity::Note; });
}

double share(const pipeline::CaptureSnapshot& snapshot)
{
    if (snapshot.phase != pipeline::Phase::Reading || snapshot.progress.bytesTotal == 0 || snapshot.live)
        return -1.0;
    return std::min(1.0, static_cast<double>(snapshot.progress.bytesRead) /
                             static_cast<double>(snapshot.progress.bytesTotal));
}

QString detail(const pipeline::CaptureSnapshot& snapshot)
{
    if (snapshot.phase == pipeline::Phase::Failed || snapshot.phase == pipeline::Phase::Queued)
        return captureStateText(snapshot);
    const QString dot = QStringLiteral(" · ");
    const std::uint64_t flows = snapshot.phase == pipeline::Phase::Stored ? snapshot.counters.flowsCreated // not loaded
                                                                          : snapshot.flows->size();
    QString text = formatBytes(snapshot.facts.fileBytes) + dot + formatCounted(flows, tr("1 flow"), tr("%1 flows"));
    if (snapshot.timeRange)
        text += dot + formatDuration(elapsedNs(snapshot.timeRange->begin, snapshot.timeRange->end));
    return text;
}

QString toolTip(const pipeline::CaptureSnapshot& snapshot)
{
    QStringList lines{toQString(snapshot.path), detail(snapshot), captureStateText(snapshot)};
    if (!snapshot.facts.format.empty())
        lines << toQString(snapshot.facts.format) +
                     (snapshot.facts.compression.empty()
                          ? QString()
                          : QStringLiteral(", ") + toQString(snapshot.facts.compression));
    lines.removeDuplicates();
    return lines.join(QLatin1Char('\n'));
}

} // namespace

Role captureState(const pipeline::CaptureSnapshot& snapshot)
{
    switch (snapshot.phase) {
    case pipeline::Phase::Stored:
    case pipeline::Phase::Queued:
    case pipeline::Phase::Reading:
        return Role::Unknown;
    case pipeline::Phase::Cancelled:
        return Role::Watch;
    case pipeline::Phase::Failed:
        return Role::Bad;
    case pipeline::Phase::Finished:
        break;
    }
    return hasDamage(snapshot) ? Role::Watch : Role::Good;
}

QString captureStateText(const pipeline::CaptureSnapshot& snapshot)
{
    switch (snapshot.phase) {
    case pipeline::Phase::Stored:
        return tr("in the workspace");
    case pipeline::Phase::Queued:
        return tr("waiting");
    case pipeline::Phase::Reading:
        if (snapshot.live)
            return snapshot.live->status.state == capture::LiveState::Ended ? tr("being analysed") : tr("live");
        return share(snapshot) < 0 ? tr("reading") : tr("reading, %1 %").arg(static_cast<int>(share(snapshot) * 100));
    case pipeline::Phase::Cancelled:
        return tr("stopped before the end");
    case pipeline::Phase::Failed:
        return snapshot.failure ? toQString(snapshot.failure->message) : tr("could not be opened");
    case pipeline::Phase::Finished:
        break;
    }
    if (snapshot.live && !snapshot.live->saved)
        return tr("stopped, not saved");
    if (hasDamage(snapshot))
        return tr("complete, with remarks in Health");
    return snapshot.fromStore ? tr("complete, from the workspace") : tr("complete");
}

QString captureName(const pipeline::CaptureSnapshot& snapshot)
{
    if (snapshot.live && !snapshot.live->saved)
        return toQString(snapshot.live->title);
    const QString name = QFileInfo(toQString(snapshot.path)).fileName();
    // A spool of an earlier run, opened where it lies: its directory begins with the second it was made.
    static const QRegularExpression spool(QStringLiteral("^(\\d{9,11})-\\d+-\\d+$"));
    if (const auto match = spool.match(name); match.hasMatch())
        return tr("capture of %1")
            .arg(QDateTime::fromSecsSinceEpoch(match.captured(1).toLongLong(), Qt::UTC)
                     .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
    return name;
}

CapturesModel::CapturesModel(EngineBridge& bridge, QObject* parent)
    : QAbstractListModel(parent)
    , m_bridge(bridge)
    , m_ids(bridge.captures())
{
    connect(&bridge, &EngineBridge::workspaceChanged, this, &CapturesModel::refreshList);
    connect(&bridge, &EngineBridge::captureChanged, this, &CapturesModel::refreshCapture);
}

int CapturesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant CapturesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CaptureId id = captureAt(index.row());
    if (role == IdRole)
        return QVariant::fromValue(id);
    const SnapshotPtr snapshot = m_bridge.snapshot(id);
    if (!snapshot)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return captureName(*snapshot);
    case Qt::ToolTipRole:
        return toolTip(*snapshot);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3").arg(captureName(*snapshot), captureStateText(*snapshot), detail(*snapshot));
    case DetailRole:
        return detail(*snapshot);
    case StateRole:
        return static_cast<int>(captureState(*snapshot));
    case StateTextRole:
        return captureStateText(*snapshot);
    case ShareRole:
        return share(*snapshot);
    default:
        return {};
    }
}

CaptureId CapturesModel::captureAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_ids[static_cast<std::size_t>(row)] : 0;
}

int CapturesModel::rowOf(CaptureId id) const
{
    const auto found = std::find(m_ids.begin(), m_ids.end(), id);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

// The engine keeps the order of opening, so a capture only ever leaves somewhere or comes at the end.
void CapturesModel::refreshList()
{
    const std::vector<CaptureId> now = m_bridge.captures();
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::find(now.begin(), now.end(), captureAt(row)) != now.end())
            continue;
        beginRemoveRows({}, row, row);
        m_ids.erase(m_ids.begin() + row);
        endRemoveRows();
    }
    for (const CaptureId id : now) {
        if (rowOf(id) >= 0)
            continue;
        beginInsertRows({}, rowCount(), rowCount());
        m_ids.push_back(id);
        endInsertRows();
    }
}

void CapturesModel::refreshCapture(CaptureId id)
{
    const int row = rowOf(id);
    if (row < 0)
        refreshList();
    else
        emit dataChanged(index(row), index(row));
}

} // namespace timbre::ui
