#include "ui/docks/verdict_pair.h"

#include "engine/audio/exact_reasons.h"
#include "ui/docks/stream_reasons.h"
#include "ui/models/format.h"
#include "ui/models/reason_texts.h"
#include "ui/models/streams_model.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace timbre::ui {

namespace {

constexpr int kSideBySide = 560; // narrower, the sentences would be cut

QString calibratedText(const audio::StreamReport& stream)
{
    const audio::CalibratedVerdict& verdict = stream.calibrated;
    if (stream.media == audio::Media::Video)
        return VerdictPair::tr("Video: not judged.");
    if (verdict.verdict == audio::Verdict::NotEnough)
        return QStringLiteral("%1 (%2)").arg(verdictWord(verdict.verdict), missingText(stream));
    return VerdictPair::tr("%1, confidence %2 %")
        .arg(verdictWord(verdict.verdict))
        .arg(qRound(verdict.confidence * 100.0));
}

QString exactText(const audio::StreamReport& stream)
{
    if (stream.media == audio::Media::Video)
        return VerdictPair::tr("Video: not judged.");
    if (!stream.exact.score)
        return VerdictPair::tr("no score below 20 packets");
    return VerdictPair::tr("%1, %2, as %3")
        .arg(QString::number(static_cast<double>(*stream.exact.score), 'f', 4), exactWord(stream.exact.verdict),
             toQString(protocol::kWzpCodecs[stream.exactCodec].name));
}

} // namespace

VerdictPair::VerdictPair(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2 * Theme::kMargin);
    m_calibrated = makePanel(tr("Calibrated verdict"), new StreamReasons(StreamReasons::Scale::LogOdds, theme, this));
    m_exact = makePanel(tr("Exact score"), new StreamReasons(StreamReasons::Scale::Score, theme, this));
}

VerdictPair::Panel VerdictPair::makePanel(const QString& title, StreamReasons* reasons)
{
    Panel panel{.verdict = new QLabel(this), .reasons = reasons};
    auto* heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    panel.verdict->setWordWrap(true);
    panel.verdict->setTextFormat(Qt::PlainText);
    panel.verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout;
    column->setSpacing(Theme::kGrid);
    column->addWidget(heading);
    column->addWidget(panel.verdict);
    column->addWidget(panel.reasons);
    column->addStretch(1);
    m_layout->addLayout(column, 1);
    return panel;
}

void VerdictPair::setStream(const audio::StreamReport& stream)
{
    m_calibrated.verdict->setText(calibratedText(stream));
    m_calibrated.reasons->setReasons(stream.calibrated.reasons);
    m_exact.verdict->setText(exactText(stream));
    m_exact.reasons->setReasons(audio::exactReasons(stream.exact));
}

void VerdictPair::resizeEvent(QResizeEvent* event)
{
    m_layout->setDirection(width() >= kSideBySide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    QWidget::resizeEvent(event);
}

} // namespace timbre::ui
