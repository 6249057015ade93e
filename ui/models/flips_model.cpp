#include "ui/models/flips_model.h"

namespace timbre::ui {

Role roleOf(resonance::Status status)
{
    switch (status) {
    case resonance::Status::Healthy:
        return Role::Good;
    case resonance::Status::Warning:
        return Role::Watch;
    case resonance::Status::Compromised:
        return Role::Bad;
    default:
        return Role::Unknown;
    }
}

QString statusText(resonance::Status status)
{
    switch (status) {
    case resonance::Status::Healthy:
        return FlipsModel::tr("healthy");
    case resonance::Status::Warning:
        return FlipsModel::tr("warning");
    case resonance::Status::Compromised:
        return FlipsModel::tr("compromised");
    default:
        return FlipsModel::tr("skipped");
    }
}

FlipsModel::FlipsModel(Theme& theme, TimeText timeText, SubjectText subjectText, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
    , m_timeText(std::move(timeText))
    , m_subjectText(std::move(subjectText))
{
}

void FlipsModel::setFlips(std::shared_ptr<const resonance::MonitorResults> results, resonance::Flips flips,
                          const resonance::Limits& limits)
{
    beginResetModel();
    m_results = std::move(results);
    m_flips = std::move(flips);
    m_limits = limits;
    endResetModel();
}

int FlipsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_results ? 0 : static_cast<int>(m_flips.positions.size());
}

int FlipsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : NumColumns;
}

QVariant FlipsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const resonance::CheckRecord& check = at(index.row());
    const resonance::Status after = statusOf(check.exact, m_limits);
    if (role == Qt::DecorationRole && (index.column() == Before || index.column() == After))
        return m_theme.stateIcon(roleOf(index.column() == Before ? check.status : after));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == Score ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == SortRole || role == RawRole)
        return index.column() == Score ? QVariant(check.exact) : QVariant(static_cast<qint64>(check.time.ns));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Time:
        return m_timeText(check.time);
    case Subject:
        return m_subjectText(check.flow);
    case Score:
        return QString::number(static_cast<double>(check.exact), 'g', 4);
    case Before:
        return statusText(check.status);
    case After:
        return statusText(after);
    default:
        return {};
    }
}

QVariant FlipsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Subject:
        return tr("Of");
    case Score:
        return tr("Exact");
    case Before:
        return tr("Was");
    case After:
        return tr("Would be");
    default:
        return {};
    }
}

} // namespace timbre::ui
