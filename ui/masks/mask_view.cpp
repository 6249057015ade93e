#include "ui/masks/mask_view.h"

#include "engine/mask/sampler.h"
#include "ui/masks/masks_model.h"
#include "ui/masks/state_graph.h"
#include "ui/models/feature_texts.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/recordings/distribution_plots.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>

#include <cmath>

namespace timbre::ui {

namespace {

constexpr std::size_t kDraws = 20'000; // to draw a law: exact shapes of every kind would be as many plots
constexpr int kSignatureHeight = 130;

void draw(const mask::MaskProfile& mask, recording::Direction direction, recording::Histograms& counts)
{
    mask::RandomStream random(1);
    const mask::SizeSampler sizes(mask.sizes);
    for (std::size_t i = 0; i < kDraws; ++i) {
        recording::PacketRecord packet;
        packet.direction = direction;
        packet.size = sizes.draw(random);
        packet.gapMs = mask::drawGap(mask.gaps, random);
        counts.add(packet);
    }
}

QString number(double value)
{
    return QString::number(value, 'f', 3);
}

/// Rows of the self-test: what, figure, limit, verdict.
PlotTable testTable(const pipeline::MaskTest& result)
{
    using mask::SelfTest;
    const SelfTest& t = result.test;
    QList<QStringList> rows;
    const auto below = [&](const QString& what, float value, float limit, bool decides) {
        rows << QStringList{what, number(static_cast<double>(value)),
                            MaskView::tr("< %1").arg(number(static_cast<double>(limit))),
                            !decides        ? MaskView::tr("does not count")
                            : value < limit ? MaskView::tr("kept")
                                            : MaskView::tr("broken")};
    };
    const auto least = [&](const QString& what, float value, float limit) {
        rows << QStringList{what, number(static_cast<double>(value)),
                            MaskView::tr("≥ %1").arg(number(static_cast<double>(limit))),
                            value >= limit ? MaskView::tr("kept") : MaskView::tr("broken")};
    };
    below(MaskView::tr("Distance of ↑ sizes"), t.uplinkSizes, SelfTest::kMaxDistance, true);
    below(MaskView::tr("Distance of ↑ gaps"), t.uplinkGaps, SelfTest::kMaxDistance, true);
    below(MaskView::tr("Distance of ↓ sizes"), t.downlinkSizes, SelfTest::kMaxDistance, t.downlinkDecides);
    below(MaskView::tr("Distance of ↓ gaps"), t.downlinkGaps, SelfTest::kMaxDistance, t.downlinkDecides);
    least(MaskView::tr("First bytes that match"), t.headerMatch, SelfTest::kMinHeaderMatch);
    least(MaskView::tr("State machine"), t.stateScore, SelfTest::kMinStateScore);
    below(MaskView::tr("Lack of entropy"), t.entropyPenalty, SelfTest::kMaxEntropyPenalty, true);
    const auto aside = [&](const QString& what, double value) { rows << QStringList{what, number(value), {}, {}}; };
    aside(MaskView::tr("↑ first bytes alone"), t.uplinkHeaderMatch);
    aside(MaskView::tr("↓ first bytes alone"), t.downlinkHeaderMatch);
    aside(MaskView::tr("Header bytes that are fixed"), t.fixedHeaderBits);
    aside(MaskView::tr("Sizes as a client sends them"), result.fidelity.sizes);
    aside(MaskView::tr("Gaps as a client sends them"), result.fidelity.gaps);
    return {{MaskView::tr("Figure"), MaskView::tr("Value"), MaskView::tr("Limit"), MaskView::tr("Verdict")},
            static_cast<int>(rows.size()),
            [rows](int row, int column) { return rows[row][column]; }};
}

} // namespace

MaskView::MaskView(Theme& theme, QWidget* parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("The selected mask"));
    auto* page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    layout->setSpacing(Theme::kMargin);
    m_facts = new QLabel(page);
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_facts);
    layout->addWidget(makeTestLine(page));
    m_testText = new QLabel(page);
    m_testText->setWordWrap(true);
    m_testText->setTextFormat(Qt::PlainText);
    layout->addWidget(m_testText);
    m_testModel = new PlotTableModel(this);
    m_testTable = new QTableView(page);
    setUpTable(*m_testTable);
    m_testTable->setModel(m_testModel);
    m_testTable->setAccessibleName(tr("Self-test"));
    m_testTable->hide();
    layout->addWidget(m_testTable);
    makeSignature(page);
    layout->addWidget(m_signature);
    m_laws = new DistributionPlots(theme, Qt::Vertical, false, page);
    layout->addWidget(m_laws);
    m_states = new StateGraph(theme);
    m_statesFrame = new TwinFrame(tr("State machine"), theme, *m_states, page);
    m_statesFrame->setTableMaker([this] { return m_states->table(); });
    layout->addWidget(m_statesFrame);
    connect(m_statesFrame, &TwinFrame::pictureFailed, this, &MaskView::pictureFailed);
    layout->addStretch(1);
    setWidget(page);
    connect(m_laws, &DistributionPlots::pictureFailed, this, &MaskView::pictureFailed);
    restyle();
    clear();
}

