#include "ui/packets/hex_view.h"

#include "ui/theme/theme.h"

#include <QtCore/QSaveFile>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolTip>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace timbre::ui {

namespace {

constexpr int kMargin = Theme::kGrid;
constexpr int kGroup = 8; // a wider gap after this many bytes

bool printable(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

QString hexPair(char byte)
{
    constexpr char16_t kDigits[] = u"0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    return QString(QChar(kDigits[value >> 4U])) + QChar(kDigits[value & 0xfU]);
}

} // namespace

HexView::HexView(Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Packet bytes"));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    viewport()->setCursor(Qt::IBeamCursor);
    setFont(theme.fixedFont());
    connect(&theme, &Theme::changed, this, [this] {
        setFont(m_theme.fixedFont());
        viewport()->update();
    });
    updateLayout();
}

void HexView::setBytes(const QByteArray& bytes)
{
    m_bytes = bytes;
    m_highlight = {};
    m_cursor = m_anchor = -1;
    verticalScrollBar()->setValue(0);
    updateLayout();
    setAccessibleDescription(tr("%n byte(s)", nullptr, static_cast<int>(bytes.size())));
    viewport()->update();
}

void HexView::setHighlight(Stretch field)
{
    const qsizetype first = std::clamp<qsizetype>(field.first, 0, m_bytes.size());
    m_highlight = {first, std::clamp<qsizetype>(field.count, 0, m_bytes.size() - first)};
    if (m_highlight.count > 0)
        ensureVisible(m_highlight.first);
    viewport()->update();
}

HexView::Stretch HexView::selection() const
{
    if (m_anchor < 0 || m_cursor < 0)
        return {};
    return {std::min(m_anchor, m_cursor), std::abs(m_anchor - m_cursor) + 1};
}

void HexView::selectAll()
{
    if (m_bytes.isEmpty())
        return;
    m_anchor = 0;
    m_cursor = m_bytes.size() - 1;
    viewport()->update();
}

QByteArray HexView::bytesToCopy() const
{
    const Stretch chosen = selection().count > 0 ? selection() : m_highlight;
    return chosen.count > 0 ? m_bytes.mid(chosen.first, chosen.count) : m_bytes;
}

QString HexView::formatted(const QByteArray& bytes, CopyForm form)
{
    switch (form) {
    case CopyForm::Hex:
        return QString::fromLatin1(bytes.toHex(' '));
    case CopyForm::Text: {
        QString text;
        for (const char byte : bytes)
            text += printable(byte) || byte == '\n' || byte == '\t' ? QLatin1Char(byte) : QLatin1Char('.');
        return text;
    }
    case CopyForm::CArray:
        break;
    }
    QString code = u"const unsigned char packet[%1] = {"_s.arg(bytes.size());
    for (qsizetype i = 0; i < bytes.size(); ++i)
        code += (i % 12 == 0 ? u"\n    0x"_s : u" 0x"_s) + hexPair(bytes[i]) + u","_s;
    return code + u"\n};\n"_s;
}

void HexView::copy(CopyForm form) const
{
    QGuiApplication::clipboard()->setText(formatted(bytesToCopy(), form));
}

void HexView::exportBytes()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export bytes"), u"packet.bin"_s);
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytesToCopy()) < 0 || !file.commit())
        emit exportFailed(tr("The bytes could not be written to %1: %2.").arg(path, file.errorString()));
}

int HexView::hexX(int column) const
{
    const int cells = m_offsetDigits + 2 + column * 3 + column / kGroup;
    return kMargin + cells * m_charWidth;
}

int HexView::textX(int column) const
{
    return hexX(m_bytesPerLine) + m_charWidth + (column + column / kGroup) * m_charWidth;
}

int HexView::lineCount() const
{
    return static_cast<int>((m_bytes.size() + m_bytesPerLine - 1) / m_bytesPerLine);
}

int HexView::visibleLines() const
{
    return std::max(1, (viewport()->height() - kMargin) / m_lineHeight);
}

QSize HexView::sizeHint() const
{
    constexpr int kBytes = 16;
    constexpr int kCells = 6 + 2 + kBytes * 3 + 2 + kBytes + 3; // offset, hex, text and the gaps between them
    return {kCells * m_charWidth + 2 * kMargin + verticalScrollBar()->sizeHint().width(), m_lineHeight * 10};
}

