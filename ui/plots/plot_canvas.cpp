#include "ui/plots/plot_canvas.h"

namespace timbre::ui {

namespace {

constexpr int kReplotIntervalMs = 100;

} // namespace

PlotCanvas::PlotCanvas(Theme& theme, QWidget* parent)
    : QCustomPlot(parent)
    , m_theme(theme)
{
    // Without the hint a noisy line of two pixels takes 30 times as long to draw.
    setPlottingHint(QCP::phFastPolylines, true);
    setNoAntialiasingOnDrag(true);
    setNotAntialiasedElements(QCP::aeAll);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setLocale(QLocale::c()); // figures as everywhere in the window
    setAttribute(Qt::WA_NoMousePropagation, false); // the wheel goes on to what scrolls

    addLayer(QStringLiteral("under"), layer(QStringLiteral("grid")), limAbove);
    addLayer(QStringLiteral("cursor"), layer(QStringLiteral("overlay")), limAbove);
    m_under = layer(QStringLiteral("under"));
    m_cursor = layer(QStringLiteral("cursor"));
    m_under->setMode(QCPLayer::lmBuffered);
    m_cursor->setMode(QCPLayer::lmBuffered);

    m_line = new QCPItemLine(this);
    m_line->setLayer(m_cursor);
    m_line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_line->setVisible(false);
    m_words = new QCPItemText(this);
    m_words->setLayer(m_cursor);
    m_words->setClipToAxisRect(false);
    m_words->position->setType(QCPItemPosition::ptAbsolute);
    m_words->setPadding(QMargins(4, 1, 4, 1));
    m_words->setVisible(false);
    m_focusRing = new QCPItemRect(this);
    m_focusRing->setLayer(m_cursor);
    m_focusRing->setClipToAxisRect(false);
    m_focusRing->topLeft->setType(QCPItemPosition::ptViewportRatio);
    m_focusRing->bottomRight->setType(QCPItemPosition::ptViewportRatio);
    m_focusRing->topLeft->setCoords(0, 0);
    m_focusRing->bottomRight->setCoords(1, 1);
    m_focusRing->setVisible(false);

    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_sinceReplot.start();
        replot(rpRefreshHint);
    });
    connect(&theme, &Theme::changed, this, &PlotCanvas::applyTheme);
    makeKeys();
    applyTheme();
}

void PlotCanvas::replotSoon()
{
    if (m_timer.isActive())
        return;
    const qint64 passed = m_sinceReplot.isValid() ? m_sinceReplot.elapsed() : kReplotIntervalMs;
    m_timer.start(static_cast<int>(std::max<qint64>(0, kReplotIntervalMs - passed)));
}

void PlotCanvas::styleAxis(QCPAxis* axis, bool grid) const
{
    const QPen pen(m_theme.color(Role::Line));
    axis->setBasePen(pen);
    axis->setTickPen(pen);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(m_theme.color(Role::Muted));
    axis->setLabelColor(m_theme.color(Role::Muted));
    axis->setTickLabelFont(font());
    axis->setLabelFont(font());
    axis->setTickLength(0, 3);
    axis->setTickLabelPadding(3);
    axis->setLabelPadding(2);
    axis->grid()->setVisible(grid);
    axis->grid()->setPen(QPen(m_theme.mixed(Role::Line, Role::Surface, 0.6)));
    axis->grid()->setZeroLinePen(pen);
}

int PlotCanvas::dataWidth() const
{
    return std::max(1, axisRect()->width());
}

void PlotCanvas::applyTheme()
{
    setBackground(QBrush(m_theme.color(Role::Surface)));
    m_line->setPen(QPen(m_theme.color(Role::Text), 1, Qt::DotLine));
    m_words->setColor(m_theme.color(Role::Text));
    m_words->setBrush(QBrush(m_theme.color(Role::Raised)));
    m_words->setPen(QPen(m_theme.color(Role::Line)));
    m_words->setFont(font());
    m_focusRing->setPen(QPen(m_theme.color(Role::Accent)));
    emit restyle();
    replotSoon();
}