QWidget* MaskView::makeTestLine(QWidget* page)
{
    m_testLine = new QWidget(page);
    auto* layout = new QHBoxLayout(m_testLine);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Self-test a&gainst"), m_testLine);
    m_against = new QComboBox(m_testLine);
    m_against->setAccessibleName(tr("Recording to test against"));
    m_against->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    label->setBuddy(m_against);
    layout->addWidget(label);
    layout->addWidget(m_against, 1);
    connect(m_against, &QComboBox::activated, this, [this] { emit testWanted(m_against->currentData().toString()); });
    return m_testLine;
}

void MaskView::setRecordings(const std::vector<recording::Recording>& heads)
{
    const QString chosen = m_against->currentData().toString();
    m_against->clear();
    m_against->addItem(heads.empty() ? tr("no recording is here") : tr("a recording…"), QString());
    for (const recording::Recording& head : heads)
        m_against->addItem(tr("%1, %2 packets").arg(toQString(head.facts.service), formatCount(head.totalPackets)),
                           toQString(recording::toHex(head.facts.id)));
    m_against->setEnabled(!heads.empty());
    chooseRecording(chosen);
}

void MaskView::chooseRecording(const QString& id)
{
    m_against->setCurrentIndex(std::max(0, m_against->findData(id)));
}

void MaskView::makeSignature(QWidget* page)
{
    m_signature = new PlotFrame(tr("Signature: mean of 64 features"), m_theme, page);
    PlotCanvas& canvas = m_signature->canvas();
    canvas.setMinimumHeight(kSignatureHeight);
    canvas.xAxis->setRange(-1.0, 64.0);
    canvas.yAxis->setRange(-1.0, 1.05);
    m_bars = new QCPBars(canvas.xAxis, canvas.yAxis);
    m_bars->setWidth(0.8);
    m_spread = canvas.addGraph(); // invisible: carries the whiskers
    m_spread->setLineStyle(QCPGraph::lsNone);
    m_whiskers = new QCPErrorBars(canvas.xAxis, canvas.yAxis);
    m_whiskers->setDataPlottable(m_spread);
    m_whiskers->setWhiskerWidth(0);
    connect(&canvas, &PlotCanvas::restyle, this, &MaskView::restyle);
    connect(&canvas, &PlotCanvas::pointerMoved, this, [this](QPointF position) {
        PlotCanvas& plot = m_signature->canvas();
        const auto i = std::lround(plot.xAxis->pixelToCoord(position.x()));
        const auto bar = m_bars->data()->findBegin(static_cast<double>(i), false);
        if (i < 0 || i >= static_cast<long>(mask::kSignatureLength) || bar == m_bars->data()->constEnd())
            return plot.showCrosshair(std::nullopt);
        plot.showCrosshair(static_cast<double>(i),
                           tr("%1: %2 = %3")
                               .arg(i)
                               .arg(featureText(static_cast<std::size_t>(i)), number(bar->value)));
    });
    connect(&canvas, &PlotCanvas::pointerLeft, this, [this] { m_signature->canvas().showCrosshair(std::nullopt); });
    connect(m_signature, &PlotFrame::pictureFailed, this, &MaskView::pictureFailed);
}

void MaskView::restyle()
{
    PlotCanvas& canvas = m_signature->canvas();
    canvas.styleAxis(canvas.xAxis, false);
    canvas.styleAxis(canvas.yAxis, true);
    m_bars->setPen(Qt::NoPen);
    m_bars->setBrush(m_theme.color(Role::Accent));
    m_bars->setAntialiased(false);
    m_whiskers->setPen(QPen(m_theme.color(Role::Text), 1.0));
}

