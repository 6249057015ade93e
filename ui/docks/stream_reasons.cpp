#include "ui/docks/stream_reasons.h"

#include "ui/models/reason_texts.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <cmath>

namespace timbre::ui {

namespace {

constexpr int kState = 12;
constexpr int kGaugeHeight = 6;
constexpr int kWeightWidth = 44;
constexpr double kMoved = 0.05; // log odds; less moved nothing
// From here on an observation against the stream is a bad sign.
constexpr double kStrongOdds = -1.0;
constexpr double kStrongLoss = -0.2; // of the score

QString number(double value)
{
    const double size = std::abs(value);
    const QString text = QString::number(size, 'f',
                                         size >= 100.0 || size == std::floor(size) ? 0
                                         : size >= 10.0                            ? 1
                                                                                   : 2);
    return value < 0.0 ? QStringLiteral("−") + text : text;
}

} // namespace

QString reasonValue(const audio::Reason& reason)
{
    if (reason.low == reason.high)
        return {};
    const QString unit = reason.unit.empty() ? QString() : QLatin1Char(' ') + reasonText(reason.unit);
    return StreamReasons::tr("%1%2, usual %3 to %4")
        .arg(number(reason.value), unit, number(reason.low), number(reason.high));
}

StreamReasons::StreamReasons(Scale scale, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_scale(scale)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(scale == Scale::LogOdds ? tr("Reasons of the calibrated verdict")
                                              : tr("What moved the exact score"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StreamReasons::setReasons(std::vector<audio::Reason> reasons)
{
    if (reasons == m_reasons)
        return;
    m_reasons = std::move(reasons);
    QStringList spoken;
    for (const audio::Reason& reason : m_reasons)
        spoken.append(
            QStringLiteral("%1 (%2): %3").arg(reasonText(reason.name), weightText(reason), reasonText(reason.text)));
    setAccessibleDescription(spoken.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

Role StreamReasons::stateOf(const audio::Reason& reason) const
{
    if (m_scale == Scale::Score && reason.weight == 0.0)
        return Role::Good;
    if (reason.weight > kMoved)
        return Role::Good;
    if (m_scale == Scale::LogOdds && reason.weight >= -kMoved)
        return Role::Unknown;
    return reason.weight > (m_scale == Scale::LogOdds ? kStrongOdds : kStrongLoss) ? Role::Watch : Role::Bad;
}

QString StreamReasons::weightText(const audio::Reason& reason) const
{
    if (m_scale == Scale::Score && reason.weight == 0.0)
        return QStringLiteral("0");
    const QString size = QString::number(std::abs(reason.weight), 'f', m_scale == Scale::LogOdds ? 1 : 2);
    return (reason.weight < 0.0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

int StreamReasons::rowHeight() const
{
    return 2 * fontMetrics().height() + kGaugeHeight + 3 * Theme::kGrid;
}

QSize StreamReasons::sizeHint() const
{
    return {240, rowHeight() * static_cast<int>(m_reasons.size())};
}

void StreamReasons::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRect row(0, 0, width(), rowHeight());
    for (const audio::Reason& reason : m_reasons) {
        paintReason(painter, row, reason);
        row.translate(0, rowHeight());
    }
}

void StreamReasons::paintReason(QPainter& painter, const QRect& row, const audio::Reason& reason) const
{
    const int line = fontMetrics().height();
    paintState(painter, QRectF(row.left() + 1, row.top() + (line - kState + 2) / 2.0, kState - 2, kState - 2),
               stateOf(reason), m_theme);
    const int left = row.left() + kState + Theme::kMargin;
    const int right = row.right() - kWeightWidth;
    const QString value = reasonValue(reason);
    const QString name = reasonText(reason.name);
    painter.setPen(m_theme.color(Role::Text));
    painter.drawText(QRect(left, row.top(), right - left, line), Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(m_theme.color(Role::Muted));
    const int after = left + fontMetrics().horizontalAdvance(name) + 2 * Theme::kMargin;
    if (after < right)
        painter.drawText(QRect(after, row.top(), right - after, line), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(value, Qt::ElideRight, right - after));
    painter.setPen(m_theme.color(stateOf(reason)));
    painter.drawText(QRect(right, row.top(), kWeightWidth, line), Qt::AlignRight | Qt::AlignVCenter,
                     weightText(reason));
    if (reason.low != reason.high)
        paintGauge(painter, QRect(left, row.top() + line + 2, right - left, kGaugeHeight), reason);
    painter.setPen(m_theme.color(Role::Muted));
    const QRect sentence(left, row.top() + line + kGaugeHeight + Theme::kGrid, row.right() - left, line);
    painter.drawText(sentence, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(reasonText(reason.text), Qt::ElideRight, sentence.width()));
}

/// The usual range as a band, the value as a mark; the scale holds both.
void StreamReasons::paintGauge(QPainter& painter, const QRect& box, const audio::Reason& reason) const
{
    const double low = std::min(reason.low, reason.high);
    const double high = std::max(reason.low, reason.high);
    double from = std::min(low, reason.value);
    double to = std::max(high, reason.value);
    const double room = std::max(1e-9, (to - from) * 0.05);
    from -= room;
    to += room;
    const auto place = [&](double value) {
        return box.left() + static_cast<int>(std::lround((value - from) / (to - from) * (box.width() - 1)));
    };
    painter.fillRect(QRect(box.left(), box.top() + 2, box.width(), kGaugeHeight - 4), m_theme.color(Role::Line));
    const int begin = place(low);
    painter.fillRect(QRect(begin, box.top() + 1, std::max(2, place(high) - begin), kGaugeHeight - 2),
                     m_theme.mixed(Role::Good, Role::Surface, 0.45));
    painter.fillRect(QRect(place(reason.value) - 1, box.top() - 1, 3, kGaugeHeight + 2), m_theme.color(Role::Text));
}

QString StreamReasons::toolTipOf(const audio::Reason& reason) const
{
    QStringList lines{reasonText(reason.text)};
    if (const QString value = reasonValue(reason); !value.isEmpty())
        lines.append(value);
    lines.append(m_scale == Scale::LogOdds
                     ? tr("Weight %1 in log odds").arg(weightText(reason))
                     : tr("Taken off the score: %1").arg(QString::number(-reason.weight, 'f', 2)));
    return lines.join(QLatin1Char('\n'));
}

bool StreamReasons::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto row = static_cast<std::size_t>(std::max(0, help->pos().y()) / std::max(1, rowHeight()));
        if (row < m_reasons.size())
            QToolTip::showText(help->globalPos(), toolTipOf(m_reasons[row]), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace timbre::ui
