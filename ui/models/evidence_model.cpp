#include "ui/models/evidence_model.h"

#include "ui/models/feature_texts.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

#include <algorithm>
#include <cmath>

namespace timbre::ui {

namespace {

constexpr float kClear = 0.3F; // weight from which a feature speaks for or against
constexpr float kSpreads = 2.0F;

QString number(float value, int decimals = 3)
{
    return QString::number(static_cast<double>(value), 'f', decimals);
}

/// Only skewness and correlations go below 0.
float lowest(const resonance::FeatureEvidence& evidence)
{
    return evidence.value < 0.0F || evidence.expected < 0.0F ? -1.0F : 0.0F;
}

Role stateOf(const resonance::FeatureEvidence& evidence)
{
    if (std::abs(evidence.weight) < kClear)
        return Role::Unknown;
    return evidence.weight > 0.0F ? Role::Good : Role::Bad;
}

QString wordOf(const resonance::FeatureEvidence& evidence)
{
    switch (stateOf(evidence)) {
    case Role::Good:
        return EvidenceModel::tr("agrees");
    case Role::Bad:
        return EvidenceModel::tr("differs");
    default:
        return EvidenceModel::tr("unclear");
    }
}

} // namespace

EvidenceModel::EvidenceModel(Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, [this] {
        if (!m_evidence.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, NumColumns - 1));
    });
}

void EvidenceModel::setEvidence(std::vector<resonance::FeatureEvidence> evidence)
{
    beginResetModel();
    m_evidence = std::move(evidence);
    endResetModel();
}

int EvidenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_evidence.size());
}

int EvidenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : NumColumns;
}

QVariant EvidenceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const resonance::FeatureEvidence& evidence = at(index.row());
    if (role == Qt::DecorationRole && index.column() == Agrees)
        return m_theme.stateIcon(stateOf(evidence));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == Value ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == SortRole)
        return evidence.weight;
    if (role == Qt::ToolTipRole)
        return tr("%1: %2. Value %3, expected %4 to %5. Weight %6.")
            .arg(featureText(evidence.feature), wordOf(evidence), number(evidence.value),
                 number(evidence.expected - kSpreads * evidence.spread),
                 number(evidence.expected + kSpreads * evidence.spread), number(evidence.weight));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Agrees:
        return wordOf(evidence);
    case Side:
        return evidence.side == flow::Side::Initiator ? QStringLiteral("↑") : QStringLiteral("↓");
    case Feature:
        return featureText(evidence.feature);
    case Value:
        return number(evidence.value, 2);
    case Expected:
        return QStringLiteral("%1…%2").arg(
            number(std::max(lowest(evidence), evidence.expected - kSpreads * evidence.spread), 2),
            number(std::min(1.0F, evidence.expected + kSpreads * evidence.spread), 2));
    default:
        return {};
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == Agrees)
        return tr("Whether the feature agrees with the mask or differs from it");
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Agrees:
        return QStringLiteral("±"); // as narrow as its icons
    case Side:
        return tr("↑↓");
    case Feature:
        return tr("Feature");
    case Value:
        return tr("Value");
    case Expected:
        return tr("Expected");
    case Picture:
        return tr("0 … 1");
    default:
        return {};
    }
}

void WordThatFits::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const int beside = option->decorationSize.width() +
                       4 * option->widget->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget);
    if (option->rect.isValid() && option->fontMetrics.horizontalAdvance(option->text) + beside > option->rect.width())
        option->text.clear();
}

EvidencePicture::EvidencePicture(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void EvidencePicture::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index); // background and selection
    const auto* model = qobject_cast<const EvidenceModel*>(index.model());
    if (!model)
        return;
    const resonance::FeatureEvidence& evidence = model->at(index.row());
    const QRectF area = QRectF(option.rect).adjusted(6, 4, -6, -4);
    const bool isSigned = evidence.value < 0.0F || evidence.expected < 0.0F;
    const auto place = [&](float value) {
        const double share = isSigned ? (static_cast<double>(value) + 1.0) / 2.0 : static_cast<double>(value);
        return area.left() + area.width() * std::clamp(share, 0.0, 1.0);
    };
    painter->save();
    painter->setPen(m_theme.color(Role::Line));
    painter->drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()));
    const double low = place(evidence.expected - kSpreads * evidence.spread);
    const double high = place(evidence.expected + kSpreads * evidence.spread);
    const double half = area.height() / 4;
    painter->fillRect(QRectF(low, area.center().y() - half, std::max(1.0, high - low), 2 * half),
                      m_theme.mixed(Role::Accent, Role::Surface, 0.35));
    painter->fillRect(QRectF(place(evidence.value) - 1, area.top(), 3, area.height()),
                      m_theme.color(stateOf(evidence)));
    painter->restore();
}

} // namespace timbre::ui