void MaskView::showSignature(const mask::MaskProfile& mask)
{
    QVector<double> keys;
    QVector<double> values;
    QVector<double> spreads;
    for (std::size_t i = 0; i < mask.signatureVector.size(); ++i) {
        keys << static_cast<double>(i);
        values << static_cast<double>(mask.signatureVector[i]);
        spreads << (mask.extension ? static_cast<double>(mask.extension->signatureSpread[i]) : 0.0);
    }
    m_bars->setData(keys, values, true);
    m_spread->setData(keys, values, true);
    m_whiskers->setData(spreads);
    m_whiskers->setVisible(mask.extension.has_value());
    double lowest = 0.0;
    double highest = 1.0;
    for (const double value : values) {
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    m_signature->canvas().yAxis->setRange(lowest * 1.05, highest * 1.05);
    m_signature->setNote(!mask.extension ? tr("no spread is known")
                         : mask.extension->windows == 1
                             ? tr("of one window")
                             : tr("whiskers: spread over %1 windows").arg(mask.extension->windows));
    m_signature->setTableMaker([values, spreads] {
        return PlotTable{{tr("Feature"), tr("What"), tr("Mean"), tr("Spread")},
                         static_cast<int>(values.size()),
                         [values, spreads](int row, int column) {
                             switch (column) {
                             case 0:
                                 return QString::number(row);
                             case 1:
                                 return featureText(static_cast<std::size_t>(row));
                             case 2:
                                 return number(values[row]);
                             default:
                                 return number(spreads[row]);
                             }
                         }};
    });
    m_signature->tableChanged();
    m_signature->canvas().replotSoon();
}

QString MaskView::factsOf(const pipeline::DeskMask& shown) const
{
    const mask::MaskProfile& mask = shown.loaded->mask;
    QStringList lines{toQString(mask.id)};
    lines << tr("%1 · revision %2 · made %3 · expires %4%5")
                 .arg(toQString(mask::nameOf(mask.protocol)))
                 .arg(mask.version)
                 .arg(mask.createdAt == 0 ? tr("at no known time") : dayText(mask.createdAt), dayText(mask.expiresAt),
                      shown.expired ? tr(" (expired)") : QString());
    lines << tr("Signature: %1").arg(signatureText(shown));
    if (shown.verification.state == mask::SignatureState::Valid &&
        (shown.verification.reading != mask::NumberReading::Nearest || shown.verification.plusExponents))
        lines << tr("It only holds for numbers read or written as some other programs do.");
    lines << tr("Header %1 bytes, key at %2, tag %3; sizes %4; gaps %5%6; %7")
                 .arg(mask::headerLength(mask))
                 .arg(mask.keyOffset)
                 .arg(mask.tagOffset == mask::kTagBeforeHeader ? tr("before the header")
                                                               : tr("at %1").arg(mask.tagOffset),
                      toQString(mask.sizes.family ? mask::nameOf(*mask.sizes.family) : mask::nameOf(mask.sizes.type)),
                      toQString(mask::nameOf(mask.gaps.family)), mask.joint ? tr("; joint law of both") : QString(),
                      mask.reverse ? tr("with a reverse profile") : tr("no reverse profile"));
    if (mask.extension) {
        const mask::Extension& from = *mask.extension;
        lines << tr("Made by %1 from the recording %2 of “%3”%4; %5. None of this line is signed.")
                     .arg(toQString(from.madeBy), toQString(from.recording.substr(0, 8)), toQString(from.service),
                          from.captures.empty()
                              ? QString()
                              : tr(", capture %1").arg(toQString(from.captures.front().substr(0, 12))),
                          toQString(from.report));
    }
    for (const mask::Remark& remark : shown.loaded->remarks)
        lines << tr("%1: %2 %3").arg(toQString(remark.rule), toQString(remark.field), toQString(remark.text));
    return lines.join(QLatin1Char('\n'));
}

void MaskView::show(const pipeline::DeskMask& shown)
{
    m_testTable->hide();
    m_testText->setText({});
    const bool usable = shown.loaded != nullptr;
    for (QWidget* part : {static_cast<QWidget*>(m_signature), static_cast<QWidget*>(m_laws),
                          static_cast<QWidget*>(m_statesFrame), m_testLine})
        part->setVisible(usable);
    if (!usable) {
        m_facts->setText(toQString(mask::refusalError(shown.refusal).message));
        return;
    }
    const mask::MaskProfile& mask = shown.loaded->mask;
    m_facts->setText(factsOf(shown));
    showSignature(mask);
    recording::Histograms counts;
    draw(mask, recording::Direction::Uplink, counts);
    if (mask.reverse)
        draw(*mask.reverse, recording::Direction::Downlink, counts);
    m_laws->show({counts, toQString(mask.id)});
    m_states->show(std::shared_ptr<const mask::MaskProfile>(shown.loaded, &mask));
    m_statesFrame->tableChanged();
}

void MaskView::clear()
{
    m_facts->setText(tr("Select a mask to see what it sounds like."));
    m_testText->setText({});
    m_testTable->hide();
    m_testLine->hide();
    m_signature->hide();
    m_laws->hide();
    m_statesFrame->hide();
}

void MaskView::showTest(const Result<pipeline::MaskTest>& test)
{
    if (!test) {
        m_testTable->hide();
        m_testText->setText(toQString(test.error().message));
        return;
    }
    QStringList lines{
        test->test.passed
            ? tr("Self-test passed, confidence %1.").arg(number(static_cast<double>(test->test.confidence)))
            : tr("Self-test failed.")};
    for (const std::string& failure : test->failures)
        lines << toQString(failure);
    m_testText->setText(lines.join(QLatin1Char('\n')));
    m_testModel->setTable(testTable(*test));
    const int rows = m_testModel->rowCount();
    m_testTable->setFixedHeight(m_testTable->horizontalHeader()->sizeHint().height() +
                                rows * Theme::rowHeight(m_testTable->font()) + 4);
    m_testTable->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < 4; ++column)
        m_testTable->horizontalHeader()->resizeSection(column, column == 3 ? 96 : 60);
    m_testTable->show();
}

} // namespace timbre::ui