namespace {

constexpr int kWordsPadding = 10; // of the box around the words at the crosshair, both sides
constexpr int kWordsRoom = 16;    // of the canvas that they leave free

/// Lines that are wider than the room go on in the next one.
QString wrapped(const QString& words, const QFontMetrics& metrics, int room)
{
    QStringList lines;
    for (const QString& line : words.split(QLatin1Char('\n'))) {
        QString sofar;
        for (const QString& word : line.split(QLatin1Char(' '))) {
            const QString longer = sofar.isEmpty() ? word : sofar + QLatin1Char(' ') + word;
            if (!sofar.isEmpty() && metrics.horizontalAdvance(longer) > room) {
                lines << sofar;
                sofar = word;
            } else {
                sofar = longer;
            }
        }
        lines << sofar;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

void PlotCanvas::showCrosshair(std::optional<double> key, const QString& words)
{
    m_line->setVisible(key.has_value());
    m_words->setVisible(key.has_value() && !words.isEmpty());
    m_crosshairWords = words;
    if (key) {
        m_line->start->setCoords(*key, 0);
        m_line->end->setCoords(*key, 1);
        placeWords(*key);
    }
    m_cursor->replot();
}

std::optional<QPointF> PlotCanvas::crosshairPlace() const
{
    if (!m_line->visible())
        return std::nullopt;
    return QPointF(xAxis->coordToPixel(m_line->start->coords().x()), axisRect()->rect().center().y());
}

QRectF PlotCanvas::crosshairBox() const
{
    return m_words->visible() ? QRectF(m_words->topLeft->pixelPosition(), m_words->bottomRight->pixelPosition())
                              : QRectF();
}

void PlotCanvas::placeWords(double key)
{
    m_words->setText(wrapped(m_crosshairWords, QFontMetrics(m_words->font()), width() - kWordsRoom));
    // On the side of the line that has more room.
    const QRect area = axisRect()->rect();
    const double x = xAxis->coordToPixel(key);
    const bool left = x > area.center().x();
    m_words->setPositionAlignment((left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
    const QSizeF box = QFontMetrics(m_words->font()).size(0, m_words->text()) + QSizeF(kWordsPadding, 0);
    const double edge = left ? std::max(x - 4, box.width()) : std::min(x + 4, width() - box.width());
    m_words->position->setCoords(edge, area.top() + 1);
}

void PlotCanvas::resizeEvent(QResizeEvent* event)
{
    QCustomPlot::resizeEvent(event);
    if (!m_line->visible())
        return;
    placeWords(m_line->start->coords().x());
    replotSoon();
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event)
{
    QCustomPlot::mouseMoveEvent(event);
    emit pointerMoved(event->position());
}

void PlotCanvas::leaveEvent(QEvent* event)
{
    QCustomPlot::leaveEvent(event);
    emit pointerLeft();
}

/// No plot is scrolled: the wheel moves what the plot lies in.
void PlotCanvas::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void PlotCanvas::makeKeys()
{
    constexpr int kLargeStep = 10;
    m_keys = new ViewKeys(tr("On a plot"), *this);
    m_keys->addAct({Qt::Key_Left}, tr("Back by one value"), [this] { emit stepped(-1); });
    m_keys->addAct({Qt::Key_Right}, tr("On by one value"), [this] { emit stepped(1); });
    m_keys->addAct({QKeySequence(Qt::CTRL | Qt::Key_Left)}, tr("Back by ten"), [this] { emit stepped(-kLargeStep); });
    m_keys->addAct({QKeySequence(Qt::CTRL | Qt::Key_Right)}, tr("On by ten"), [this] { emit stepped(kLargeStep); });
    m_keys->addAct({Qt::Key_Return, Qt::Key_Enter}, tr("Open what is there"), [this] { emit enterPressed(); });
    m_keys->add({Qt::Key_Menu}, tr("Filter by the place, numbers as a table, picture"));
}

void PlotCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!m_keys->press(*event))
        QCustomPlot::keyPressEvent(event);
}

void PlotCanvas::focusInEvent(QFocusEvent* event)
{
    QCustomPlot::focusInEvent(event);
    // A click already shows where the keyboard is.
    m_focusRing->setVisible(event->reason() != Qt::MouseFocusReason);
    m_cursor->replot();
}

void PlotCanvas::focusOutEvent(QFocusEvent* event)
{
    QCustomPlot::focusOutEvent(event);
    m_focusRing->setVisible(false);
    m_cursor->replot();
}

} // namespace timbre::ui