void HexView::updateLayout()
{
    const QFontMetrics metrics(font());
    m_charWidth = metrics.horizontalAdvance(u'0');
    m_lineHeight = metrics.height() + 2;
    m_offsetDigits = m_bytes.size() > 0xffff ? 6 : 4;
    m_bytesPerLine = 16;
    if (viewport()->width() < textX(m_bytesPerLine)) // narrow docks show half the bytes rather than half the columns
        m_bytesPerLine = 8;
    const int visible = visibleLines();
    verticalScrollBar()->setRange(0, std::max(0, lineCount() - visible));
    verticalScrollBar()->setPageStep(visible);
}

QRect HexView::byteRect(qsizetype index, bool inText) const
{
    const int line = static_cast<int>(index / m_bytesPerLine) - verticalScrollBar()->value();
    const int column = static_cast<int>(index % m_bytesPerLine);
    const int x = inText ? textX(column) : hexX(column);
    return {x, kMargin / 2 + line * m_lineHeight, (inText ? 1 : 2) * m_charWidth, m_lineHeight};
}

std::optional<qsizetype> HexView::byteAt(QPoint position) const
{
    const int line = (position.y() - kMargin / 2) / m_lineHeight + verticalScrollBar()->value();
    if (position.y() < 0 || m_bytes.isEmpty())
        return std::nullopt;
    const bool inText = position.x() >= textX(0) - m_charWidth / 2;
    int column = 0;
    // The cell whose right edge is not yet behind the pointer; a gap belongs to the cell before it.
    while (column + 1 < m_bytesPerLine &&
           position.x() >= (inText ? textX(column + 1) : hexX(column + 1) - m_charWidth / 2))
        ++column;
    const qsizetype index = static_cast<qsizetype>(line) * m_bytesPerLine + column;
    return index < m_bytes.size() ? std::optional(index) : std::nullopt;
}

