#include "ui/models/anomalies_model.h"

#include "ui/models/format.h"
#include "ui/models/trend_texts.h"

#include <QtCore/QDateTime>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr std::int64_t kNsPerMs{1'000'000};
constexpr int kListedEntities = 3;

} // namespace

QString severityTitle(trends::Severity severity)
{
    switch (severity) {
    case trends::Severity::Low:
        return AnomaliesModel::tr("low");
    case trends::Severity::Medium:
        return AnomaliesModel::tr("medium");
    case trends::Severity::High:
        return AnomaliesModel::tr("high");
    case trends::Severity::Critical:
        break;
    }
    return AnomaliesModel::tr("critical");
}

Role roleOf(trends::Severity severity)
{
    switch (severity) {
    case trends::Severity::Low:
        return Role::Unknown;
    case trends::Severity::Medium:
        return Role::Watch;
    case trends::Severity::High:
    case trends::Severity::Critical:
        break;
    }
    return Role::Bad;
}

Timestamp timeOfMs(std::int64_t ms)
{
    std::int64_t ns = 0;
    if (__builtin_mul_overflow(ms, kNsPerMs, &ns))
        return ms < 0 ? Timestamp::min() : Timestamp::max();
    return {ns};
}

AnomaliesModel::AnomaliesModel(const Theme& theme, const Focus& focus, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
    , m_focus(focus)
{
}

void AnomaliesModel::setResult(std::shared_ptr<const trends::TrendsResult> result, bool sameCapture)
{
    const int rows = result ? static_cast<int>(result->anomalies->size()) : 0;
    if (!sameCapture || !m_result || rows < m_rows) {
        beginResetModel();
        m_result = std::move(result);
        m_rows = rows;
        endResetModel();
        return;
    }
    const auto before = m_result;
    m_result = std::move(result);
    for (int row = 0; row < m_rows; ++row)
        if ((*before->anomalies)[std::size_t(row)] != (*m_result->anomalies)[std::size_t(row)])
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
}

void AnomaliesModel::zoneChanged()
{
    constexpr int kColumn = static_cast<int>(Column::Detected);
    if (m_rows > 0)
        emit dataChanged(index(0, kColumn), index(m_rows - 1, kColumn));
}

int AnomaliesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int AnomaliesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::NumColumns);
}

QVariant AnomaliesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Severity:
        return tr("Severity");
    case Column::Detected:
        return tr("Detected");
    case Column::Kind:
        return tr("Kind");
    case Column::What:
        return tr("What");
    case Column::Count:
        return tr("Times");
    case Column::Entities:
        return tr("Addresses");
    case Column::NumColumns:
        break;
    }
    return {};
}

QString AnomaliesModel::text(const trends::AnomalyRow& row, Column column) const
{
    const trends::Anomaly& anomaly = row.anomaly;
    switch (column) {
    case Column::Severity:
        return severityTitle(anomaly.severity);
    case Column::Detected:
        return m_focus.formatTime(timeOfMs(anomaly.detectedMs), 3);
    case Column::Kind:
        return titleText(anomaly.type);
    case Column::What:
        return sentenceText(anomaly, *m_result->names);
    case Column::Count:
        return formatCount(row.count);
    case Column::Entities: {
        QStringList names;
        for (const StringId entity : anomaly.entities) {
            if (names.size() == kListedEntities)
                return tr("%1 and %2 more")
                    .arg(names.join(QStringLiteral(", ")))
                    .arg(anomaly.entities.size() - kListedEntities);
            names.append(toQString(m_result->text(entity)));
        }
        return names.join(QStringLiteral(", "));
    }
    case Column::NumColumns:
        break;
    }
    return {};
}

QVariant AnomaliesModel::sortValue(const trends::AnomalyRow& row, Column column) const
{
    switch (column) {
    case Column::Severity:
        return static_cast<int>(row.anomaly.severity);
    case Column::Detected:
        return QVariant::fromValue<qlonglong>(row.anomaly.detectedMs);
    case Column::Count:
        return QVariant::fromValue<qulonglong>(row.count);
    default:
        return text(row, column);
    }
}

QVariant AnomaliesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const trends::AnomalyRow& shown = row(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, column);
    case Qt::ToolTipRole:
        return column == Column::Kind || column == Column::What || column == Column::Entities
                   ? QVariant(text(shown, column))
                   : QVariant();
    case kSortRole:
        return sortValue(shown, column);
    case Qt::DecorationRole:
        return column == Column::Severity ? QVariant(m_theme.stateIcon(roleOf(shown.anomaly.severity))) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Column::Count ? QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

ShownAnomalies::ShownAnomalies(AnomaliesModel& model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
    setSortRole(AnomaliesModel::kSortRole);
}

void ShownAnomalies::setSuppressions(std::vector<trends::Suppression> suppressions)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch(); // a rule ends by the analyst's clock
    std::erase_if(suppressions, [now](const trends::Suppression& one) { return trends::expired(one, now); });
    if (suppressions == m_suppressions)
        return;
    m_suppressions = std::move(suppressions);
    invalidateFilter();
}

void ShownAnomalies::setRange(std::optional<TimeRange> range)
{
    if (range == m_range)
        return;
    m_range = range;
    invalidateFilter();
}

void ShownAnomalies::setHiddenShown(bool shown)
{
    if (shown == m_hiddenShown)
        return;
    m_hiddenShown = shown;
    invalidateFilter();
}

std::vector<int> ShownAnomalies::hiddenCounts() const
{
    std::vector<int> counts(m_suppressions.size());
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!inRange(m_model.row(row)))
            continue;
        for (std::size_t i = 0; i < m_suppressions.size(); ++i)
            counts[i] += trends::hides(m_suppressions[i], m_model.row(row).anomaly, *m_model.result()) ? 1 : 0;
    }
    return counts;
}

int ShownAnomalies::hiddenRows() const
{
    if (m_suppressions.empty())
        return 0;
    int count = 0;
    for (int row = 0; row < m_model.rowCount(); ++row)
        count += inRange(m_model.row(row)) && suppressed(m_model.row(row)) ? 1 : 0;
    return count;
}

bool ShownAnomalies::inRange(const trends::AnomalyRow& row) const
{
    return !m_range || m_range->overlaps(timeOfMs(row.anomaly.detectedMs), timeOfMs(row.lastMs));
}

bool ShownAnomalies::suppressed(const trends::AnomalyRow& row) const
{
    return std::any_of(m_suppressions.begin(), m_suppressions.end(), [&](const trends::Suppression& suppression) {
        return trends::hides(suppression, row.anomaly, *m_model.result());
    });
}

bool ShownAnomalies::filterAcceptsRow(int row, const QModelIndex&) const
{
    const trends::AnomalyRow& one = m_model.row(row);
    return inRange(one) && (m_hiddenShown || !suppressed(one));
}

} // namespace timbre::ui
