#include "ui/models/signals_model.h"

#include "ui/models/anomalies_model.h"
#include "ui/models/format.h"
#include "ui/models/trend_texts.h"

namespace timbre::ui {

namespace {

constexpr int kHashDigits = 16; // enough to tell them apart

bool isHash(trends::SignalType type)
{
    return trends::isTokenHash(type) || trends::categoryOf(type) == trends::Category::Device;
}

} // namespace

QString signalValueText(trends::SignalType type, std::string_view value)
{
    const QString text = toQString(value);
    const auto digits = kHashDigits + text.indexOf(QLatin1Char(':')) + 1; // a finding has its kind before the hash
    return isHash(type) && text.size() > digits ? text.left(digits) + QStringLiteral("…") : text;
}

QString signalFilter(trends::SignalType type, std::string_view value)
{
    const auto term = [&](const char* field) {
        return QStringLiteral("%1 == %2").arg(QLatin1String(field), toQString(value));
    };
    switch (type) {
    case trends::SignalType::Ja4:
        return term("ja4");
    case trends::SignalType::TlsFingerprint:
        return term("ja3");
    case trends::SignalType::Ip:
        return term("addr");
    default:
        return categoryOf(type) == trends::Category::AuthToken ? term("token.hash") : QString();
    }
}

SignalsModel::SignalsModel(const Focus& focus, QObject* parent)
    : QAbstractTableModel(parent)
    , m_focus(focus)
{
}

void SignalsModel::setSignals(std::shared_ptr<const trends::TrendsResult> result, std::vector<trends::Signal> list)
{
    beginResetModel();
    m_result = std::move(result);
    m_rows = std::move(list);
    endResetModel();
}

void SignalsModel::zoneChanged()
{
    constexpr int kColumn = static_cast<int>(Column::Time);
    if (rowCount() > 0)
        emit dataChanged(index(0, kColumn), index(rowCount() - 1, kColumn));
}

QString SignalsModel::filterOf(int row, Column column) const
{
    const trends::Signal& signal = m_rows[static_cast<std::size_t>(row)];
    const QString ofValue = signalFilter(signal.type, m_result->text(signal.value));
    return column == Column::Address || ofValue.isEmpty()
               ? signalFilter(trends::SignalType::Ip, m_result->text(signal.entity))
               : ofValue;
}

int SignalsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SignalsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::NumColumns);
}

QVariant SignalsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Time:
        return tr("Time");
    case Column::Type:
        return tr("Type");
    case Column::Address:
        return tr("Address");
    case Column::Value:
        return tr("Value");
    case Column::Flow:
        return tr("Flow");
    case Column::NumColumns:
        break;
    }
    return {};
}

QString SignalsModel::text(const trends::Signal& signal, Column column) const
{
    switch (column) {
    case Column::Time:
        return m_focus.formatTime(timeOfMs(signal.timeMs), 3, true);
    case Column::Type:
        return titleText(signal.type);
    case Column::Address:
        return toQString(m_result->text(signal.entity));
    case Column::Value:
        return signalValueText(signal.type, m_result->text(signal.value));
    case Column::Flow:
        return signal.flow == trends::kNoFlowIndex ? QString() : formatCount(signal.flow);
    case Column::NumColumns:
        break;
    }
    return {};
}

QVariant SignalsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const trends::Signal& shown = row(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, column);
    case Qt::ToolTipRole:
        return column == Column::Time    ? QVariant(m_focus.formatTime(timeOfMs(shown.timeMs), 3))
               : column == Column::Value ? QVariant(toQString(m_result->text(shown.value)))
                                         : QVariant();
    case Qt::TextAlignmentRole:
        return column == Column::Flow ? QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case kSortRole:
        if (column == Column::Time)
            return QVariant::fromValue<qulonglong>(shown.id); // the order of arrival
        return column == Column::Flow ? QVariant::fromValue<qulonglong>(shown.flow) : QVariant(text(shown, column));
    default:
        return {};
    }
}

} // namespace timbre::ui