void HexView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.color(Role::Surface));
    painter.setFont(font());
    const int first = verticalScrollBar()->value();
    const int last = std::min(lineCount(), first + visibleLines() + 2);
    for (int line = first; line < last; ++line)
        paintLine(painter, line, kMargin / 2 + (line - first) * m_lineHeight);
    if (hasFocus() && m_cursor < 0 && !m_bytes.isEmpty()) {
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void HexView::paintLine(QPainter& painter, int line, int y) const
{
    const qsizetype start = static_cast<qsizetype>(line) * m_bytesPerLine;
    painter.setPen(m_theme.color(Role::Muted));
    const QString offset = QString::number(start, 16).rightJustified(m_offsetDigits, u'0');
    painter.drawText(QRect(kMargin, y, m_offsetDigits * m_charWidth, m_lineHeight), Qt::AlignVCenter, offset);
    const int count = static_cast<int>(std::min<qsizetype>(m_bytesPerLine, m_bytes.size() - start));
    for (int column = 0; column < count; ++column)
        paintCell(painter, start + column, column, y);
}

void HexView::paintCell(QPainter& painter, qsizetype index, int column, int y) const
{
    const Stretch chosen = selection();
    const bool selected = index >= chosen.first && index < chosen.first + chosen.count;
    const bool inField = index >= m_highlight.first && index < m_highlight.first + m_highlight.count;
    const QRect hex(hexX(column), y, 2 * m_charWidth, m_lineHeight);
    const QRect text(textX(column), y, m_charWidth, m_lineHeight);
    if (selected || inField) {
        const QColor back =
            selected ? m_theme.mixed(Role::Accent, Role::Surface, 0.45) : m_theme.color(Role::Selection);
        // Filled across the gap when the next byte is in it too, so that a field reads as one stretch.
        const Stretch& stretch = selected ? chosen : m_highlight;
        const bool goesOn = index + 1 < stretch.first + stretch.count && column + 1 < m_bytesPerLine;
        painter.fillRect(goesOn ? QRect(hex.topLeft(), QPoint(hexX(column + 1) - 1, hex.bottom())) : hex, back);
        painter.fillRect(goesOn ? QRect(text.topLeft(), QPoint(textX(column + 1) - 1, text.bottom())) : text, back);
    }
    const char byte = m_bytes[index];
    painter.setPen(m_theme.color(Role::Text));
    painter.drawText(hex, Qt::AlignVCenter, hexPair(byte));
    if (!printable(byte))
        painter.setPen(m_theme.color(Role::Muted));
    painter.drawText(text, Qt::AlignVCenter, printable(byte) ? QString(QLatin1Char(byte)) : u"·"_s);
    if (index == m_cursor) {
        painter.setPen(m_theme.color(hasFocus() ? Role::Accent : Role::Muted));
        painter.drawRect(hex.adjusted(-1, 0, 0, -1));
        painter.drawRect(text.adjusted(-1, 0, 0, -1));
    }
}

void HexView::moveTo(qsizetype index, bool extend)
{
    if (m_bytes.isEmpty())
        return;
    const qsizetype before = m_cursor;
    index = std::clamp<qsizetype>(index, 0, m_bytes.size() - 1);
    if (extend && m_anchor < 0)
        m_anchor = before < 0 ? index : before;
    if (!extend)
        m_anchor = -1;
    m_cursor = index;
    ensureVisible(index);
    viewport()->update();
    announceCursor();
    if (!extend)
        emit currentByteChanged(index);
}

void HexView::ensureVisible(qsizetype index)
{
    const int line = static_cast<int>(index / m_bytesPerLine);
    QScrollBar* bar = verticalScrollBar();
    if (line < bar->value())
        bar->setValue(line);
    else if (line >= bar->value() + visibleLines())
        bar->setValue(line - visibleLines() + 1);
}

void HexView::announceCursor()
{
    setAccessibleDescription(
        tr("Byte %1 of %2: hexadecimal %3").arg(m_cursor).arg(m_bytes.size()).arg(hexPair(m_bytes[m_cursor])));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

std::optional<qsizetype> HexView::targetOfKey(const QKeyEvent& event) const
{
    const qsizetype at = std::max<qsizetype>(m_cursor, 0);
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const qsizetype lineStart = at - at % m_bytesPerLine;
    switch (event.key()) {
    case Qt::Key_Left:
        return m_cursor < 0 ? 0 : at - 1;
    case Qt::Key_Right:
        return m_cursor < 0 ? 0 : at + 1;
    case Qt::Key_Up:
        return at >= m_bytesPerLine ? at - m_bytesPerLine : at;
    case Qt::Key_Down:
        return m_cursor < 0 ? 0 : (at + m_bytesPerLine < m_bytes.size() ? at + m_bytesPerLine : at);
    case Qt::Key_PageUp:
        return std::max<qsizetype>(at % m_bytesPerLine, at - static_cast<qsizetype>(visibleLines()) * m_bytesPerLine);
    case Qt::Key_PageDown:
        return at + static_cast<qsizetype>(visibleLines()) * m_bytesPerLine;
    case Qt::Key_Home:
        return control ? 0 : lineStart;
    case Qt::Key_End:
        return control ? m_bytes.size() - 1 : lineStart + m_bytesPerLine - 1;
    default:
        return std::nullopt;
    }
}

void HexView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy(CopyForm::Hex);
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_anchor >= 0) {
        m_anchor = -1;
        viewport()->update();
        return;
    }
    if (const auto target = targetOfKey(*event))
        moveTo(*target, event->modifiers().testFlag(Qt::ShiftModifier));
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void HexView::mousePressEvent(QMouseEvent* event)
{
    const auto byte = byteAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && byte)
        moveTo(*byte, event->modifiers().testFlag(Qt::ShiftModifier));
    else
        QAbstractScrollArea::mousePressEvent(event);
}

void HexView::mouseMoveEvent(QMouseEvent* event)
{
    const auto byte = byteAt(event->position().toPoint());
    if (event->buttons().testFlag(Qt::LeftButton) && byte && *byte != m_cursor)
        moveTo(*byte, true);
}

void HexView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_bytes.isEmpty())
        return;
    QMenu menu(this);
    menu.addAction(tr("Copy as hex"), QKeySequence::Copy, this, [this] { copy(CopyForm::Hex); });
    menu.addAction(tr("Copy as text"), this, [this] { copy(CopyForm::Text); });
    menu.addAction(tr("Copy as C array"), this, [this] { copy(CopyForm::CArray); });
    menu.addSeparator();
    menu.addAction(tr("Select all"), QKeySequence::SelectAll, this, &HexView::selectAll);
    menu.addAction(tr("Export bytes…"), this, &HexView::exportBytes);
    menu.exec(event->globalPos());
}

bool HexView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto byte = byteAt(help->pos())) {
            const auto value = static_cast<unsigned char>(m_bytes[*byte]);
            QToolTip::showText(
                help->globalPos(),
                tr("Offset %1 (0x%2): 0x%3, %4").arg(*byte).arg(*byte, 0, 16).arg(hexPair(m_bytes[*byte])).arg(value),
                viewport());
            return true;
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void HexView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateLayout();
}

void HexView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateLayout();
        viewport()->update();
    }
}

} // namespace timbre::ui
